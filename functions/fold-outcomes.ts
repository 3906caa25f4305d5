import { CorruptArtifactError } from '../contracts/errors.ts';
import { CALIBRATIONS } from '../core/evaluation/calibration/calibrations.ts';
import type { FoldOutcome } from '../core/strategies/evaluate-fold.ts';
import { type ArrayByName, decodeArrays, encodeArrays, type NumericArray } from '../storage/codecs/arrays.ts';
import type { DatasetStore } from '../storage/dataset-store.ts';
import { saveArtifact } from './artifacts.ts';

/** How strategies did on one fold, by the strategy's id. */
export type OutcomeById = ReadonlyMap<string, FoldOutcome>;

type Meta = Readonly<Record<string, Pick<FoldOutcome, 'threshold' | 'trainedOn'>>>;

export async function saveOutcomes(store: DatasetStore, uri: string, outcomes: OutcomeById): Promise<void> {
  const arrays: ArrayByName = {};
  const meta: Record<string, Meta[string]> = {};
  for (const [id, { rows, labels, scores, predictions, probabilities, threshold, trainedOn }] of outcomes) {
    meta[id] = { threshold, trainedOn };
    // The same rows for all.
    Object.assign(arrays, { rows, labels, [`${id} scores`]: scores, [`${id} predictions`]: predictions });
    for (const name of CALIBRATIONS) arrays[`${id} ${name}`] = probabilities[name];
  }
  await saveArtifact(store, uri, encodeArrays({ meta, arrays }));
}

/** What `saveOutcomes` has saved. @throws CorruptArtifactError */
export async function loadOutcomes(store: DatasetStore, uri: string): Promise<OutcomeById> {
  const { meta, arrays } = decodeArrays(await store.read(uri), uri);
  const array = <T extends NumericArray>(name: string): T => {
    if (arrays[name] === undefined) throw new CorruptArtifactError(`${uri}: found no array ${JSON.stringify(name)}`);
    return arrays[name] as T;
  };
  const outcomes = Object.entries(meta as Meta).map(([id, more]): [string, FoldOutcome] => [
    id,
    {
      ...more,
      rows: array('rows'),
      labels: array('labels'),
      scores: array(`${id} scores`),
      predictions: array(`${id} predictions`),
      probabilities: Object.fromEntries(
        CALIBRATIONS.map((name) => [name, array(`${id} ${name}`)]),
      ) as FoldOutcome['probabilities'],
    },
  ]);
  return new Map(outcomes);
}
