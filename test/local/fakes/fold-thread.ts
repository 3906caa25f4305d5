import { threadId } from 'node:worker_threads';
import { StoreUnavailableError } from '../../../contracts/errors.ts';
import { STATES } from '../../../contracts/states.ts';
import { serveSteps, threadLine } from '../../../local/workers/serve-steps.ts';
import { inProcessStepRunner } from '../../../local/workers/step-runner.ts';
import { type FakePayload, type FakeRun, fakeStep } from './fake-steps.ts';
import { memoryStore } from './memory-store.ts';

/** What a fold does where its payload says so, in place of being evaluated. */
const MISHAPS: Readonly<Record<string, FakeRun>> = {
  'runs out of memory': async () => {
    const hoard: object[] = [];
    for (;;) hoard.push(Array.from({ length: 100_000 }, () => ({})));
  },
  exits: async () => process.exit(3),
  'kills the process': async () => {
    process.kill(process.pid, 'SIGKILL');
    return {};
  },
  hangs: async (_, { onProgress }) => {
    onProgress?.({ epoch: 1, epochs: 2, loss: 1 });
    for (;;);
  },
  fails: async () => {
    throw new StoreUnavailableError('the store is having a rest');
  },
};

/** Takes a moment, so that another thread has to be started for the next fold. */
const evaluate: FakeRun = async ({ item }) => {
  await new Promise((resolve) => setTimeout(resolve, 20));
  return { item, thread: threadId };
};

const run: FakeRun = (payload: FakePayload & { readonly does?: string }, context) =>
  (MISHAPS[payload.does ?? ''] ?? evaluate)(payload, context);

const steps = { [STATES.evaluateFold]: fakeStep(STATES.evaluateFold, run) };
serveSteps(threadLine(), Promise.resolve(inProcessStepRunner({ steps, store: memoryStore() })));
