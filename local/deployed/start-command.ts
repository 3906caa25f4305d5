import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { executionName } from '../../functions/execution-name.ts';
import type { CommandContext } from '../command/command-context.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { requireWritableFolder } from '../command/locations.ts';
import { UsageError } from '../command/usage-error.ts';
import { chooseDisplay } from '../display/choose-display.ts';
import { Reporter } from '../display/reporter.ts';
import type { RebalanceArguments } from '../request/typed-request.ts';
import { DEFINITION, outline } from '../run/definition.ts';
import { parseArn, type StatesArn } from './arn.ts';
import { connect, type Region } from './connect.ts';
import { deployedRequest } from './deployed-request.ts';
import { fetchOutputs } from './fetch-outputs.ts';
import { follow, goesOn } from './follow.ts';
import { HistoryReader } from './history-reader.ts';
import { RunHistory } from './run-history.ts';
import { reportEnd } from './run-outcome.ts';

/**
 * `counterpoise start`: starts a run on a deployed stack, shows how it goes, says what came out, and fetches it.
 *
 * @throws UsageError where the command cannot work as it was typed; StepFunctionsError; the store's errors
 */
export async function start(args: RebalanceArguments, context: CommandContext): Promise<ExitCode> {
  const { options } = args;
  const machine = parseArn(String(options.stateMachine), 'stateMachine', '--state-machine');
  const request = await deployedRequest(args, context.cwd);
  const name = requireName(options.name) ?? executionName(request.dataset.uri, [randomUUID()]);
  const folder = await fetchFolder(options, context.cwd);
  const region = await connect(machine.region, context);
  const execution = parseArn(await region.executions.start(machine.arn, name, request), 'execution', 'execution');

  const wishes = { json: options.json === true, quiet: options.quiet === true };
  const display = await chooseDisplay(wishes, outline(context.definition ?? DEFINITION), context);
  const talkative = !wishes.json && !wishes.quiet;
  const reporter = new Reporter({ display, context, talkative, store: region.store });
  reporter.started(name, request, execution.arn);
  reporter.say(`  ${execution.arn}\n`);
  if (options.follow === false) return leave(execution, reporter);
  return followRun(execution, region, reporter, folder, context);
}

async function followRun(
  execution: StatesArn,
  { executions, store }: Region,
  reporter: Reporter,
  folder: string | undefined,
  context: CommandContext,
): Promise<ExitCode> {
  const history = new RunHistory();
  const reader = new HistoryReader(executions, execution.arn);
  try {
    const how = await follow(execution.arn, reader, (events) => takeAll(events, history, reporter), context);
    if (how === 'stopped') return stopFollowing(execution, reporter);
  } catch (error) {
    reporter.close();
    throw error;
  }
  return reportEnd(execution, history, reporter, async ({ manifestUri, manifest }) => {
    if (folder === undefined) return;
    const fetched = await fetchOutputs(manifestUri, manifest.outputs, folder, store);
    reporter.say(
      `\n  Fetched, and the same as in the manifest:\n${fetched.map((uri) => `  ${reporter.shown(uri)}`).join('\n')}`,
    );
  });
}

function takeAll(
  events: Parameters<Parameters<typeof follow>[2]>[0],
  history: RunHistory,
  reporter: Reporter,
): boolean {
  for (const event of events.flatMap((each) => history.add(each))) reporter.show(event);
  return history.end !== undefined;
}

function stopFollowing({ arn }: StatesArn, reporter: Reporter): ExitCode {
  reporter.tell({ type: 'following-stopped', arn });
  reporter.close();
  reporter.note(`Stopped following. ${goesOn(arn)}`);
  return EXIT.interrupted;
}

function leave({ arn }: StatesArn, reporter: Reporter): ExitCode {
  reporter.tell({ type: 'following-stopped', arn });
  reporter.close();
  reporter.say(goesOn(arn));
  return EXIT.ok;
}

function requireName(name: unknown): string | undefined {
  if (name === undefined || /^[\w-]{1,80}$/.test(String(name))) return name as string | undefined;
  throw new UsageError(
    `--name: found ${JSON.stringify(name)}, needed 1 to 80 letters, digits, hyphens and underscores`,
  );
}

async function fetchFolder({ fetch, follow }: RebalanceArguments['options'], cwd: string): Promise<string | undefined> {
  if (typeof fetch !== 'string') return undefined;
  if (follow === false) throw new UsageError('--fetch: needs the run to be followed to its end; leave out --no-follow');
  const folder = resolve(cwd, fetch);
  await requireWritableFolder(folder, '--fetch');
  return folder;
}
