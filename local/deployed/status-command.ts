import type { CommandContext } from '../command/command-context.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { silentDisplay } from '../display/display.ts';
import { formatDuration } from '../display/format.ts';
import { jsonDisplay } from '../display/json-display.ts';
import { paintFor } from '../display/paint.ts';
import { Reporter } from '../display/reporter.ts';
import { runFrame } from '../display/run-frame.ts';
import { afterEvent, EMPTY_VIEW, type RunView } from '../display/run-view.ts';
import { DEFINITION, outline } from '../run/definition.ts';
import type { RunEvent } from '../run/run-events.ts';
import { parseArn } from './arn.ts';
import { type BatchEvent, BatchHistory } from './batch-history.ts';
import { BatchReporter } from './batch-reporter.ts';
import { connect } from './connect.ts';
import { HistoryReader } from './history-reader.ts';
import { RunHistory } from './run-history.ts';
import { reportEnd } from './run-outcome.ts';

export interface StatusArguments {
  readonly execution: string;
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

/**
 * `counterpoise status`: one look at an execution. The exit code is 0 where it runs or succeeded.
 *
 * @throws UsageError where there is no such execution; StepFunctionsError; the store's errors
 */
export async function status({ execution, options }: StatusArguments, context: CommandContext): Promise<ExitCode> {
  const arn = parseArn(execution, 'execution', 'execution');
  const { executions, store } = await connect(arn.region, context);
  const happened = await new HistoryReader(executions, arn.arn).news();
  const batch = new BatchHistory();
  const batchEvents = happened.flatMap((event) => batch.add(event));
  if (batch.isBatch) {
    return batchStatus(arn.arn, batch, batchEvents, new BatchReporter(context, store, options.json === true), context);
  }
  const history = new RunHistory();
  const events = happened.flatMap((event) => history.add(event));
  const write = (text: string) => void context.stdout.write(text);
  const json = options.json === true;
  const display = json ? jsonDisplay(write) : silentDisplay;
  const reporter = new Reporter({ display, context, talkative: !json, store });
  for (const event of events) reporter.show(event);

  const now = context.clock.date().getTime();
  const view = { ...viewOf(events), ended: history.end !== undefined };
  reporter.say(runFrame(outline(context.definition ?? DEFINITION), view, now, paintFor(context.stdout)));
  if (history.end) return reportEnd(arn, history, reporter);
  const running = history.running().join(', ');
  reporter.say(`\n  Running for ${sinceStart(history, now)}${running ? `: ${running}` : ''}.`);
  return EXIT.ok;
}

async function batchStatus(
  arn: string,
  history: BatchHistory,
  events: readonly BatchEvent[],
  reporter: BatchReporter,
  { clock }: CommandContext,
): Promise<ExitCode> {
  for (const event of events) reporter.show(event, history.startedAt);
  if (history.end) return reporter.ended(arn, history);
  const { done, tables } = history;
  reporter.say(`\n  Running for ${sinceStart(history, clock.date().getTime())}: ${done} of ${tables} tables done.`);
  return EXIT.ok;
}

function sinceStart({ startedAt }: { readonly startedAt: Date | undefined }, now: number): string {
  return formatDuration(now - (startedAt?.getTime() ?? now));
}

/** As the live display would have it, on the clock of Step Functions. */
function viewOf(events: readonly RunEvent[]): RunView {
  return events.reduce((view, event) => afterEvent(view, event, Date.parse(event.time)), EMPTY_VIEW);
}
