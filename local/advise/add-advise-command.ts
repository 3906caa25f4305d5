import { type Command, Option } from 'commander';
import type { CommandContext } from '../command/command-context.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { describeOption, REQUEST_OPTIONS } from '../request/options.ts';
import { DATA_OPTIONS } from './data-options.ts';

const COST = 'a positive number in any unit, as only the proportion of the two counts.';

const AFTER_HELP = `
Examples:
  counterpoise advise churn.csv --target churned
  counterpoise advise card.csv --cost-false-positive 1 --cost-false-negative 50
  counterpoise advise s3://lake/incoming/churn.csv --interpretable --json

docs/advice.md has every rule with its threshold and its source.

Exit codes:
  ${EXIT.ok}    the advice was given
  ${EXIT.runFailed}    the table cannot be used
  ${EXIT.wrongUsage}    the command is wrong: an option, a value, a path
`;

/** `counterpoise advise`: what to try first on a table. */
export function addAdviseCommand(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  const option = (flags: string, description: string, group: string) => new Option(flags, description).helpGroup(group);
  const command = program
    .command('advise')
    .description('Profile a table, and say what to try first and why. Nothing is written.')
    .argument('<input>', 'CSV (also gzipped) or Parquet: a path, or s3://bucket/key.');
  for (const data of REQUEST_OPTIONS.filter(({ name }) => DATA_OPTIONS.includes(name))) {
    command.addOption(option(`--${data.name} <${data.value}>`, describeOption(data), data.group));
  }
  command
    .addOption(option('--cost-false-positive <x>', `What a false alarm costs: ${COST}`, 'Needs:'))
    .addOption(option('--cost-false-negative <x>', `What a missed minority row costs: ${COST}`, 'Needs:'))
    .addOption(option('--interpretable', 'People must be able to follow each decision.', 'Needs:'))
    .addOption(option('--json', 'Print the advice as one line of JSON.', 'Display:'))
    .addHelpText('after', AFTER_HELP)
    .action(async (input: string, options: Record<string, string | boolean>) => {
      const { advise } = await import('./advise-command.ts');
      done(await advise({ input, options }, context));
    });
}
