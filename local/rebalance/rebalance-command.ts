import type { ResolvedRequest } from '../../contracts/request.ts';
import { openStore } from '../../storage/open-store.ts';
import type { CommandContext } from '../command/command-context.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { onInterrupt } from '../command/interrupt.ts';
import { chooseDisplay } from '../display/choose-display.ts';
import { Reporter } from '../display/reporter.ts';
import { type RebalanceArguments, typedRequest } from '../request/typed-request.ts';
import { DEFINITION, outline } from '../run/definition.ts';
import type { WorkflowOutcome, WorkflowRun } from '../run/run-workflow.ts';
import { localExecutionId } from './execution-id.ts';
import { defaultJobs, readJobs } from './jobs.ts';
import { removePartialFiles } from './partial-files.ts';

/**
 * `counterpoise rebalance`: runs the state machine on this computer, shows how it goes, and says what came out.
 *
 * @throws UsageError where the command cannot work as it was typed
 */
export async function rebalance(args: RebalanceArguments, context: CommandContext): Promise<ExitCode> {
  const loading = import('../run/run-workflow.ts');
  const { jobs } = args.options;
  const sideBySide = typeof jobs === 'string' ? readJobs(jobs) : defaultJobs();
  const request = await typedRequest(args, context.cwd);
  const { runWorkflow } = await loading;
  const definition = context.definition ?? DEFINITION;
  const wishes = { json: args.options.json === true, quiet: args.options.quiet === true };
  const display = await chooseDisplay(wishes, outline(definition), context);
  const talkative = !wishes.json && !wishes.quiet;
  const reporter = new Reporter({ display, context, talkative, store: openStore() });
  const executionId = localExecutionId(request);

  reporter.started(executionId, request);
  const run = runWorkflow({
    definition,
    executionId,
    request,
    steps: context.steps(),
    clock: context.clock,
    emit: (event) => reporter.show(event),
    jobs: sideBySide,
    ...(context.retryDelayMs === undefined ? {} : { retryDelayMs: context.retryDelayMs }),
  });
  const deafen = listenForInterrupts(run, reporter, context);
  try {
    const outcome = await run.outcome;
    if (outcome.status === 'interrupted') await context.steps().close();
    // Of steps that were ended: by the user, or because a fold beside them failed.
    if (outcome.status !== 'succeeded') await removePartialFiles(request.output.uri, executionId);
    return await report(outcome, request, reporter);
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

async function report(outcome: WorkflowOutcome, { output }: ResolvedRequest, reporter: Reporter): Promise<ExitCode> {
  if (outcome.status === 'failed') return reporter.failed(outcome);
  if (outcome.status === 'succeeded') {
    const { manifest } = outcome.published;
    return reporter.succeeded(manifest, await reporter.readManifest(manifest));
  }
  const { published } = outcome;
  reporter.tell({ type: 'run-interrupted', durationMs: reporter.elapsed(), published });
  reporter.close();
  const whole = `Stopped; the outputs in ${reporter.shown(output.uri)} are whole.`;
  reporter.note(published ? whole : 'Stopped. Nothing was published.');
  return EXIT.interrupted;
}
