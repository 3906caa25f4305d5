import { afterEach, describe, expect, it } from 'vitest';
import { STATES } from '../../../contracts/states.ts';
import { FoldPool } from '../../../local/workers/fold-pool.ts';

const FAKE_THREAD = new URL('../fakes/fold-thread.ts', import.meta.url);
const ignore = () => {};

let threads: FoldPool;
const open = (limits = {}) => {
  threads = new FoldPool(FAKE_THREAD, limits);
  return threads;
};

afterEach(() => threads.end());

type Evaluated = { readonly item: number; readonly thread: number };
const evaluate = (item: number) => threads.run(STATES.evaluateFold, { item }, ignore) as Promise<Evaluated>;
const errorOf = (does: string) => threads.run(STATES.evaluateFold, { does }, ignore).catch((thrown) => thrown);

describe('FoldPool', () => {
  it('starts no thread before there is a fold', () => {
    expect(open().size).toBe(0);
  });

  it('evaluates as many folds side by side as it is given, and starts no thread while one is idle', async () => {
    open();
    const first = await Promise.all([evaluate(0), evaluate(1), evaluate(2)]);
    expect(first.map(({ item }) => item)).toEqual([0, 1, 2]);
    const used = new Set(first.map(({ thread }) => thread));
    expect(used.size).toBe(3);
    const next = await Promise.all([evaluate(3), evaluate(4)]);
    expect(next.map(({ item }) => item)).toEqual([3, 4]);
    for (const { thread } of next) expect(used).toContain(thread);
    expect(threads.size).toBe(3);
  });

  it('brings back errors with their name, message and stack', async () => {
    open();
    const error = await errorOf('fails');
    expect([error.name, error.message]).toEqual(['StoreUnavailableError', 'the store is having a rest']);
    expect(error.stack).toContain('fakes/fold-thread.ts');
    expect(threads.size).toBe(1);
  });

  it('fails the fold at which a thread dies, and no other, and evaluates the next one in another thread', async () => {
    open();
    const [error, other] = await Promise.all([errorOf('exits'), evaluate(1)]);
    expect([error.name, error.message]).toEqual([
      'StepWorkerError',
      'A thread that evaluates folds ended (exit code 3).',
    ]);
    expect(other.item).toBe(1);
    expect((await evaluate(2)).item).toBe(2);
  });

  it('says so where a thread has too little memory', async () => {
    open({ maxOldGenerationSizeMb: 32 });
    const error = await errorOf('runs out of memory');
    expect([error.name, error.message]).toEqual([
      'StepWorkerError',
      'A thread that evaluates folds ended (exit code 1). It had too little memory: with --jobs <n> fewer folds are ' +
        'evaluated at once. Its last words: Worker terminated due to reaching memory limit: JS heap out of memory',
    ]);
  });

  it('ends a fold that never would, and can be used again', async () => {
    const begun = Promise.withResolvers<void>();
    const result = open()
      .run(STATES.evaluateFold, { does: 'hangs' }, () => begun.resolve())
      .catch(({ name }) => name);
    await begun.promise;
    await threads.end();
    expect(await result).toBe('StepWorkerError');
    expect(threads.size).toBe(0);
    expect((await evaluate(0)).item).toBe(0);
  });
});
