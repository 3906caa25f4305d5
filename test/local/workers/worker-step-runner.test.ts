import { afterEach, describe, expect, it } from 'vitest';
import { STATES } from '../../../contracts/states.ts';
import type { StepProgress } from '../../../functions/step.ts';
import { WorkerStepRunner } from '../../../local/workers/worker-step-runner.ts';
import { FOLD_ITEMS } from '../fakes/fake-steps.ts';

const FAKE_WORKER = new URL('../fakes/step-worker.ts', import.meta.url);
const ignore = () => {};

let runner: WorkerStepRunner;
const open = () => {
  runner = new WorkerStepRunner(FAKE_WORKER);
  return runner;
};

afterEach(() => runner.close());

describe('WorkerStepRunner', () => {
  it('brings back results and progress', async () => {
    const progress: StepProgress[] = [];
    const result = await open().run(STATES.trainGenerator, {}, (news) => progress.push(news));
    expect(result).toEqual({ did: STATES.trainGenerator, durationMs: expect.any(Number) });
    expect(progress).toEqual([
      { epoch: 1, epochs: 2, loss: 1 },
      { epoch: 2, epochs: 2, loss: 1 / 2 },
    ]);
  });

  it('brings back errors with their name, message and stack', async () => {
    const error = await open()
      .run(STATES.selectRows, {}, ignore)
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.message]).toEqual(['StoreUnavailableError', 'the store is having a rest']);
    expect(error.stack).toContain('fakes/step-worker.ts');
  });

  it('fails the step at which the worker dies, and does the next one in a new worker', async () => {
    const error = await open()
      .run(STATES.mergeRows, {}, ignore)
      .catch((thrown) => thrown);
    expect([error.name, error.message]).toEqual([
      'StepWorkerError',
      'The process that runs the steps ended (exit code 3).',
    ]);
    expect(await runner.run(STATES.selectRows, {}, ignore).catch(({ name }) => name)).toBe('StoreUnavailableError');
  });

  it('ends a step that never would', async () => {
    const begun = Promise.withResolvers<void>();
    const result = open()
      .run(STATES.evaluateResult, {}, () => begun.resolve())
      .catch(({ name }) => name);
    await begun.promise;
    await runner.close();
    expect(await result).toBe('StepWorkerError');
  });

  it('evaluates folds side by side, in threads of the worker', async () => {
    open();
    const results = await Promise.all(FOLD_ITEMS.map((item) => runner.run(STATES.evaluateFold, { item }, ignore)));
    expect(results).toMatchObject(FOLD_ITEMS.map((item) => ({ item })));
    expect(new Set(results.map((result) => (result as { thread: number }).thread)).size).toBe(FOLD_ITEMS.length);
  });

  it('fails every fold where the whole worker is killed, and says what may help', async () => {
    open();
    const run = (does: string) => runner.run(STATES.evaluateFold, { does }, ignore).catch((thrown) => thrown);
    const errors = await Promise.all([run('hangs'), run('kills the process')]);
    const message =
      'The process that runs the steps ended (SIGKILL). Perhaps there is too little memory for 2 folds at once: --jobs <n> takes fewer.';
    expect(errors.map(({ name, message }) => [name, message])).toEqual([
      ['StepWorkerError', message],
      ['StepWorkerError', message],
    ]);
  });

  it('ends folds that never would', async () => {
    const begun = Promise.withResolvers<void>();
    const result = open()
      .run(STATES.evaluateFold, { does: 'hangs' }, () => begun.resolve())
      .catch(({ name }) => name);
    await begun.promise;
    await runner.close();
    expect(await result).toBe('StepWorkerError');
  });
});
