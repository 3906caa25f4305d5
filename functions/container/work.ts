import type { Context } from 'aws-lambda';
import { CONTAINER_ENVIRONMENT } from '../../contracts/container.ts';
import { STATES, type StateName } from '../../contracts/states.ts';
import { InvalidArgumentError } from '../../core/errors.ts';
import { openStore } from '../../storage/open-store.ts';
import { loadJson } from '../artifacts.ts';
import { createHandler } from '../handler.ts';
import { STEPS } from '../steps.ts';
import { containerVariable } from './container-variable.ts';
import type { WorkerAnswer } from './messages.ts';

/**
 * Does the work of one step, with the very handler that its function has: the same check of the payload, the same logs and
 * metrics, the same names of errors. Answers the process that started it.
 */
export async function work(): Promise<void> {
  answer(await runStep().then((result) => ({ result }), describe));
}

async function runStep(): Promise<object> {
  const state = knownState(containerVariable('state'));
  const store = openStore();
  const payload = await loadJson<unknown>(store, containerVariable('payload'));
  return createHandler(STEPS[state], store)(payload, contextOf(state));
}

function knownState(name: string): StateName {
  const state = Object.values(STATES).find((each) => each === name);
  if (state) return state;
  throw new InvalidArgumentError(
    `${CONTAINER_ENVIRONMENT.state}: found ${name}, needed one of ${Object.values(STATES).join(', ')}`,
  );
}

/** What the handler's logs and metrics say of a function, where there is none. */
function contextOf(state: StateName): Context {
  const name = `${state} in a container`;
  return { functionName: name, awsRequestId: name, invokedFunctionArn: name, memoryLimitInMB: '' } as Context;
}

function describe(error: unknown): WorkerAnswer {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { error: { name, message } };
}

function answer(message: WorkerAnswer): void {
  process.send?.(message, () => process.disconnect());
}
