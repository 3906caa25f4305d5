import { stepOfState } from '../../contracts/container.ts';
import { CONTROL_STATES, MAPPED_STATE, STATES, type StateName } from '../../contracts/states.ts';
import { type FoldItem, foldItemSchema } from '../../contracts/workflow.ts';
import { plainCause } from '../display/failure-text.ts';
import { FoldNews } from '../run/fold-news.ts';
import type { RunEvent, RunNews } from '../run/run-events.ts';
import type { HistoryEvent } from './executions.ts';

/** How an execution of any state machine ended. */
export type ExecutionEnd =
  | { readonly status: 'succeeded'; readonly durationMs: number; readonly output: string }
  | { readonly status: 'failed'; readonly durationMs: number; readonly error: string; readonly cause: string };

interface Attempt {
  readonly attempt: number;
  /** milliseconds since the epoch */
  readonly startedAt: number;
  readonly isOpen: boolean;
}

const STEP_NAMES: readonly string[] = Object.values(STATES);
const FAILED = /^(LambdaFunction|Task)(Failed|TimedOut|ScheduleFailed|StartFailed|SubmitFailed)$/;
const SCHEDULED = /^(LambdaFunction|Task)Scheduled$/;

/**
 * What the history of an execution says, as the events that a local run emits: `add` is given every event once, in their
 * order, and durations are the difference of Step Functions' own timestamps.
 */
export class RunHistory {
  startedAt: Date | undefined;
  end: ExecutionEnd | undefined;
  /** URI of what RecordFailure has written */
  failureRecord: string | undefined;
  /** PublishDataset has succeeded: what failed after that, failed with the outputs in place */
  isPublished = false;
  readonly #stateOfEvent = new Map<number, string>();
  readonly #foldOfEvent = new Map<number, FoldItem>();
  readonly #attempts = new Map<StateName, Attempt>();
  #folds = new FoldNews(0);
  #lastEntered = '';

  add(event: HistoryEvent): RunEvent[] {
    const state = this.#stateOf(event);
    this.#stateOfEvent.set(event.id, state);
    this.#readExecution(event);
    if (state === CONTROL_STATES.compareStrategies) this.#readMap(event);
    return this.#read(state, event).map((news) => ({ time: event.time.toISOString(), ...news }));
  }

  /** Steps that are under way. */
  running(): StateName[] {
    const steps = [...this.#attempts].filter(([, { isOpen }]) => isOpen).map(([state]) => state);
    return this.#folds.isRunning ? [...steps, MAPPED_STATE] : steps;
  }

  #read(state: string, event: HistoryEvent): RunNews[] {
    if (state === MAPPED_STATE) return this.#readFold(event);
    return isStep(state) ? this.#readStep(state, event) : [];
  }

  /**
   * The events of branches that run side by side are told apart by what led to them. A step is the same wherever it runs, in
   * its function or in a container.
   */
  #stateOf({ type, name = '', previousId }: HistoryEvent): string {
    if (!/State(Entered|Exited)$/.test(type)) return this.#stateOfEvent.get(previousId ?? 0) ?? this.#lastEntered;
    const state = stepOfState(name);
    if (type.endsWith('Entered')) this.#lastEntered = state;
    return state;
  }

  #readExecution(event: HistoryEvent): void {
    if (event.type === 'ExecutionStarted') this.startedAt = event.time;
    if (event.type === 'ExecutionRedriven') this.end = undefined;
    this.end = executionEnd(event, this.startedAt) ?? this.end;
  }

  #readMap({ type, length }: HistoryEvent): void {
    if (type === 'MapStateStarted') this.#folds = new FoldNews(length ?? 0);
  }

  #readFold(event: HistoryEvent): RunNews[] {
    const fold = this.#foldOf(event);
    if (!fold) return [];
    this.#foldOfEvent.set(event.id, fold);
    const at = event.time.getTime();
    const isOpen = this.#folds.isOpen(fold);
    if (event.type.endsWith('StateEntered')) return this.#folds.started(fold, at);
    if (!isOpen) return SCHEDULED.test(event.type) ? this.#folds.started(fold, at) : [];
    if (FAILED.test(event.type)) return this.#folds.failed(fold, at, ...failureOf(event));
    return event.type.endsWith('StateExited') ? this.#folds.succeeded(fold, at) : [];
  }

  /** Which fold an event is about says the input of the state, and of later events what led to them. */
  #foldOf({ type, input = 'null', previousId }: HistoryEvent): FoldItem | undefined {
    if (!type.endsWith('StateEntered')) return this.#foldOfEvent.get(previousId ?? 0);
    return foldItemSchema.safeParse(JSON.parse(input)?.item).data;
  }

  #readStep(state: StateName, event: HistoryEvent): RunNews[] {
    const known = this.#attempts.get(state);
    if (event.type.endsWith('StateEntered')) return [this.#start(state, event)];
    if (SCHEDULED.test(event.type) && known && !known.isOpen) return [this.#start(state, event)];
    if (!known?.isOpen) return [];
    const ended = { state, attempt: known.attempt, durationMs: event.time.getTime() - known.startedAt };
    if (FAILED.test(event.type)) {
      this.#attempts.set(state, { ...known, isOpen: false });
      const [error, cause] = failureOf(event);
      return [{ type: 'state-failed', ...ended, error, cause }];
    }
    if (!event.type.endsWith('StateExited')) return [];
    this.#attempts.set(state, { ...known, isOpen: false });
    if (state === STATES.publishDataset) this.isPublished = true;
    if (state === STATES.recordFailure) this.failureRecord = recordOf(event.output);
    return [{ type: 'state-succeeded', ...ended }];
  }

  #start(state: StateName, { time }: HistoryEvent): RunNews {
    const attempt = (this.#attempts.get(state)?.attempt ?? 0) + 1;
    this.#attempts.set(state, { attempt, startedAt: time.getTime(), isOpen: true });
    return { type: 'state-started', state, attempt };
  }
}

/** How the execution ended, where `event` is its end. */
export function executionEnd(event: HistoryEvent, startedAt: Date = event.time): ExecutionEnd | undefined {
  const durationMs = event.time.getTime() - startedAt.getTime();
  const { error, cause = '' } = event;
  switch (event.type) {
    case 'ExecutionSucceeded':
      return { status: 'succeeded', durationMs, output: event.output ?? 'null' };
    case 'ExecutionFailed':
      return { status: 'failed', durationMs, error: error ?? 'States.Runtime', cause: plainCause(cause) };
    case 'ExecutionTimedOut':
      return {
        status: 'failed',
        durationMs,
        error: error ?? 'States.Timeout',
        cause: cause || 'The execution took longer than the state machine allows.',
      };
    case 'ExecutionAborted':
      return {
        status: 'failed',
        durationMs,
        error: error ?? 'ExecutionAborted',
        cause: cause || 'Somebody stopped the execution.',
      };
    default:
      return undefined;
  }
}

function isStep(name: string): name is StateName {
  return STEP_NAMES.includes(name);
}

function failureOf({ type, error, cause = '' }: HistoryEvent): [error: string, cause: string] {
  return [error ?? (type.endsWith('TimedOut') ? 'States.Timeout' : 'States.TaskFailed'), plainCause(cause)];
}

/** RecordFailure leaves its answer at `$.failure` of the workflow. */
function recordOf(output = 'null'): string | undefined {
  const manifest: unknown = JSON.parse(output)?.failure?.manifest;
  return typeof manifest === 'string' ? manifest : undefined;
}
