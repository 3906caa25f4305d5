import { BATCH_STATES, type BatchRequest, type BatchSummary, batchPlanSchema } from '../../contracts/batch.ts';
import type { HistoryEvent } from './executions.ts';
import { type ExecutionEnd, executionEnd } from './run-history.ts';

/** What happens in a batch, as `--json` prints it: one object a line, `time` in ISO 8601, durations in milliseconds. */
export type BatchEvent = { readonly time: string } & BatchNews;

export type BatchNews =
  | { readonly type: 'batch-started'; readonly execution: string; readonly arn: string; readonly request: BatchRequest }
  | {
      readonly type: 'batch-planned';
      readonly tables: number;
      readonly unchanged: number;
      readonly postponed: number;
    }
  | { readonly type: 'table-started'; readonly dataset: string }
  | { readonly type: 'table-succeeded' | 'table-failed'; readonly dataset: string; readonly durationMs: number }
  | {
      readonly type: 'batch-ended';
      readonly durationMs: number;
      /** URI of `summary.json` */
      readonly summaryUri: string;
      readonly summary: BatchSummary;
    }
  | { readonly type: 'batch-failed'; readonly durationMs: number; readonly error: string; readonly cause: string }
  | { readonly type: 'following-stopped'; readonly arn: string };

/** What the history of a batch's execution says: `add` is given every event once, in their order. */
export class BatchHistory {
  startedAt: Date | undefined;
  end: ExecutionEnd | undefined;
  /** a state of a batch was entered: another state machine has none of that name */
  isBatch = false;
  /** tables that the batch took on */
  tables = 0;
  done = 0;
  readonly #startedTables = new Map<string, number>();

  add(event: HistoryEvent): BatchEvent[] {
    if (event.type === 'ExecutionStarted') this.startedAt = event.time;
    if (event.type === 'ExecutionRedriven') this.end = undefined;
    this.end = executionEnd(event, this.startedAt) ?? this.end;
    return this.#readState(event).map((news) => ({ time: event.time.toISOString(), ...news }));
  }

  #readState(event: HistoryEvent): BatchNews[] {
    switch (`${event.name} ${event.type}`) {
      case `${BATCH_STATES.listDatasets} TaskStateEntered`:
        this.isBatch = true;
        return [];
      case `${BATCH_STATES.listDatasets} TaskStateExited`:
        return this.#plan(event);
      case `${BATCH_STATES.rebalance} TaskStateEntered`:
        return this.#table(event, (dataset) => {
          this.#startedTables.set(dataset, event.time.getTime());
          return { type: 'table-started', dataset };
        });
      case `${BATCH_STATES.succeeded} PassStateEntered`:
        return this.#table(event, (dataset) => this.#ended('table-succeeded', dataset, event));
      case `${BATCH_STATES.failed} PassStateEntered`:
        return this.#table(event, (dataset) => this.#ended('table-failed', dataset, event));
      default:
        return [];
    }
  }

  #plan({ output = 'null' }: HistoryEvent): BatchNews[] {
    const plan = batchPlanSchema.safeParse(JSON.parse(output));
    if (!plan.success) return [];
    const { items, unchanged, postponed } = plan.data;
    this.tables = items.length;
    return [{ type: 'batch-planned', tables: items.length, unchanged, postponed }];
  }

  #table({ input = 'null' }: HistoryEvent, news: (dataset: string) => BatchNews): BatchNews[] {
    const dataset: unknown = JSON.parse(input)?.dataset;
    return typeof dataset === 'string' ? [news(dataset)] : [];
  }

  #ended(type: 'table-succeeded' | 'table-failed', dataset: string, { time }: HistoryEvent): BatchNews {
    this.done++;
    const startedAt = this.#startedTables.get(dataset) ?? time.getTime();
    return { type, dataset, durationMs: time.getTime() - startedAt };
  }
}
