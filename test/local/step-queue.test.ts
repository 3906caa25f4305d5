import { describe, expect, it } from 'vitest';
import { AbandonedStepError, StepQueue } from '../../local/step-queue.ts';

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
});
