import { afterEach, describe, expect, it } from 'vitest';
import { STATES } from '../../../contracts/states.ts';
import { FoldPool } from '../../../local/workers/fold-pool.ts';
import { inProcessStepRunner } from '../../../local/workers/step-runner.ts';
import { ThreadedStepRunner } from '../../../local/workers/threaded-step-runner.ts';
import { type FakeRun, FOLD_ITEMS, fakeSteps } from '../fakes/fake-steps.ts';
import { memoryStore } from '../fakes/memory-store.ts';

const FAKE_THREAD = new URL('../fakes/fold-thread.ts', import.meta.url);
const ignore = () => {};

let runner: ThreadedStepRunner;
afterEach(() => runner.close());

function open(fitModel?: FakeRun) {
  const threads = new FoldPool(FAKE_THREAD);
  const steps = fakeSteps(fitModel ? { [STATES.fitModel]: fitModel } : {});
  runner = new ThreadedStepRunner(inProcessStepRunner({ steps, store: memoryStore() }), threads);
  return threads;
}

describe('ThreadedStepRunner', () => {
  it('evaluates folds in threads, and runs every other step where it always was', async () => {
    const threads = open();
    const results = await Promise.all(
      FOLD_ITEMS.map((item) => runner.run(STATES.evaluateFold, { item }, ignore) as Promise<{ item: object }>),
    );
    expect(results.map(({ item }) => item)).toEqual(FOLD_ITEMS);
    expect(threads.size).toBe(2);
    expect(await runner.run(STATES.mergeRows, {}, ignore)).toMatchObject({ did: STATES.mergeRows });
  });

  it('gives the threads up before another step begins', async () => {
    let threadsLeft = -1;
    const threads = open(async () => {
      threadsLeft = threads.size;
      return {};
    });
    const hanging = runner.run(STATES.evaluateFold, { does: 'hangs' }, ignore).catch(({ name }) => name);
    await runner.run(STATES.fitModel, {}, ignore);
    expect(threadsLeft).toBe(0);
    expect(await hanging).toBe('StepWorkerError');
  });
});
