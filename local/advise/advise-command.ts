import { parseUri } from '../../contracts/uri.ts';
import { type Advice, advise as adviseOn } from '../../core/advice/advise.ts';
import type { ErrorCosts } from '../../core/advice/table-facts.ts';
import { openStore } from '../../storage/open-store.ts';
import type { CommandContext } from '../command/command-context.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { locationUri, requireReadableFile, shownLocation } from '../command/locations.ts';
import { UsageError } from '../command/usage-error.ts';
import { paintFor } from '../display/paint.ts';
import { buildRequest, type TypedOption } from '../request/build-request.ts';
import { typedOptions } from '../request/typed-request.ts';
import { adviceText } from './advice-text.ts';
import { DATA_OPTIONS } from './data-options.ts';
import { nextCommand, suggestedOptions } from './next-command.ts';
import { type DatasetFacts, profileTable } from './profile-table.ts';

export interface AdviseArguments {
  readonly input: string;
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

/**
 * `counterpoise advise`: profiles a table as a run would read it, and says what to try first, why, and how. Nothing is written.
 *
 * @throws UsageError where the command cannot work as it was typed; the errors of `profileTable`
 */
export async function advise({ input, options }: AdviseArguments, context: CommandContext): Promise<ExitCode> {
  const datasetUri = locationUri(input, context.cwd, 'input');
  const costs = errorCosts(options);
  const typed = typedOptions(options).filter(({ option }) => DATA_OPTIONS.includes(option.name));
  // No output is made; the request only has to have a place for one.
  const request = buildRequest({ typed, datasetUri, outputUri: datasetUri });
  const { scheme, key } = parseUri(datasetUri);
  if (scheme === 'file') await requireReadableFile(key, 'input');

  const dataset = await profileTable(request, openStore());
  const advice = adviseOn({
    ...dataset.usable,
    dimensions: dataset.dimensions,
    costs,
    interpretable: options.interpretable === true,
  });
  const command = commandFor(input, typed, advice);
  const text =
    options.json === true
      ? JSON.stringify(adviceJson(input, dataset, advice, command))
      : adviceText(
          { name: shownLocation(datasetUri, context.cwd), dataset, advice, command },
          paintFor(context.stdout),
        );
  context.stdout.write(`${text}\n`);
  return EXIT.ok;
}

function commandFor(input: string, typed: readonly TypedOption[], { settings }: Advice): string | null {
  const options = typed.map(({ option, text }) => [option.name, text] as const);
  return settings && nextCommand({ input, options }, settings);
}

function adviceJson(
  input: string,
  dataset: DatasetFacts,
  { facts, findings, settings }: Advice,
  command: string | null,
) {
  const { rows: rowsUsed, ratio, minorityShare, minorityPerDimension, costs, interpretable } = facts;
  return {
    input,
    profile: { ...dataset, rowsUsed, ratio, minorityShare, minorityPerDimension, costs, interpretable },
    findings,
    settings,
    options: settings && Object.fromEntries(suggestedOptions(settings)),
    command,
  };
}

/** @throws UsageError where a cost is no number above 0, or only one of the two is named */
function errorCosts(options: AdviseArguments['options']): ErrorCosts | null {
  const falsePositive = readCost('--cost-false-positive', options.costFalsePositive);
  const falseNegative = readCost('--cost-false-negative', options.costFalseNegative);
  if (falsePositive === null && falseNegative === null) return null;
  if (falsePositive === null || falseNegative === null) {
    const absent = falsePositive === null ? '--cost-false-positive' : '--cost-false-negative';
    throw new UsageError(`${absent}: needed as well, as only the proportion of the two costs counts`);
  }
  return { falsePositive, falseNegative };
}

function readCost(name: string, text: string | boolean | undefined): number | null {
  if (typeof text !== 'string') return null;
  const cost = text.trim() === '' ? Number.NaN : Number(text);
  if (!(Number.isFinite(cost) && cost > 0)) {
    throw new UsageError(`${name}: found ${JSON.stringify(text)}, needed a number above 0`);
  }
  return cost;
}
