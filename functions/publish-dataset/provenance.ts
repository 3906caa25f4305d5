import type { Workflow } from '../../contracts/workflow.ts';
import { fittedDomainFromJSON } from '../../core/domain/domain.ts';
import { fittedLearnerFromJSON } from '../../core/learners/registry.ts';
import { nearestNeighbours } from '../../core/neighbours/nearest-neighbours.ts';
import { encodeFeatures, type FeatureEncoder } from '../../core/table/feature-encoder.ts';
import { rowsOfClass } from '../../core/table/split.ts';
import { takeRows } from '../../core/table/table.ts';
import { isSynthetic, syntheticIndex } from '../../storage/codecs/rows.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import type { OwnColumn } from '../../storage/tables/export-columns.ts';
import { loadJson, loadRows } from '../artifacts.ts';

/** Observed minority rows that are named beside each synthetic row. */
const NEAREST = 3;

export interface Provenance {
  /** one row per synthetic row, in the order of the training set */
  readonly columns: readonly OwnColumn[];
  /** of each synthetic row: 1 where it lies inside of the domain of the observed training rows */
  readonly inDomain: Uint8Array;
}

type Sources = Pick<Workflow, 'request' | 'prepared' | 'discriminator' | 'model'>;

/**
 * Where every published synthetic row comes from: the generator and the place of its noise, what the discriminator of this run
 * scored it, the observed minority rows that it is closest to (by their numbers in the user's table, from 1, and in units of
 * the encoder's features), and how far inside of the observed rows' domain it lies.
 */
export async function traceSyntheticRows(run: Sources, store: DatasetStore): Promise<Provenance> {
  const { request, prepared, discriminator, model } = run;
  const published = await loadRows(store, model.rows);
  const places = Int32Array.from(published.origins.keys()).filter((row) => isSynthetic(published.origins[row]));
  const synthetic = takeRows(published.table, places);
  const domain = fittedDomainFromJSON(await loadJson(store, model.domain));
  const inDomain = domain.contains(synthetic);
  if (places.length === 0) return { columns: [], inDomain };

  const encoder = await loadJson<FeatureEncoder>(store, prepared.encoder);
  const judge = fittedLearnerFromJSON(await loadJson(store, discriminator.model));
  const train = await loadRows(store, prepared.train);
  const minority = rowsOfClass(train.labels, 1);
  const features = encodeFeatures(encoder, synthetic);
  const k = Math.min(NEAREST, minority.length);
  const { indices, distances } = nearestNeighbours(
    encodeFeatures(encoder, takeRows(train.table, minority)),
    features,
    k,
  );
  const ofEach = <T extends Int32Array | Float64Array>(values: T, n: number) =>
    values.filter((_: number, i: number) => i % k === n) as T;
  const count = places.length;
  const nearest = Array.from({ length: k }, (_, n): OwnColumn[] => [
    {
      name: `nearest_row_${n + 1}`,
      type: 'integer',
      values: ofEach(indices, n).map((index) => train.origins[minority[index]] + 1),
    },
    { name: `nearest_distance_${n + 1}`, type: 'number', values: ofEach(distances, n) },
  ]);
  return {
    inDomain,
    columns: [
      { name: 'train_row', type: 'integer', values: places.map((_, i) => published.origins.length - count + i + 1) },
      { name: 'generator', type: 'text', values: new Array<string>(count).fill(request.generator.type) },
      { name: 'noise_seed', type: 'integer', values: new Float64Array(count).fill(request.seed) },
      { name: 'noise_index', type: 'integer', values: places.map((row) => syntheticIndex(published.origins[row])) },
      { name: 'discriminator_score', type: 'number', values: judge.scores(features) },
      ...nearest.flat(),
      { name: 'domain_score', type: 'number', values: domain.score(synthetic) },
      { name: 'in_domain', type: 'boolean', values: inDomain },
    ],
  };
}
