import { InvalidArgumentError } from '../errors.ts';
import type { Labels } from '../learners/learner.ts';
import { createLearner } from '../learners/registry.ts';
import { ascending } from '../learners/sorted-rows.ts';
import { createRng } from '../random/rng.ts';
import { randomOverSampler } from '../samplers/random-over-sampler.ts';
import { randomUnderSampler } from '../samplers/random-under-sampler.ts';
import { type Matrix, takeMatrixRows } from '../table/matrix.ts';
import type { Material } from './material.ts';
import { type Strategy, strategyId } from './strategy.ts';
import { STREAMS, streamOf } from './streams.ts';

/**
 * The rows that a strategy trains on, before any is weighted: a row of the material, or -1 - i for the i-th generated row. A
 * row that is given twice is there twice.
 */
export function chooseTrainingRows(strategy: Strategy, material: Material): Int32Array {
  const { labels } = material;
  switch (strategy.type) {
    case 'under-sampling':
      return undersampleObserved(material, ratioOf(strategy));
    case 'over-sampling':
      return randomOverSampler.resample(labels, ratioOf(strategy), rngOf(material, STREAMS.oversampleObserved));
    case 'algorithm-1':
      return algorithm1Rows(material, ratioOf(strategy));
    default:
      return ascending(labels.length);
  }
}

/** Lines 3 to 6 of Algorithm 1; `material.generated` has done lines 1 and 2. */
function algorithm1Rows(material: Material, ratio: number): Int32Array {
  const { labels, settings } = material;
  const generated = material.generated();
  const calls = settings.discriminator.select === 'all' ? undefined : callGenerated(material, generated.matrix, ratio);
  const kept = ascending(generated.table.rows).filter((row) => calls === undefined || calls[row] === 0);
  const merged = new Uint8Array(labels.length + kept.length).fill(1);
  merged.set(labels);
  return randomUnderSampler
    .resample(merged, ratio, rngOf(material, STREAMS.undersampleMerged))
    .map((row) => (row < labels.length ? row : -1 - kept[row - labels.length]));
}

/** What the discriminator takes the generated rows for: the learner itself, trained on observed rows as it will be. */
function callGenerated(material: Material, generated: Matrix, ratio: number): Labels {
  const { matrix, labels, settings } = material;
  const rows =
    settings.discriminator.balance === 'undersample' ? undersampleObserved(material, ratio) : ascending(labels.length);
  const discriminator = createLearner(settings.learner).fit(
    takeMatrixRows(matrix, rows),
    Uint8Array.from(rows, (row) => labels[row]),
    new Float64Array(rows.length).fill(1),
    rngOf(material, STREAMS.trainDiscriminator),
  );
  return discriminator.predict(generated);
}

function undersampleObserved(material: Material, ratio: number): Int32Array {
  return randomUnderSampler.resample(material.labels, ratio, rngOf(material, STREAMS.undersampleObserved));
}

function rngOf({ seed, stream }: Material, name: string) {
  return createRng(seed, streamOf(stream, name));
}

function ratioOf(strategy: Strategy): number {
  if (strategy.ratio === null) {
    throw new InvalidArgumentError(
      `strategy ${strategyId(strategy)}: found no ratio, needed one, as in ${strategy.type}@1`,
    );
  }
  return strategy.ratio;
}
