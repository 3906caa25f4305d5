import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ObjectNotFoundError } from '../../contracts/errors.ts';
import { PREFIXES, PUBLISHED } from '../../contracts/layout.ts';
import { fileStem, joinUri, parentUri, parseUri } from '../../contracts/uri.ts';
import { OUTSIDE_POLICIES, type OutsidePolicy } from '../../core/model/decisions.ts';
import type { ScoringModel } from '../../core/model/scoring-model.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import { isScoredFile } from '../../storage/tables/scored-file.ts';
import { locationUri, requireReadableFile, requireWritableFolder, shownLocation } from '../command/locations.ts';
import { UsageError } from '../command/usage-error.ts';

/** What commander hands to the command, options that were not typed left out. */
export interface ScoreArguments {
  readonly rows: string;
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

/** Where things lie, and how the rows are read and written. */
export interface ScoreLocations {
  readonly input: string;
  readonly modelUri: string;
  readonly output: string;
  readonly format: 'csv' | 'parquet';
  readonly outside: OutsidePolicy;
  readonly columns?: readonly string[];
}

type Format = ScoreLocations['format'];
const FORMATS: readonly Format[] = ['csv', 'parquet'];

/**
 * What a command line stands for, with the files that it names looked at.
 *
 * @throws UsageError
 */
export async function scoreLocations(
  { rows, options }: ScoreArguments,
  cwd: string,
  store: DatasetStore,
): Promise<ScoreLocations> {
  const outside = chosen('--outside', options.outside ?? 'flag', OUTSIDE_POLICIES);
  const input = locationUri(rows, cwd, 'rows');
  const inputPath = localPath(input);
  if (inputPath !== undefined) await requireReadableFile(inputPath, 'rows');
  const modelUri = await findModel(String(options.model), cwd);
  const { output, format } = outputOf(options, input, cwd);
  if (input === output) throw overwrites('the rows', input, cwd);
  if (modelUri === output) throw overwrites('the model', modelUri, cwd);
  const outputPath = localPath(output);
  if (outputPath !== undefined) await requireWritableFolder(dirname(outputPath), '--output');
  await requireFreeOutput({ input, output, format }, cwd, store);
  const columns =
    typeof options.columns === 'string' ? options.columns.split(',').map((name) => name.trim()) : undefined;
  return { input, modelUri, output, format, outside, ...(columns ? { columns } : {}) };
}

/** A threshold that was asked for: a rule of the model, or a number on the scale of its scores. */
export interface AskedThreshold {
  readonly threshold: number | null;
  /** null where a number was given, or nothing */
  readonly thresholdRule: string | null;
}

/** @throws UsageError where the model has no such rule, or found no threshold that fulfils it */
export function askedThreshold(text: unknown, { threshold, thresholds }: ScoringModel): AskedThreshold {
  if (text === undefined) return { threshold, thresholdRule: null };
  const rule = thresholds.find((each) => each.rule === text);
  if (rule !== undefined && rule.threshold !== null) return { threshold: rule.threshold, thresholdRule: rule.rule };
  const usable = thresholds.filter((each) => each.threshold !== null).map((each) => each.rule);
  const needed = `needed a number${usable.length > 0 ? `, or ${usable.join(', ')}` : ''}`;
  if (rule !== undefined) {
    throw new UsageError(`--threshold: no threshold of this model fulfils ${rule.rule} (${rule.label}); ${needed}`);
  }
  const number = String(text).trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) throw new UsageError(`--threshold: found ${JSON.stringify(text)}, ${needed}`);
  return { threshold: number, thresholdRule: null };
}

function chosen<T extends string>(option: string, found: unknown, choices: readonly T[]): T {
  const choice = choices.find((each) => each === found);
  if (choice === undefined) {
    throw new UsageError(`${option}: found ${JSON.stringify(found)}, needed one of ${choices.join(', ')}`);
  }
  return choice;
}

/** The model itself, or the one in a folder that a run published. */
async function findModel(text: string, cwd: string): Promise<string> {
  const uri = locationUri(text, cwd, '--model');
  const path = localPath(uri);
  if (path === undefined) return uri.endsWith('.json') ? uri : joinUri(uri, PUBLISHED.model);
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  const model = isFolder ? joinUri(uri, PUBLISHED.model) : uri;
  await requireReadableFile(localPath(model) as string, '--model');
  return model;
}

function outputOf(
  { output, format }: ScoreArguments['options'],
  input: string,
  cwd: string,
): Pick<ScoreLocations, 'output' | 'format'> {
  const asked = format === undefined ? undefined : chosen('--format', format, FORMATS);
  if (output === undefined) {
    requireNoUpload(input);
    const name = `${fileStem(input)}-scored.${asked ?? 'csv'}`;
    return { output: joinUri(parentUri(input), name), format: asked ?? 'csv' };
  }
  const uri = locationUri(String(output), cwd, '--output');
  const extension = /\.(csv|parquet)$/i.exec(uri)?.[1].toLowerCase() as Format | undefined;
  if (extension === undefined) {
    throw new UsageError(
      `--output: found ${JSON.stringify(output)}, needed a file whose name ends in .csv or .parquet`,
    );
  }
  if (asked !== undefined && asked !== extension) {
    throw new UsageError(`--format: found ${asked}, and --output names a file of ${extension}; leave one out`);
  }
  return { output: uri, format: extension };
}

/** What arrives beside an upload is an upload itself: a deployed stack would rebalance the scored rows. */
function requireNoUpload(input: string): void {
  const { scheme, bucket, key } = parseUri(input);
  if (scheme !== 's3' || !key.startsWith(PREFIXES.incoming)) return;
  throw new UsageError(
    `--output: the rows lie in ${PREFIXES.incoming}, where a deployed stack takes what arrives for an upload; name a file ` +
      `elsewhere, such as s3://${bucket}/scored/${fileStem(input)}-scored.csv`,
  );
}

/** What scoring wrote before is replaced. Anything else is somebody's file. */
async function requireFreeOutput(
  { input, output, format }: Pick<ScoreLocations, 'input' | 'output' | 'format'>,
  cwd: string,
  store: DatasetStore,
): Promise<void> {
  const [inputPath, outputPath] = [localPath(input), localPath(output)];
  if (inputPath !== undefined && outputPath !== undefined && (await sameFile(inputPath, outputPath))) {
    throw overwrites('the rows', input, cwd);
  }
  const isOurs = await store
    .withLocalFile(output, (path) => isScoredFile(path, format))
    .catch((error) => {
      if (error instanceof ObjectNotFoundError) return true;
      throw error;
    });
  if (isOurs) return;
  throw new UsageError(
    `--output: ${shownLocation(output, cwd)} exists, and is not what this command writes; remove it, or name another file`,
  );
}

async function sameFile(one: string, other: string): Promise<boolean> {
  const real = (path: string) => realpath(path).catch(() => path);
  return (await real(one)) === (await real(other));
}

function overwrites(what: string, uri: string, cwd: string): UsageError {
  return new UsageError(`--output: would overwrite ${what}, ${shownLocation(uri, cwd)}; name another file`);
}

function localPath(uri: string): string | undefined {
  const { scheme, key } = parseUri(uri);
  return scheme === 'file' ? key : undefined;
}
