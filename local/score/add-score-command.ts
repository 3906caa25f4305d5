import { type Command, Option } from 'commander';
import type { CommandContext } from '../command/command-context.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';

const AFTER_HELP = `
Examples:
  counterpoise score new.csv --model out/churn
  counterpoise score s3://lake/new.parquet --model s3://lake/balanced/churn/
  counterpoise score new.csv --model out/churn --threshold max-f1 --json

Exit codes:
  ${EXIT.ok}    the scored rows are written
  ${EXIT.runFailed}    the rows or the model cannot be used; nothing was written
  ${EXIT.wrongUsage}    the command is wrong: an option, a value, a path
  ${EXIT.interrupted}  interrupted (Ctrl-C); nothing was written
`;

/** `counterpoise score`: predictions of a published model for new rows. */
export function addScoreCommand(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  const option = (flags: string, description: string, group: string) => new Option(flags, description).helpGroup(group);
  const [model, output, display] = ['Model:', 'Output:', 'Display:'];
  program
    .command('score')
    .description(
      'Score rows with a published model: probability, prediction, and whether they are like its training rows.',
    )
    .argument('<rows>', 'CSV (also gzipped) or Parquet: a path, or s3://bucket/key.')
    .addOption(
      option(
        '--model <where>',
        'model.json of a run, or the folder of its outputs: a path, or s3://.',
        model,
      ).makeOptionMandatory(),
    )
    .addOption(
      option(
        '--threshold <which>',
        "A rule of the model, such as max-f1, or a number on the scale of the learner's scores: rows from it on are " +
          'called minority. Default: the one that the run chose.',
        model,
      ),
    )
    .addOption(
      option(
        '--outside <what>',
        'What to do outside the domain of the training rows: abstain (no prediction), flag (predict; in_domain says so), ' +
          'default (predict the majority). Default: flag.',
        model,
      ),
    )
    .addOption(option('--columns <a,b,c>', 'Names for a CSV file without a header. Default: its first line.', 'Data:'))
    .addOption(
      option('--output <file>', 'Where the scored rows go. Default: <name>-scored.csv beside the input.', output),
    )
    .addOption(option('--format <format>', 'csv or parquet. Default: that of --output, else csv.', output))
    .addOption(option('--json', 'Print the summary as one line of JSON, for monitoring.', display))
    .addOption(option('-q, --quiet', 'Print nothing but errors.', display))
    .addHelpText('after', AFTER_HELP)
    .action(async (rows: string, options: Record<string, string | boolean>) => {
      const { score } = await import('./score-command.ts');
      done(await score({ rows, options }, context));
    });
}
