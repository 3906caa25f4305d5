import type { z } from 'zod';
import { InvalidPayloadError } from '../contracts/errors.ts';
import type { StateName } from '../contracts/states.ts';
import type { DatasetStore } from '../storage/dataset-store.ts';

/** News from inside a long step, for whoever watches. */
export interface StepProgress {
  readonly epoch: number;
  readonly epochs: number;
  /** the generator's reconstruction loss, mean over the epoch */
  readonly loss: number;
}

/** What a step is given beside its payload. Everything a step does is a function of its payload, the store and the seed. */
export interface StepContext {
  readonly store: DatasetStore;
  readonly onProgress?: (progress: StepProgress) => void;
}

/** The work of one state: checks its payload, loads, calls the core, saves, and answers with references and counts. */
export interface Step<Payload, Result> {
  readonly state: StateName;
  readonly payload: z.ZodType<Payload>;
  run(payload: Payload, context: StepContext): Promise<Result>;
}

/**
 * Runs a step as every engine does: the payload checked once, here at the boundary, and the duration measured around it.
 *
 * @param now milliseconds on a monotonic clock; steps themselves read none
 * @throws InvalidPayloadError where the payload is not the step's pick of the workflow, and whatever the step throws
 */
export async function invokeStep<Payload, Result extends object>(
  step: Step<Payload, Result>,
  input: unknown,
  context: StepContext,
  now: () => number,
): Promise<Result & { durationMs: number }> {
  const payload = step.payload.safeParse(input);
  if (!payload.success) {
    const faults = payload.error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`);
    throw new InvalidPayloadError(`${step.state} got a payload that is not its own: ${faults.join('; ')}`);
  }
  const started = now();
  const result = await step.run(payload.data, context);
  return { ...result, durationMs: Math.round(now() - started) };
}
