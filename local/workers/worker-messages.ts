import type { StateName } from '../../contracts/states.ts';
import type { StepProgress } from '../../functions/step.ts';

/** What the command asks of the worker: one step. */
export interface StepCall {
  readonly id: number;
  readonly state: StateName;
  readonly payload: unknown;
}

/** An error as it crosses between the processes: what the state machine matches on is its name. */
export interface ErrorMessage {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
}

/** What comes back: any number of progress messages, then a result or an error. */
export type StepReply =
  | { readonly id: number; readonly progress: StepProgress }
  | { readonly id: number; readonly result: object }
  | { readonly id: number; readonly error: ErrorMessage };

export function packError(thrown: unknown): ErrorMessage {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown) };
  const { name, message, stack } = thrown;
  return { name, message, ...(stack ? { stack } : {}) };
}

/** An error again: of no class of ours, but with the name, message and stack that it had. */
export function unpackError({ name, message, stack }: ErrorMessage): Error {
  const error = new Error(message);
  error.name = name;
  if (stack) error.stack = stack;
  return error;
}
