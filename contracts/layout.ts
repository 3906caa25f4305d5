import { STATES, type StateName, stepFolder } from './states.ts';
import { fileStem, fileUri, joinUri, parseUri } from './uri.ts';

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
  encoder: 'encoder.json',
  generator: 'generator.json',
  generated: 'generated.table',
  discriminator: 'discriminator.json',
  selected: 'new-feature-rows.table',
  merged: 'merged.table',
  kept: 'kept.arrays',
  evaluation: 'evaluation.json',
  failure: 'manifest.json',
} as const;

/** What a run publishes in its output location. The manifest is written last: where it is, the rest is whole. */
export const PUBLISHED = { train: 'train', test: 'test', manifest: 'manifest.json' } as const;

/** The column of a published training set that tells synthetic rows from observed ones. */
export const SYNTHETIC_FLAG = 'is_synthetic';

/** Where the failure of a run is always recorded, whatever lies in the output location. */
export function failureUri(outputUri: string, executionId: string): string {
  return stepUri(outputUri, executionId, STATES.recordFailure, ARTIFACTS.failure);
}

/** Where uploads arrive, and where their results go, in a bucket: apart, so that no result is taken for an upload. */
export const PREFIXES = { incoming: 'incoming/', balanced: 'balanced/' } as const;

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
