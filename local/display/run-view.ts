import type { StateName } from '../../contracts/states.ts';
import type { StepProgress } from '../../functions/step.ts';
import type { RunEvent } from '../run-events.ts';

/** What is known of one state of a run. */
export interface StateView {
  readonly status: 'waiting' | 'running' | 'succeeded' | 'failed';
  readonly attempt: number;
  /** on the display's clock */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly progress?: StepProgress;
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
      return withState(view, event.state, { status: 'running', attempt: event.attempt, startedAt: now, durationMs: 0 });
    case 'state-progress': {
      const { epoch, epochs, loss } = event;
      return withState(view, event.state, { ...stateView(view, event.state), progress: { epoch, epochs, loss } });
    }
    case 'state-succeeded':
      return withState(view, event.state, {
        ...stateView(view, event.state),
        status: 'succeeded',
        durationMs: event.durationMs,
      });
    case 'state-failed':
      return withState(view, event.state, {
        ...stateView(view, event.state),
        status: 'failed',
        durationMs: event.durationMs,
        error: event.error,
      });
    case 'run-started':
    case 'following-stopped':
      return view;
    default:
      return { ...view, ended: true };
  }
}

function withState(view: RunView, state: StateName, change: StateView): RunView {
  return { ...view, states: new Map(view.states).set(state, change) };
}
