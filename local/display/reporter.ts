import { type SucceededManifest, succeededManifestSchema } from '../../contracts/manifest.ts';
import type { ResolvedRequest } from '../../contracts/request.ts';
import { VERSION } from '../../contracts/version.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import type { CommandContext } from '../command/command-context.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { shownLocation } from '../command/locations.ts';
import type { RunEvent, RunNews } from '../run/run-events.ts';
import type { Display } from './display.ts';
import { type Failure, failureText } from './failure-text.ts';
import { formatDuration } from './format.ts';
import { paintFor } from './paint.ts';
import { safeText } from './safe-text.ts';

export interface ReporterOptions {
  readonly display: Display;
  readonly context: CommandContext;
  /** results are printed: neither `--json` nor `--quiet` */
  readonly talkative: boolean;
  /** where the manifest is read */
  readonly store: Pick<DatasetStore, 'read'>;
}

/** How a run failed, with the URI of its record, if there is one, and the stack, if it was here. */
export interface ReportedFailure extends Omit<Failure, 'record'> {
  readonly manifestUri?: string;
  readonly stack?: string;
}

/** Says how one run goes: events to the display, results to stdout, failures to stderr. */
export class Reporter {
  readonly #display: Display;
  readonly #context: CommandContext;
  readonly #talkative: boolean;
  readonly #store: Pick<DatasetStore, 'read'>;
  readonly #startedAt: number;

  constructor({ display, context, talkative, store }: ReporterOptions) {
    this.#display = display;
    this.#context = context;
    this.#talkative = talkative;
    this.#store = store;
    this.#startedAt = context.clock.now();
  }

  started(execution: string, request: ResolvedRequest, arn?: string): void {
    const { dataset, output } = request;
    const paint = paintFor(this.#context.stdout);
    this.say(`${paint('bold', `Counterpoise ${VERSION}`)}  ${this.shown(dataset.uri)} -> ${this.shown(output.uri)}\n`);
    this.tell({ type: 'run-started', execution, request, ...(arn ? { arn } : {}) });
  }

  /** @throws StoreAccessDeniedError, ObjectNotFoundError … where the manifest cannot be read */
  async readManifest(manifestUri: string): Promise<SucceededManifest> {
    const bytes = await this.#store.read(manifestUri);
    return succeededManifestSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  }

  async succeeded(manifestUri: string, manifest: SucceededManifest, durationMs = this.elapsed()): Promise<ExitCode> {
    this.tell({ type: 'run-succeeded', durationMs, manifestUri, manifest });
    this.close();
    if (this.#talkative) await this.#summarize(manifest, manifestUri, durationMs);
    return EXIT.ok;
  }

  async #summarize(manifest: SucceededManifest, manifestUri: string, durationMs: number): Promise<void> {
    const { summary } = await import('./summary.ts');
    const paint = paintFor(this.#context.stdout);
    this.say(`\n${summary(manifest, { paint, shown: (uri) => this.shown(uri) })}`);
    this.say(`  ${this.shown(manifestUri)}\n\n  Done in ${formatDuration(durationMs)}.`);
  }

  failed({ manifestUri, stack, ...failure }: ReportedFailure, durationMs = this.elapsed()): ExitCode {
    const { error, cause } = failure;
    this.tell({ type: 'run-failed', durationMs, error, cause, ...(manifestUri ? { manifestUri } : {}) });
    this.close();
    const text = failureText({ ...failure, ...(manifestUri ? { record: this.shown(manifestUri) } : {}) });
    const paint = paintFor(this.#context.stderr);
    this.#context.stderr.write(`\n${paint('red', text)}\n`);
    if (this.#context.env.DEBUG && stack) this.#context.stderr.write(`${stack}\n`);
    return EXIT.runFailed;
  }

  elapsed(): number {
    return Math.round(this.#context.clock.now() - this.#startedAt);
  }

  shown(uri: string): string {
    return safeText(shownLocation(uri, this.#context.cwd));
  }

  /** To stdout, where results go. */
  say(text: string): void {
    if (this.#talkative) this.#context.stdout.write(`${text}\n`);
  }

  /** To stderr, whatever was asked for. */
  note(text: string): void {
    this.#context.stderr.write(`\n${text}\n`);
  }

  /** News of this moment. */
  tell(news: RunNews): void {
    this.show({ time: this.#context.clock.date().toISOString(), ...news });
  }

  show(event: RunEvent): void {
    this.#display.show(event);
  }

  close(): void {
    this.#display.close();
  }
}
