import type { Workflow } from '../contracts/workflow.ts';
import type { FittedLearner, Labels } from '../core/learners/learner.ts';
import { createLearner } from '../core/learners/registry.ts';
import { createRng } from '../core/random/rng.ts';
import { randomUnderSampler } from '../core/samplers/random-under-sampler.ts';
import { STREAMS } from '../core/strategies/streams.ts';
import { encodeFeatures, type FeatureEncoder, imputeMissing } from '../core/table/feature-encoder.ts';
import { type Matrix, takeMatrixRows } from '../core/table/matrix.ts';
import { rowsOfClass } from '../core/table/split.ts';
import { type Table, takeRows } from '../core/table/table.ts';
import type { Rows } from '../storage/codecs/rows.ts';
import type { DatasetStore } from '../storage/dataset-store.ts';
import { loadJson, loadRows } from './artifacts.ts';

/** Rows as a learner takes them. */
export interface Examples {
  readonly matrix: Matrix;
  readonly labels: Labels;
}

/** The generator's teacher: the observed training minority, complete (gaps filled as the learners see them filled). */
export async function loadTrainingMinority(store: DatasetStore, prepared: Workflow['prepared']): Promise<Table> {
  const train = await loadRows(store, prepared.train);
  const encoder = await loadJson<FeatureEncoder>(store, prepared.encoder);
  return imputeMissing(encoder, takeRows(train.table, rowsOfClass(train.labels, 1)));
}

/** An artifact's rows, encoded for the learner. */
export async function loadExamples(store: DatasetStore, encoder: FeatureEncoder, uri: string): Promise<Examples> {
  return encodeExamples(encoder, await loadRows(store, uri));
}

/** Rows, encoded for the learner. */
export function encodeExamples(encoder: FeatureEncoder, { table, labels }: Rows): Examples {
  return { matrix: encodeFeatures(encoder, table), labels };
}

/**
 * The observed training rows that plain under-sampling keeps. One draw for the whole run: the discriminator and the
 * under-sampled baseline that the result is compared with see the same rows.
 */
export function undersampleObserved(labels: Labels, request: Workflow['request']): Int32Array {
  return randomUnderSampler.resample(
    labels,
    request.sampling.ratio,
    createRng(request.seed, STREAMS.undersampleObserved),
  );
}

/** Trains the request's learner on these rows of the examples, each counting once. */
export function fitLearner(
  request: Workflow['request'],
  { matrix, labels }: Examples,
  rows: Int32Array | 'all',
  stream: string,
): FittedLearner {
  const [x, y] =
    rows === 'all' ? [matrix, labels] : [takeMatrixRows(matrix, rows), Uint8Array.from(rows, (row) => labels[row])];
  const weights = new Float64Array(y.length).fill(1);
  return createLearner(request.learner).fit(x, y, weights, createRng(request.seed, stream));
}
