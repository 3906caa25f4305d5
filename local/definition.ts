import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { HAPPY_PATH, type StateName } from '../contracts/states.ts';
import synthesized from './generated/definition.json' with { type: 'json' };

/** The deployed state machine's definition, as it was synthesized. */
export const DEFINITION = synthesized as unknown as StateMachineDefinition;

/** A state that does work, or the branches of a Parallel, which run side by side. */
export type OutlineItem = StateName | { readonly branches: readonly (readonly StateName[])[] };

type Machine = Pick<StateMachineDefinition, 'StartAt' | 'States'>;

/** The way of a run that goes well, in order, as displays draw it: read off the definition, so that it is never another. */
export function outline(definition: Machine): OutlineItem[] {
  return statesInOrder(definition).flatMap((name): OutlineItem[] => {
    const state = definition.States[name];
    if (state.Type === 'Parallel') return [{ branches: state.Branches.map(branchOutline) }];
    return isStep(name) ? [name] : [];
  });
}

function branchOutline(branch: Machine): StateName[] {
  return statesInOrder(branch).filter(isStep);
}

function statesInOrder({ StartAt, States }: Machine): string[] {
  const names: string[] = [];
  for (let name: string | undefined = StartAt; name !== undefined && !names.includes(name); ) {
    names.push(name);
    const state: object = States[name];
    name = 'Next' in state ? String(state.Next) : undefined;
  }
  return names;
}

function isStep(name: string): name is StateName {
  return (HAPPY_PATH as readonly string[]).includes(name);
}

/** A day: no step of a local run takes that long, and `setTimeout` can count so far (to 24.8 days). */
const LOCAL_TIMEOUT_SECONDS = 24 * 60 * 60;

/**
 * The definition without the time limits that Lambda imposes: on a person's own computer a long run is theirs to stop.
 * (Left out they cannot be: the local engine then takes 60 s for each task.)
 */
export function withoutTimeLimits<M extends Machine>(definition: M): M {
  const { TimeoutSeconds: _, ...machine } = definition as M & { TimeoutSeconds?: number };
  const states = Object.entries(definition.States).map(([name, state]) => {
    if (state.Type === 'Task') return [name, { ...state, TimeoutSeconds: LOCAL_TIMEOUT_SECONDS }];
    if (state.Type === 'Parallel') return [name, { ...state, Branches: state.Branches.map(withoutTimeLimits) }];
    return [name, state];
  });
  return { ...machine, States: Object.fromEntries(states) } as M;
}
