import { Chain, Choice, type INextable, JsonPath, type TaskStateBase } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { choiceState } from '../contracts/container.ts';
import { STATES, type StateName } from '../contracts/states.ts';
import { type ContainerPlace, containerStates } from './fargate-tasks.ts';
import { OUTGREW_LAMBDA, outgrowsLambda } from './step-compute.ts';

export interface Placement {
  /** @default none: the step runs in its function */
  readonly place: ContainerPlace | undefined;
  readonly resultPath?: string;
  /** the step in its function, without a Catch */
  readonly inFunction: () => TaskStateBase;
  /** adds the Catch, where there is one */
  readonly protect: (task: TaskStateBase) => void;
}

/**
 * A step where it runs: in its function, in a container, or behind a Choice between the two, which come together again
 * after it. PrepareDataset comes before anything is measured: it is tried in its function first.
 */
export function placeStep(scope: Construct, state: StateName, placement: Placement): Chain {
  const { place, resultPath, inFunction, protect } = placement;
  if (!place) return chain([inFunction()], protect);
  const { handOver, run } = containerStates(scope, state, place, resultPath);
  handOver.next(run);
  if (place.compute === 'fargate') return chain([handOver, run], protect);

  const inLambda = inFunction();
  if (state === STATES.prepareDataset) {
    inLambda.addCatch(handOver, { errors: [...OUTGREW_LAMBDA], resultPath: JsonPath.DISCARD });
    for (const task of [inLambda, handOver, run]) protect(task);
    return joined(inLambda, [inLambda, run]);
  }
  for (const task of [inLambda, handOver, run]) protect(task);
  const choice = new Choice(scope, choiceState(state), {
    comment: 'A table that outgrows a function goes to a container',
  });
  return joined(choice.when(outgrowsLambda(state), handOver).otherwise(inLambda), [inLambda, run]);
}

function chain(tasks: readonly TaskStateBase[], protect: (task: TaskStateBase) => void): Chain {
  for (const task of tasks) protect(task);
  return joined(tasks[0], [tasks.at(-1)!]);
}

function joined(start: TaskStateBase | Choice, ends: readonly INextable[]): Chain {
  return Chain.custom(start, [...ends], start);
}
