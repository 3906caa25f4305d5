import { type SucceededManifest, succeededManifestSchema } from '../contracts/manifest.ts';
import type { ResolvedRequest } from '../contracts/request.ts';
import { VERSION } from '../contracts/version.ts';
import { openStore } from '../storage/open-store.ts';
import type { CommandContext } from './command-context.ts';
import { DEFINITION, outline } from './definition.ts';
import { chooseDisplay } from './display/choose-display.ts';
import type { Display } from './display/display.ts';
import { formatDuration } from './display/format.ts';
import { type Paint, paintFor } from './display/paint.ts';
import { safeText } from './display/safe-text.ts';
import { localExecutionId } from './execution-id.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { failureText } from './failure-text.ts';
import { onInterrupt } from './interrupt.ts';
import { shownLocation } from './locations.ts';
import { removePartialFiles } from './partial-files.ts';
import { type RebalanceArguments, rebalanceRequest } from './rebalance-request.ts';
import type { RunNews } from './run-events.ts';
import type { WorkflowOutcome, WorkflowRun } from './run-workflow.ts';

/**
 * `counterpoise rebalance`: runs the state machine on this computer, shows how it goes, and says what came out.
 *
 * @throws UsageError where the command cannot work as it was typed
 */
export async function rebalance(args: RebalanceArguments, context: CommandContext): Promise<ExitCode> {
  const loading = import('./run-workflow.ts');
  const request = await rebalanceRequest(args, context.cwd);
  const { runWorkflow } = await loading;
  const definition = context.definition ?? DEFINITION;
  const wishes = { json: args.options.json === true, quiet: args.options.quiet === true };
  const display = await chooseDisplay(wishes, outline(definition), context);
  const reporter = new Reporter(request, display, context, !wishes.json && !wishes.quiet);

  reporter.started();
  const run = runWorkflow({
    definition,
    executionId: reporter.executionId,
    request,
    steps: context.steps(),
    clock: context.clock,
    emit: (event) => display.show(event),
    ...(context.retryDelayMs === undefined ? {} : { retryDelayMs: context.retryDelayMs }),
  });
  const deafen = listenForInterrupts(run, reporter, context);
  try {
    const outcome = await run.outcome;
    if (outcome.status === 'interrupted') {
      await context.steps().close();
      await removePartialFiles(request.output.uri, reporter.executionId);
    }
    return await reporter.ended(outcome);
  } finally {
    deafen();
  }
}

function listenForInterrupts(run: WorkflowRun, reporter: Reporter, context: CommandContext): () => void {
  return onInterrupt(context.signals, context.clock, {
    stop() {
      if (run.isPublishing())
        reporter.note('Publishing is under way and will be finished; Ctrl-C again ends it at once.');
      run.stop();
    },
    kill: () => context.exit(EXIT.interrupted),
  });
}

/** Says how one run goes: events to the display, results to stdout, failures to stderr. */
class Reporter {
  readonly executionId: string;
  readonly #request: ResolvedRequest;
  readonly #display: Display;
  readonly #context: CommandContext;
  readonly #talkative: boolean;
  readonly #startedAt: number;

  constructor(request: ResolvedRequest, display: Display, context: CommandContext, talkative: boolean) {
    this.executionId = localExecutionId(request);
    this.#request = request;
    this.#display = display;
    this.#context = context;
    this.#talkative = talkative;
    this.#startedAt = context.clock.now();
  }

  started(): void {
    const { dataset, output } = this.#request;
    const paint = paintFor(this.#context.stdout);
    this.#say(
      `${paint('bold', `Counterpoise ${VERSION}`)}  ${this.#shown(dataset.uri)} -> ${this.#shown(output.uri)}\n`,
    );
    this.#show({ type: 'run-started', execution: this.executionId, request: this.#request });
  }

  note(text: string): void {
    this.#context.stderr.write(`\n${text}\n`);
  }

  async ended(outcome: WorkflowOutcome): Promise<ExitCode> {
    if (outcome.status === 'succeeded') return this.#succeeded(outcome.published.manifest);
    if (outcome.status === 'failed') return this.#failed(outcome);
    return this.#interrupted(outcome.published);
  }

  async #succeeded(manifestUri: string): Promise<ExitCode> {
    const bytes = await openStore().read(manifestUri);
    const manifest = succeededManifestSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    const durationMs = this.#elapsed();
    this.#show({ type: 'run-succeeded', durationMs, manifestUri, manifest });
    this.#display.close();
    if (this.#talkative) await this.#summarize(manifest, manifestUri, durationMs);
    return EXIT.ok;
  }

  async #summarize(manifest: SucceededManifest, manifestUri: string, durationMs: number): Promise<void> {
    const { summary } = await import('./display/summary.ts');
    const paint: Paint = paintFor(this.#context.stdout);
    this.#say(`\n${summary(manifest, { paint, shown: (uri) => this.#shown(uri) })}`);
    this.#say(`  ${this.#shown(manifestUri)}\n\n  Done in ${formatDuration(durationMs)}.`);
  }

  #failed({ error, cause, manifestUri, stack }: Extract<WorkflowOutcome, { status: 'failed' }>): ExitCode {
    const record = manifestUri ? { manifestUri } : {};
    this.#show({ type: 'run-failed', durationMs: this.#elapsed(), error, cause, ...record });
    this.#display.close();
    const failure = { error, cause, ...(manifestUri ? { record: this.#shown(manifestUri) } : {}) };
    const paint = paintFor(this.#context.stderr);
    this.#context.stderr.write(`\n${paint('red', failureText(failure))}\n`);
    if (this.#context.env.DEBUG && stack) this.#context.stderr.write(`${stack}\n`);
    return EXIT.runFailed;
  }

  #interrupted(published: boolean): ExitCode {
    this.#show({ type: 'run-interrupted', durationMs: this.#elapsed(), published });
    this.#display.close();
    const output = this.#shown(this.#request.output.uri);
    this.note(published ? `Stopped; the outputs in ${output} are whole.` : 'Stopped. Nothing was published.');
    return EXIT.interrupted;
  }

  #elapsed(): number {
    return Math.round(this.#context.clock.now() - this.#startedAt);
  }

  #shown(uri: string): string {
    return safeText(shownLocation(uri, this.#context.cwd));
  }

  #say(text: string): void {
    if (this.#talkative) this.#context.stdout.write(`${text}\n`);
  }

  #show(news: RunNews): void {
    this.#display.show({ time: this.#context.clock.date().toISOString(), ...news });
  }
}
