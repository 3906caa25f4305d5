import type { FittedLearner, Labels } from '../learners/learner.ts';
import { createLearner } from '../learners/registry.ts';
import { createRng } from '../random/rng.ts';
import { createMatrix, type Matrix } from '../table/matrix.ts';
import type { Material } from './material.ts';
import type { Strategy } from './strategy.ts';
import { STREAMS, streamOf } from './streams.ts';
import { chooseTrainingRows } from './training-rows.ts';
import { classWeightOf, rowWeights, takesWeightsForRepeatedRows } from './weights.ts';

/** A strategy's learner, and what it was trained on. */
export interface FittedStrategy {
  readonly learner: FittedLearner;
  /** a row of the material, or -1 - i for the i-th generated row; as often as it was given */
  readonly origins: Int32Array;
  /** one per origin */
  readonly labels: Labels;
  /** one per origin: by class, where the strategy or the learner's settings weigh classes */
  readonly weights: Float64Array;
}

/** Trains the learner as the strategy says, on the material's rows. */
export function fitStrategy(strategy: Strategy, material: Material): FittedStrategy {
  const { settings, seed, stream } = material;
  const origins = chooseTrainingRows(strategy, material);
  const labels = labelsOf(material, origins);
  const weights = rowWeights(classWeightOf(strategy, settings), labels);
  const learner = createLearner({ ...settings.learner, classWeight: 'none' });
  const rng = createRng(seed, streamOf(stream, STREAMS.trainLearner));
  const given = { origins, weights };
  const taught =
    strategy.type === 'over-sampling' && takesWeightsForRepeatedRows(settings.learner) ? countRepeated(given) : given;
  const fitted = learner.fit(rowsAt(material, taught.origins), labelsOf(material, taught.origins), taught.weights, rng);
  return { learner: fitted, origins, labels, weights };
}

function labelsOf({ labels }: Material, origins: Int32Array): Labels {
  return Uint8Array.from(origins, (origin) => (origin < 0 ? 1 : labels[origin]));
}

interface WeightedOrigins {
  readonly origins: Int32Array;
  readonly weights: Float64Array;
}

/** Every row once, with the sum of its weights. */
function countRepeated({ origins, weights }: WeightedOrigins): WeightedOrigins {
  const sums = new Map<number, number>();
  origins.forEach((origin, i) => {
    sums.set(origin, (sums.get(origin) ?? 0) + weights[i]);
  });
  return { origins: Int32Array.from(sums.keys()), weights: Float64Array.from(sums.values()) };
}

function rowsAt(material: Material, origins: Int32Array): Matrix {
  const { matrix } = material;
  if (origins.length === matrix.rows && origins.every((origin, i) => origin === i)) return matrix;
  const { columns } = matrix;
  const synthetic = origins.some((origin) => origin < 0) ? material.generated().matrix : undefined;
  const rows = createMatrix(origins.length, columns);
  origins.forEach((origin, i) => {
    const { data } = origin < 0 ? synthetic! : matrix;
    const row = origin < 0 ? -1 - origin : origin;
    rows.data.set(data.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return rows;
}
