import type { StateName } from '../../contracts/states.ts';
import { invokeStep, type Step, type StepProgress } from '../../functions/step.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';

/** Does the work of the states, wherever: in a worker process for the command line, in the caller's own for tests. */
export interface StepRunner {
  /** @returns what the state's Lambda would answer, as JSON. Rejects with the step's error, its name kept. */
  run(state: StateName, payload: unknown, onProgress: (progress: StepProgress) => void): Promise<object>;
  /** Ends whatever is still under way. */
  close(): Promise<void>;
}

/** Steps with payloads of any shape: `invokeStep` checks what comes in. */
export type Steps = Readonly<Partial<Record<StateName, AnyStep>>>;
export type AnyStep = Step<never, object>;

export interface StepSource {
  readonly steps: Steps;
  readonly store: DatasetStore;
}

/**
 * Runs one step as a Lambda function would: payload checked, duration measured, and the result made JSON, so that
 * nothing travels between local steps that could not travel between deployed ones.
 */
export async function runStep(
  { steps, store }: StepSource,
  state: StateName,
  payload: unknown,
  onProgress: (progress: StepProgress) => void,
): Promise<object> {
  const step = steps[state];
  if (!step) throw new Error(`The definition has a state ${state}, but there is no step of that name.`);
  const result = await invokeStep(step, payload, { store, onProgress }, () => performance.now());
  return JSON.parse(JSON.stringify(result));
}

/** Runs steps in the caller's own process: what tests use. */
export function inProcessStepRunner(source: StepSource): StepRunner {
  return {
    run: (state, payload, onProgress) => runStep(source, state, payload, onProgress),
    close: async () => {},
  };
}
