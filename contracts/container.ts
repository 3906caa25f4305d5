import type { StateName } from './states.ts';

/** The environment variables by which the state machine tells a container what to do. */
export const CONTAINER_ENVIRONMENT = {
  /** whose step it is to run */
  state: 'COUNTERPOISE_STATE',
  /** the URI of the step's payload, as JSON: an environment is too small for it */
  payload: 'COUNTERPOISE_PAYLOAD',
  /** by which Step Functions knows what the answer belongs to */
  taskToken: 'COUNTERPOISE_TASK_TOKEN',
} as const;

/**
 * A container tells Step Functions every minute that it is alive. It is missed after ten minutes, which begin before it has
 * started: Fargate's search for room and the download of the image are in them.
 */
export const HEARTBEAT = { everySeconds: 60, missedAfterSeconds: 600 } as const;

/** The state in which a step runs in a container, beside or in place of the one in which it runs in a function. */
export function containerState(state: StateName): string {
  return `${state}${ON_FARGATE}`;
}

/** The state that writes the payload for it. */
export function handOverState(state: StateName): string {
  return `HandOver${state}`;
}

/** The Choice between the two. */
export function choiceState(state: StateName): string {
  return `ChooseComputeOf${state}`;
}

/** The name of the step that a state runs: `TrainGenerator` of `TrainGeneratorOnFargate`. Other names stay as they are. */
export function stepOfState(name: string): string {
  return name.endsWith(ON_FARGATE) ? name.slice(0, -ON_FARGATE.length) : name;
}

const ON_FARGATE = 'OnFargate';
