import { STATES, type StateName, stepFolder } from './states.ts';
import { fileStem, fileUri, joinUri, parseUri } from './uri.ts';
import type { FoldItem } from './workflow.ts';

/** Where a step of a run writes: a retry of the step overwrites what it wrote, and nothing else. */
export function stepUri(outputUri: string, executionId: string, state: StateName, file: string): string {
  return joinUri(outputUri, 'runs', executionId, stepFolder(state), file);
}

/** The artifacts of each step, by file name. */
export const ARTIFACTS = {
  observed: 'observed.parquet',
  profile: 'profile.json',
  train: 'train.table',
  test: 'test.table',
  leftOut: 'left-out.table',
  donors: 'donors.table',
  order: 'order.arrays',
  encoder: 'encoder.json',
  generator: 'generator.json',
  generated: 'generated.table',
  discriminator: 'discriminator.json',
  selected: 'new-feature-rows.table',
  merged: 'merged.table',
  kept: 'kept.arrays',
  compared: 'compared.table',
  assignment: 'folds.arrays',
  comparison: 'comparison.json',
  publishedRows: 'published.table',
  model: 'model.json',
  calibrators: 'calibrators.json',
  domain: 'domain.json',
  evaluation: 'evaluation.json',
  report: 'report.json',
  reportPage: 'report.html',
  failure: 'manifest.json',
  /** what a step in a container is given, for it has no other way to get that much */
  payload: 'payload.json',
} as const;

/** What a run publishes in its output location. The manifest is written last: where it is, the rest is whole. */
export const PUBLISHED = {
  train: 'train',
  test: 'test',
  /** of every synthetic row */
  provenance: 'provenance',
  model: 'model.json',
  domain: 'domain.json',
  weights: 'weights.json',
  report: 'report.json',
  reportPage: 'report.html',
  manifest: 'manifest.json',
} as const;

/** What EvaluateFold writes for the strategies of one model and one fold. */
export function foldFile({ strategy, repeat, fold }: FoldItem): string {
  return `${strategy}.${repeat}.${fold}.arrays`;
}

/** The column of a published training set that tells synthetic rows from observed ones. */
export const SYNTHETIC_FLAG = 'is_synthetic';

/** The column of a published training set that is false for synthetic rows outside of the domain of the observed ones. */
export const DOMAIN_FLAG = 'in_domain';

/** The columns that a published training set has beside the user's own. */
export const TRAIN_FLAGS = [SYNTHETIC_FLAG, DOMAIN_FLAG] as const;

/** Where the failure of a run is always recorded, whatever lies in the output location. */
export function failureUri(outputUri: string, executionId: string): string {
  return stepUri(outputUri, executionId, STATES.recordFailure, ARTIFACTS.failure);
}

/** Where uploads arrive, and where their results go, in a bucket: apart, so that no result is taken for an upload. */
export const PREFIXES = { incoming: 'incoming/', balanced: 'balanced/' } as const;

/**
 * What steps write for each other carries this tag where the store has tags: a lifecycle rule selects keys by how they begin,
 * and the `runs/` of an artifact is in the middle of its key. Nor would its place there tell: an upload may lie in a folder
 * `runs/` of its own, and so may its outputs. So whoever writes says what it is.
 */
export const RUN_ARTIFACT_TAG = { key: 'counterpoise', value: 'run-artifact' } as const;

/** Settings of runs, beside the uploads: those of one table, and those of all tables in a folder and below. */
export const SETTINGS = { ofTable: '.rebalance.json', ofFolder: 'rebalance.json' } as const;

/** Neither `adult.csv.rebalance.json` nor `rebalance.json` is a table. */
export function isSettingsFile(key: string): boolean {
  return key.endsWith(SETTINGS.ofTable) || key.split('/').at(-1) === SETTINGS.ofFolder;
}

/** Where batches keep what they did: `summary.json` of each one, and, beside them, what they have seen. */
export const BATCHES = { folder: `${PREFIXES.balanced}batches/`, summary: 'summary.json', seen: 'seen.json' } as const;

/** The summary of a batch in a bucket. @param batchId the name of the batch's execution */
export function batchSummaryUri(bucket: string, batchId: string): string {
  return joinUri(`s3://${bucket}/${BATCHES.folder}`, batchId, BATCHES.summary);
}

/** Which data sets the batches of a bucket have rebalanced so far. */
export function batchSeenUri(bucket: string): string {
  return joinUri(`s3://${bucket}/${BATCHES.folder}`, BATCHES.seen);
}

/**
 * The output location where a request names none. In a bucket `incoming/eu/adult.csv` becomes `balanced/eu/adult`, a file
 * gets a folder `balanced/<name>` beside it.
 */
export function balancedUri(datasetUri: string): string {
  const { scheme, bucket, key } = parseUri(datasetUri);
  const folder = key.split('/').slice(0, -1);
  if (scheme === 'file') return fileUri([...folder, 'balanced', fileStem(datasetUri)].join('/'));
  const arrived = `${folder.join('/')}/`;
  const path = arrived.startsWith(PREFIXES.incoming) ? arrived.slice(PREFIXES.incoming.length) : arrived;
  return joinUri(`s3://${bucket}/${PREFIXES.balanced}`, ...path.split('/').filter(Boolean), fileStem(datasetUri));
}
