import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { HAPPY_PATH, type StateName } from '../../contracts/states.ts';
import synthesized from '../generated/definition.json' with { type: 'json' };

/** The deployed state machine's definition, as it was synthesized. */
export const DEFINITION = synthesized as unknown as StateMachineDefinition;

/** A state that does work, or the branches of a Parallel, which run side by side. */
export type OutlineItem = StateName | { readonly branches: readonly (readonly StateName[])[] };

type Machine = Pick<StateMachineDefinition, 'StartAt' | 'States'>;
type State = Machine['States'][string];

/** The way of a run that goes well, in order, as displays draw it: read off the definition, so that it is never another. */
export function outline(definition: Machine): OutlineItem[] {
  return statesInOrder(definition).flatMap((name): OutlineItem[] => {
    const state = definition.States[name];
    if (state.Type === 'Parallel') return [{ branches: state.Branches.map(stepsOf) }];
    if (state.Type === 'Map') return innerMachines(state).flatMap(stepsOf);
    return isStep(name) ? [name] : [];
  });
}

function stepsOf(machine: Machine): StateName[] {
  return statesInOrder(machine).filter(isStep);
}

/** The branches of a Parallel, or what a Map does with each of its items. */
function innerMachines(state: State): Machine[] {
  if (state.Type === 'Parallel') return state.Branches;
  if (state.Type === 'Map') return [state.ItemProcessor ?? state.Iterator].filter((machine) => machine !== undefined);
  return [];
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

/**
 * Twenty days: no comparison takes that long, whose folds wait for their turn within their time, and `setTimeout` can count
 * so far (to 24.8 days).
 */
const LOCAL_TIMEOUT_SECONDS = 20 * 24 * 60 * 60;

/**
 * The definition without the time limits that Lambda imposes: on a person's own computer a long run is theirs to stop.
 * (Left out they cannot be: the local engine then takes 60 s for each task.)
 */
export function withoutTimeLimits<M extends Machine>(definition: M): M {
  const { TimeoutSeconds: _, ...machine } = definition as M & { TimeoutSeconds?: number };
  return withStates(machine as M, (state) =>
    state.Type === 'Task' ? { ...state, TimeoutSeconds: LOCAL_TIMEOUT_SECONDS } : state,
  );
}

/**
 * The definition whose Maps begin all items at once, and leave it to the runner how many of them are under way: the engine
 * would go on to the next ones when a Map has failed.
 */
export function withoutItemLimits<M extends Machine>(definition: M): M {
  return withStates(definition, (state) =>
    // (Left out it cannot be either: the local engine then takes 40.)
    state.Type === 'Map' ? { ...state, MaxConcurrency: Number.POSITIVE_INFINITY } : state,
  );
}

/** Every state changed, those inside of Parallel and Map first. */
function withStates<M extends Machine>(machine: M, change: (state: State) => State): M {
  const inside = <I extends Machine>(inner: I): I => withStates(inner, change);
  const states = Object.entries(machine.States).map(([name, state]) => [name, change(withInner(state, inside))]);
  return { ...machine, States: Object.fromEntries(states) };
}

function withInner(state: State, change: <I extends Machine>(inner: I) => I): State {
  if (state.Type === 'Parallel') return { ...state, Branches: state.Branches.map(change) };
  if (state.Type !== 'Map') return state;
  const { ItemProcessor, Iterator } = state;
  return {
    ...state,
    ...(ItemProcessor ? { ItemProcessor: change(ItemProcessor) } : {}),
    ...(Iterator ? { Iterator: change(Iterator) } : {}),
  };
}
