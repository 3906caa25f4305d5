import {
  ExecutionAbortedError,
  ExecutionError,
  StateMachine,
  type StateMachineDefinition,
} from 'aws-local-stepfunctions';
import type { ResolvedRequest } from '../../contracts/request.ts';
import { ANNOUNCEMENT_STATES, MAPPED_STATE, STATES, type StateName } from '../../contracts/states.ts';
import { foldItemSchema, type Workflow, workflowSchema } from '../../contracts/workflow.ts';
import type { Clock } from '../command/clock.ts';
import type { StepRunner } from '../workers/step-runner.ts';
import { withoutItemLimits, withoutTimeLimits } from './definition.ts';
import { FoldNews } from './fold-news.ts';
import type { EmitRunEvent, RunNews } from './run-events.ts';
import { AbandonedStepError, StepQueue } from './step-queue.ts';

export interface WorkflowOptions {
  readonly definition: StateMachineDefinition;
  readonly executionId: string;
  readonly request: ResolvedRequest;
  readonly steps: StepRunner;
  readonly clock: Clock;
  /** told of every attempt of every state; the events of the run itself are its caller's */
  readonly emit: EmitRunEvent;
  /** folds that are evaluated side by side; default: 1 */
  readonly jobs?: number;
  /** wait before each retry, in place of the definition's; for tests */
  readonly retryDelayMs?: number;
}

export type WorkflowOutcome =
  | { readonly status: 'succeeded'; readonly published: Workflow['published'] }
  | {
      readonly status: 'failed';
      readonly error: string;
      readonly cause: string;
      /** URI of the manifest that RecordFailure has written; absent where it could not */
      readonly manifestUri?: string;
      /** of the error that a step threw */
      readonly stack?: string;
    }
  | { readonly status: 'interrupted'; readonly published: boolean };

export interface WorkflowRun {
  readonly outcome: Promise<WorkflowOutcome>;
  /** Ends the run after the step that is under way if that is publishing, which is never left half done; else at once. */
  stop(): void;
  /** PublishDataset is under way */
  isPublishing(): boolean;
}

type RunArguments = Parameters<StateMachine['run']>;

/**
 * Executes the state machine's definition on this computer, Retry and Catch included, with `steps` doing the work of
 * its tasks.
 */
export function runWorkflow(options: WorkflowOptions): WorkflowRun {
  const attempts = new WorkflowSteps(options);
  const machine = new StateMachine(withoutItemLimits(withoutTimeLimits(options.definition)), {
    // The definition comes from the CDK and is held against it by a test: a run needs no validator (skip-unused-imports.ts).
    validationOptions: { noValidate: true },
  });
  const execution = machine.run(options.request as unknown as RunArguments[0], {
    context: { Execution: { Name: options.executionId } },
    overrides: overrides(attempts, options.retryDelayMs),
  });
  return {
    outcome: toOutcome(execution.result, attempts).finally(() => attempts.fallSilent()),
    stop: execution.abort,
    isPublishing: () => attempts.isPublishing,
  };
}

function overrides(steps: WorkflowSteps, retryDelayMs: number | undefined) {
  const forEachState = <T>(value: (state: StateName) => T) =>
    Object.fromEntries(Object.values(STATES).map((state) => [state, value(state)]));
  const handlers = {
    ...forEachState((state) => (payload: unknown) => steps.run(state, payload)),
    // A computer has no event bus to announce anything on.
    ...Object.fromEntries(Object.values(ANNOUNCEMENT_STATES).map((state) => [state, async () => ({})])),
  };
  return {
    taskResourceLocalHandlers: handlers as unknown as NonNullable<
      NonNullable<RunArguments[1]>['overrides']
    >['taskResourceLocalHandlers'] &
      object,
    ...(retryDelayMs === undefined ? {} : { retryIntervalOverrides: forEachState(() => retryDelayMs) }),
  };
}

async function toOutcome(result: Promise<unknown>, steps: WorkflowSteps): Promise<WorkflowOutcome> {
  try {
    await result;
    return {
      status: 'succeeded',
      published: workflowSchema.shape.published.parse(steps.results.get(STATES.publishDataset)),
    };
  } catch (thrown) {
    if (thrown instanceof ExecutionAbortedError) {
      await steps.publishing;
      return { status: 'interrupted', published: steps.results.has(STATES.publishDataset) };
    }
    const failure =
      thrown instanceof ExecutionError && thrown.cause instanceof Error ? thrown.cause : (thrown as Error);
    const { manifest } = (steps.results.get(STATES.recordFailure) ?? {}) as { manifest?: string };
    return {
      status: 'failed',
      error: failure.name,
      cause: failure.message,
      ...(manifest ? { manifestUri: manifest } : {}),
      ...(steps.stack ? { stack: steps.stack } : {}),
    };
  }
}

/** The tasks of one execution: numbers the attempts of each state, tells of them, and keeps the results. */
class WorkflowSteps {
  readonly results = new Map<StateName, object>();
  /** settles when publishing, once it has begun, has ended in one way or the other */
  publishing: Promise<unknown> = Promise.resolve();
  isPublishing = false;
  /** of the latest error */
  stack: string | undefined;
  #silent = false;
  #folds: FoldNews | undefined;
  #foldsAbandoned = false;
  readonly #options: WorkflowOptions;
  readonly #queue = new StepQueue();
  readonly #foldQueue: StepQueue;
  readonly #attempts = new Map<StateName, number>();

  constructor(options: WorkflowOptions) {
    this.#options = options;
    this.#foldQueue = new StepQueue(options.jobs);
  }

  run(state: StateName, payload: unknown): Promise<object> {
    if (state === MAPPED_STATE) return this.#foldQueue.run(() => this.#evaluateFold(payload));
    // By then the run has failed, and whatever else waits belongs to a branch that the state machine has stopped.
    if (state === STATES.recordFailure) {
      this.#queue.abandonWaiting();
      this.#abandonFolds();
    }
    const result = this.#queue.run(() => this.#attempt(state, payload));
    if (state === STATES.publishDataset) this.#track(result);
    return result;
  }

  #track(publishing: Promise<object>): void {
    this.isPublishing = true;
    const ended = () => {
      this.isPublishing = false;
    };
    this.publishing = publishing.then(ended, ended);
  }

  async #attempt(state: StateName, payload: unknown): Promise<object> {
    const { steps, clock } = this.#options;
    const attempt = (this.#attempts.get(state) ?? 0) + 1;
    this.#attempts.set(state, attempt);
    const started = clock.now();
    const durationMs = () => Math.round(clock.now() - started);
    this.#emit({ type: 'state-started', state, attempt });
    try {
      const result = await steps.run(state, payload, (progress) =>
        this.#emit({ type: 'state-progress', state, ...progress }),
      );
      this.results.set(state, result);
      this.#emit({ type: 'state-succeeded', state, attempt, durationMs: durationMs() });
      return result;
    } catch (thrown) {
      const { name, message, stack } = thrown as Error;
      if (state !== STATES.recordFailure) this.stack = stack;
      this.#emit({ type: 'state-failed', state, attempt, durationMs: durationMs(), error: name, cause: message });
      throw thrown;
    }
  }

  /** The items of the Map are under way side by side; no other step is meanwhile. */
  async #evaluateFold(payload: unknown): Promise<object> {
    // The engine tries a fold again although its Map has failed, or was stopped, while it waited to.
    if (this.#foldsAbandoned) throw new AbandonedStepError('The comparison that this fold belongs to was given up.');
    const { steps, clock } = this.#options;
    const item = foldItemSchema.parse((payload as { item?: unknown }).item);
    this.#folds ??= new FoldNews(this.#foldItems());
    const folds = this.#folds;
    this.#emitOfFolds(() => folds.started(item, clock.now()));
    try {
      const result = await steps.run(MAPPED_STATE, payload, () => {});
      this.#emitOfFolds(() => folds.succeeded(item, clock.now()));
      return result;
    } catch (thrown) {
      const { name, message, stack } = thrown as Error;
      if (!this.#foldsAbandoned) this.stack = stack;
      this.#emitOfFolds(() => folds.failed(item, clock.now(), name, message));
      throw thrown;
    }
  }

  #foldItems(): number {
    const planned = this.results.get(STATES.planComparison) as Workflow['planned'] | undefined;
    return planned?.items.length ?? 0;
  }

  #emitOfFolds(news: () => readonly RunNews[]): void {
    if (this.#foldsAbandoned) return;
    for (const each of news()) this.#emit(each);
  }

  /** Whatever is still under way is no longer part of the run. */
  fallSilent(): void {
    this.#silent = true;
    this.#abandonFolds();
  }

  #abandonFolds(): void {
    this.#foldsAbandoned = true;
    this.#foldQueue.abandonWaiting();
  }

  #emit(news: RunNews): void {
    if (this.#silent) return;
    this.#options.emit({ time: this.#options.clock.date().toISOString(), ...news });
  }
}
