import { batchResultSchema, batchSummarySchema } from '../../contracts/batch.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import type { CommandContext } from '../command/command-context.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { UsageError } from '../command/usage-error.ts';
import { formatDuration } from '../display/format.ts';
import { paintFor } from '../display/paint.ts';
import { safeLines, safeText } from '../display/safe-text.ts';
import type { BatchEvent, BatchHistory, BatchNews } from './batch-history.ts';
import { batchLine, batchSummaryText } from './batch-text.ts';
import type { ExecutionEnd } from './run-history.ts';

/** Says how one batch goes: lines for people or, with `--json`, events. */
export class BatchReporter {
  readonly #context: CommandContext;
  readonly #store: Pick<DatasetStore, 'read'>;
  readonly #json: boolean;

  constructor(context: CommandContext, store: Pick<DatasetStore, 'read'>, json: boolean) {
    this.#context = context;
    this.#store = store;
    this.#json = json;
  }

  show(event: BatchEvent, startedAt: Date = new Date(event.time)): void {
    if (this.#json) this.#context.stdout.write(`${JSON.stringify(event)}\n`);
    const line = batchLine(event, startedAt);
    if (line) this.say(line);
  }

  /** News of this moment. */
  tell(news: BatchNews): void {
    this.show({ time: this.#context.clock.date().toISOString(), ...news });
  }

  say(text: string): void {
    if (!this.#json) this.#context.stdout.write(`${text}\n`);
  }

  note(text: string): void {
    this.#context.stderr.write(`\n${text}\n`);
  }

  /** @returns 1 where the batch, or a table of it, failed */
  async ended(arn: string, history: BatchHistory): Promise<ExitCode> {
    const { end } = history;
    if (end?.status === 'succeeded') return this.#succeeded(arn, end);
    const { durationMs, error, cause } = end ?? { durationMs: 0, error: '', cause: '' };
    this.tell({ type: 'batch-failed', durationMs, error, cause });
    const text = `${safeText(error)}: ${safeLines(cause)}\nThe batch wrote no summary; tables that were done by then are published.`;
    this.note(paintFor(this.#context.stderr)('red', text));
    return EXIT.runFailed;
  }

  async #succeeded(arn: string, { output, durationMs }: Extract<ExecutionEnd, { status: 'succeeded' }>) {
    const result = batchResultSchema.safeParse(JSON.parse(output));
    if (!result.success) {
      throw new UsageError(
        `The execution ${arn} ended, but not with what a batch ends with: is its state machine that of the batches?`,
      );
    }
    const summaryUri = result.data.summary;
    const bytes = await this.#store.read(summaryUri);
    const summary = batchSummarySchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    this.tell({ type: 'batch-ended', durationMs, summaryUri, summary });
    this.say(`\n${batchSummaryText(summary, summaryUri)}\n\n  Done in ${formatDuration(durationMs)}.`);
    return summary.counts.failed > 0 ? EXIT.runFailed : EXIT.ok;
  }
}
