import type { StateName } from '../../contracts/states.ts';
import type { StepProgress } from '../../functions/step.ts';
import type { RunEvent } from '../run/run-events.ts';

/** What is known of one state of a run. */
export interface StateView {
  readonly status: 'waiting' | 'running' | 'succeeded' | 'failed';
  readonly attempt: number;
  /** on the display's clock */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly progress?: StepProgress;
  /** of a state that evaluates many folds side by side */
  readonly folds?: { readonly done: number; readonly of: number };
  /** why the latest attempt failed */
  readonly error?: string;
}

export interface RunView {
  readonly states: ReadonlyMap<StateName, StateView>;
  readonly ended: boolean;
}

const WAITING: StateView = { status: 'waiting', attempt: 0, startedAt: 0, durationMs: 0 };

export const EMPTY_VIEW: RunView = { states: new Map(), ended: false };

export function stateView(view: RunView, state: StateName): StateView {
  return view.states.get(state) ?? WAITING;
}

/** What is known after `event`, which came at `now` (milliseconds on a monotonic clock). */
export function afterEvent(view: RunView, event: RunEvent, now: number): RunView {
  switch (event.type) {
    case 'state-started':
      // One of many folds again: the state goes on.
      if (event.strategy !== undefined) return withState(view, event.state, goingOn(view, event.state));
      return withState(view, event.state, { status: 'running', attempt: event.attempt, startedAt: now, durationMs: 0 });
    case 'state-progress': {
      const { epoch, epochs, loss } = event;
      return withState(view, event.state, { ...stateView(view, event.state), progress: { epoch, epochs, loss } });
    }
    case 'fold-evaluated': {
      const { done, of } = event;
      return withState(view, event.state, { ...goingOn(view, event.state), folds: { done, of } });
    }
    case 'state-succeeded':
      return withState(view, event.state, {
        ...stateView(view, event.state),
        status: 'succeeded',
        durationMs: event.durationMs,
      });
    case 'state-failed': {
      const known = stateView(view, event.state);
      const durationMs = event.strategy === undefined ? event.durationMs : now - known.startedAt;
      return withState(view, event.state, { ...known, status: 'failed', durationMs, error: event.error });
    }
    case 'run-started':
    case 'following-stopped':
      return view;
    default:
      return { ...view, ended: true };
  }
}

function goingOn(view: RunView, state: StateName): StateView {
  return { ...stateView(view, state), status: 'running' };
}

function withState(view: RunView, state: StateName, change: StateView): RunView {
  return { ...view, states: new Map(view.states).set(state, change) };
}
