import { afterEach, describe, expect, it } from 'vitest';
import { STATES } from '../../contracts/states.ts';
import type { StepProgress } from '../../functions/step.ts';
import { WorkerStepRunner } from '../../local/worker-step-runner.ts';

const FAKE_WORKER = new URL('./fakes/step-worker.ts', import.meta.url);
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
});
