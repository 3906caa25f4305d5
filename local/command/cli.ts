import { Command, CommanderError, Option } from 'commander';
import { VERSION } from '../../contracts/version.ts';
import { addAdviseCommand } from '../advise/add-advise-command.ts';
import { addDeployedCommands } from '../deployed/add-commands.ts';
import { safeLines } from '../display/safe-text.ts';
import { describeOption, OUTPUT_GROUP, REQUEST_OPTIONS } from '../request/options.ts';
import { addScoreCommand } from '../score/add-score-command.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { UsageError } from './usage-error.ts';

const DISPLAY = 'Display:';

const AFTER_HELP = `
Examples (in a clone, "npm start --" stands for "counterpoise"):
  counterpoise                                  the bundled sample, to try it
  counterpoise churn.csv --target churned       a file with a header
  counterpoise adult.data --columns age,income  a file without one
  counterpoise fraud.parquet --ratio 3 --format parquet --out balanced/fraud
  counterpoise --request request.json --json    events as lines of JSON
  counterpoise start s3://lake/incoming/churn.csv --state-machine <arn>
                                                on a deployed stack

Exit codes:
  ${EXIT.ok}    the outputs are published
  ${EXIT.runFailed}    the run failed; nothing was published, and a record says why
  ${EXIT.wrongUsage}    the command is wrong: an option, a value, a path
  ${EXIT.interrupted}  interrupted (Ctrl-C)
`;

/**
 * Runs a command line.
 *
 * @param args what was typed after the program's name
 * @returns the exit code; faults are written to stderr in words
 */
export async function runCli(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { stderr } = context;
  let code: ExitCode = EXIT.ok;
  const program = createProgram(context, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.wrongUsage;
    if (error instanceof UsageError) {
      stderr.write(`${safeLines(error.message)}\n`);
      return EXIT.wrongUsage;
    }
    const { name, message, stack } = error as Error;
    stderr.write(`${safeLines(context.env.DEBUG && stack ? stack : `${name}: ${message}`)}\n`);
    return EXIT.runFailed;
  }
}

function createProgram(context: CommandContext, done: (code: ExitCode) => void): Command {
  const program = new Command('counterpoise')
    .description('Rebalances an imbalanced table, and tells the truth about what that did.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .showHelpAfterError('(counterpoise --help explains every option)')
    .configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      writeErr: (text) => void context.stderr.write(text),
      getOutHelpWidth: () => Math.min(context.stdout.columns ?? 80, 100),
    });
  const command = addRebalance(program, context, done);
  addScoreCommand(program, context, done);
  addAdviseCommand(program, context, done);
  addDeployedCommands(program, context, done);
  // The default command's options are what most people look for: the program's own help shows them too.
  const own = program.createHelp();
  return program
    .usage('[rebalance] [input] [options]')
    .addHelpText('after', AFTER_HELP)
    .configureHelp({
      visibleArguments: (shown) => own.visibleArguments(shown === program ? command : shown),
      visibleOptions: (shown) =>
        shown === program ? [...command.options, ...own.visibleOptions(program)] : own.visibleOptions(shown),
    });
}

function addRebalance(program: Command, context: CommandContext, done: (code: ExitCode) => void): Command {
  const command = program
    .command('rebalance', { isDefault: true })
    .description('Run the whole workflow on this computer: balanced training rows, test rows and a manifest.')
    .argument('[input]', 'CSV (also gzipped) or Parquet: a path, or s3://bucket/key. Default: the bundled sample.')
    .addHelpText('after', AFTER_HELP);
  for (const option of REQUEST_OPTIONS) {
    const flags = `--${option.name} <${option.value}>`;
    command.addOption(new Option(flags, describeOption(option)).helpGroup(option.group));
  }
  const { out, request, jobs, json, quiet } = OTHER_OPTIONS;
  for (const option of [out, request, jobs, json, quiet]) {
    command.addOption(new Option(option.flags, option.description).helpGroup(option.group));
  }
  return command.action(async (input: string | undefined, options: Record<string, string | boolean>) => {
    const { rebalance } = await import('../rebalance/rebalance-command.ts');
    done(await rebalance({ options, ...(input === undefined ? {} : { input }) }, context));
  });
}

const OTHER_OPTIONS = {
  out: {
    flags: '--out <dir>',
    description: 'Where the outputs go: a folder, or s3://bucket/prefix. Default: out/<name of the input>.',
    group: OUTPUT_GROUP,
  },
  request: {
    flags: '--request <file>',
    description: 'A whole request as JSON, as the deployed plugin takes it. Options override what it says.',
    group: 'Request:',
  },
  jobs: {
    flags: '--jobs <n>',
    description: 'Folds to evaluate side by side. Default: one for each core, where there is memory for them.',
    group: 'This computer:',
  },
  json: { flags: '--json', description: 'Print every event as a line of JSON, and nothing else.', group: DISPLAY },
  quiet: { flags: '-q, --quiet', description: 'Print nothing but errors.', group: DISPLAY },
} as const;
