import { StoreUnavailableError } from '../../../contracts/errors.ts';
import { STATES } from '../../../contracts/states.ts';
import { FoldPool } from '../../../local/workers/fold-pool.ts';
import { parentLine, serveSteps } from '../../../local/workers/serve-steps.ts';
import { inProcessStepRunner } from '../../../local/workers/step-runner.ts';
import { ThreadedStepRunner } from '../../../local/workers/threaded-step-runner.ts';
import { fakeStep, fakeSteps } from './fake-steps.ts';
import { memoryStore } from './memory-store.ts';

/** A worker like the command line's, with steps that answer, fail, die and hang. */
const steps = {
  ...fakeSteps(),
  [STATES.selectRows]: fakeStep(STATES.selectRows, async () => {
    throw new StoreUnavailableError('the store is having a rest');
  }),
  [STATES.mergeRows]: fakeStep(STATES.mergeRows, async () => process.exit(3)),
  [STATES.evaluateResult]: fakeStep(STATES.evaluateResult, async (_, { onProgress }) => {
    onProgress?.({ epoch: 1, epochs: 2, loss: 0.5 });
    for (;;);
  }),
};

const threads = new FoldPool(new URL('./fold-thread.ts', import.meta.url));
const others = inProcessStepRunner({ steps, store: memoryStore() });
serveSteps(parentLine(), Promise.resolve(new ThreadedStepRunner(others, threads)));
