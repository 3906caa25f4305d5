import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { STATES, type StateName } from '../contracts/states.ts';
import { CounterpoiseFunction, type FunctionSettings } from './counterpoise-function.ts';
import { STEP_ACCESS } from './step-access.ts';
import type { Compute } from './step-compute.ts';
import { STEP_SIZES } from './step-sizes.ts';

/** One function for each state, in `scope`, except for those that always run in a container. */
export function createStepLambdas(
  scope: Construct,
  settings: FunctionSettings,
  compute: ReadonlyMap<StateName, Compute>,
): Readonly<Partial<Record<StateName, LambdaFunction>>> {
  const states = Object.values(STATES).filter((state) => compute.get(state) !== 'fargate');
  const entries = states.map((state) => {
    const props = { ...settings, name: state, size: STEP_SIZES[state], access: STEP_ACCESS[state] };
    return [state, new CounterpoiseFunction(scope, state, props).lambda];
  });
  return Object.fromEntries(entries);
}
