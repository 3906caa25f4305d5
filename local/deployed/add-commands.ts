import { type Command, Option } from 'commander';
import { batchRequestSchema } from '../../contracts/batch.ts';
import type { CommandContext } from '../command/command-context.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { describeOption, OUTPUT_GROUP, REQUEST_OPTIONS } from '../request/options.ts';

type Options = Record<string, string | boolean>;
type Done = (code: ExitCode) => void;

const STACK = 'Stack:';
const DISPLAY = 'Display:';

const NO_FOLLOW = new Option('--no-follow', 'Start it, print its ARN, and do not wait for it.').helpGroup(DISPLAY);
const JSON_LINES = new Option('--json', 'Print every event as a line of JSON, and nothing else.').helpGroup(DISPLAY);
const QUIET = new Option('-q, --quiet', 'Print nothing but errors.').helpGroup(DISPLAY);

const exitCodes = (failed: string) => `
Exit codes:
  ${EXIT.ok}    it went well, or goes on and is not waited for
  ${EXIT.runFailed}    ${failed}, or AWS did not answer as it should
  ${EXIT.wrongUsage}    the command is wrong: an option, a value, an ARN
  ${EXIT.interrupted}  interrupted (Ctrl-C): what was started goes on
`;

/** The commands for a stack that is deployed in AWS. */
export function addDeployedCommands(program: Command, context: CommandContext, done: Done): void {
  addStart(program, context, done);
  addStatus(program, context, done);
  addBatch(program, context, done);
}

function addStart(program: Command, context: CommandContext, done: Done): void {
  const command = program
    .command('start')
    .description('Run the workflow on a deployed stack, and follow it as if it ran here.')
    .argument('[input]', 's3://bucket/key of a table. Default: the one that --request names.')
    .addOption(machineOption("the stack's output StateMachineArn"))
    .addOption(
      new Option('--name <name>', 'Name of the execution. Default: the name of the table and a random part.').helpGroup(
        STACK,
      ),
    )
    .addHelpText('after', exitCodes('the run failed'));
  for (const option of REQUEST_OPTIONS) {
    command.addOption(new Option(`--${option.name} <${option.value}>`, describeOption(option)).helpGroup(option.group));
  }
  const out = 'Where the outputs go: s3://bucket/prefix. Default: balanced/ in the bucket of the table.';
  const request = 'A whole request as JSON. Options override what it says.';
  const fetch = 'Download the outputs and the manifest, and check them against their SHA-256.';
  command
    .addOption(new Option('--out <uri>', out).helpGroup(OUTPUT_GROUP))
    .addOption(new Option('--fetch <dir>', fetch).helpGroup(OUTPUT_GROUP))
    .addOption(new Option('--request <file>', request).helpGroup('Request:'))
    .addOption(NO_FOLLOW)
    .addOption(JSON_LINES)
    .addOption(QUIET)
    .action(async (input: string | undefined, options: Options) => {
      const { start } = await import('./start-command.ts');
      done(await start({ options, ...(input === undefined ? {} : { input }) }, context));
    });
}

function addStatus(program: Command, context: CommandContext, done: Done): void {
  program
    .command('status')
    .description('Look once at a run or a batch on a deployed stack.')
    .argument('<execution>', 'ARN of the execution, as start and batch print it.')
    .addOption(JSON_LINES)
    .addHelpText('after', exitCodes('the run, or a table of the batch, failed'))
    .action(async (execution: string, options: Options) => {
      const { status } = await import('./status-command.ts');
      done(await status({ execution, options }, context));
    });
}

function addBatch(program: Command, context: CommandContext, done: Done): void {
  const { prefix, select } = batchRequestSchema.shape;
  program
    .command('batch')
    .description('Rebalance the tables of a folder on a deployed stack.')
    .addOption(machineOption("the stack's output BatchStateMachineArn"))
    .addOption(new Option('--prefix <prefix>', prefix.description).helpGroup('Data:'))
    .addOption(new Option('--select <which>', `changed or all. ${select.description}`).helpGroup('Data:'))
    .addOption(NO_FOLLOW)
    .addOption(JSON_LINES)
    .addHelpText('after', exitCodes('the batch, or a table of it, failed'))
    .action(async (options: Options) => {
      const { batch } = await import('./batch-command.ts');
      done(await batch(options, context));
    });
}

function machineOption(what: string): Option {
  return new Option('--state-machine <arn>', `ARN of the state machine: ${what}.`)
    .makeOptionMandatory()
    .helpGroup(STACK);
}
