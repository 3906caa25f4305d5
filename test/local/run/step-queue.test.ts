import { describe, expect, it } from 'vitest';
import { AbandonedStepError, StepQueue } from '../../../local/run/step-queue.ts';

describe('StepQueue', () => {
  it('runs one at a time, in the order of asking, also after a failure', async () => {
    const queue = new StepQueue();
    const log: string[] = [];
    const work = (name: string, fails = false) =>
      queue.run(async () => {
        log.push(`${name} begins`);
        await new Promise((resolve) => setTimeout(resolve, 1));
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      });
    const results = await Promise.allSettled([work('a'), work('b', true), work('c')]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('abandons what waits, and lets what runs go on', async () => {
    const queue = new StepQueue();
    const running = queue.run(() => new Promise<string>((resolve) => setTimeout(resolve, 5, 'done')));
    const waiting = queue.run(async () => 'never');
    queue.abandonWaiting();
    await expect(waiting).rejects.toBeInstanceOf(AbandonedStepError);
    expect(await running).toBe('done');
    expect(await queue.run(async () => 'next')).toBe('next');
  });

  it('runs as many at once as there is room for, the next one when one has ended', async () => {
    const queue = new StepQueue(2);
    const log: string[] = [];
    const work = (name: string, ms: number) =>
      queue.run(async () => {
        log.push(`${name} begins`);
        await new Promise((resolve) => setTimeout(resolve, ms));
        log.push(`${name} ends`);
      });
    await Promise.all([work('a', 10), work('b', 30), work('c', 5)]);
    expect(log).toEqual(['a begins', 'b begins', 'a ends', 'c begins', 'c ends', 'b ends']);
    await new Promise((resolve) => setImmediate(resolve));
    const again = [work('d', 1), work('e', 1), work('f', 1)];
    expect(log.slice(6)).toEqual(['d begins', 'e begins']);
    await Promise.all(again);
  });
});
