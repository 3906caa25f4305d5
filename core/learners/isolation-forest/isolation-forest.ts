import { InvalidArgumentError } from '../../errors.ts';
import type { Rng } from '../../random/rng.ts';
import type { Matrix } from '../../table/matrix.ts';
import { requireRowsToScore, requireUnlabelledRows } from '../arguments.ts';
import type { Learner } from '../learner.ts';
import { majorityLearner, type OutlierDetector, outlierDetector } from '../outlier-detector.ts';
import { readCount, readNumber, savedLearner } from '../saved.ts';
import { type GrownNodes, growIsolationTree } from './growth.ts';
import { anomalyScore, averagePathLength } from './path-length.ts';
import { rowSampler } from './row-sampler.ts';
import { type IsolationTrees, layOutTrees, meanPathLengths, readTrees, treesToJSON } from './trees.ts';

export const ISOLATION_FOREST = 'isolation-forest';

export interface IsolationForestOptions {
  /** a whole number from 1 to 10,000. @default 100 */
  readonly trees?: number;
  /** rows that each tree is grown on, at most: a whole number from 2 to 65,536. @default 256 */
  readonly sampleSize?: number;
  /**
   * the share of the training rows that are outliers: above 0, up to 0.5, and the threshold lies so that this share of
   * them scores above it; or `auto`, for a threshold of 0.5. @default 'auto'
   */
  readonly contamination?: 'auto' | number;
}

/**
 * The score of a row whose isolation takes as many questions as the average: beyond it scikit-learn's `auto` sees
 * outliers.
 */
const AUTO_THRESHOLD = 0.5;

interface Forest {
  readonly columns: number;
  /** rows that each tree was grown on */
  readonly sampleSize: number;
  /** outlier scores above it say outlier */
  readonly threshold: number;
  readonly trees: IsolationTrees;
}

/**
 * An isolation forest (Liu, Ting & Zhou 2008, Isolation Forest, ICDM) as a learner: trained on the majority rows alone,
 * it takes rows that few random questions isolate for the minority. The forest of scikit-learn's `IsolationForest`.
 *
 * - `scores` are anomaly scores, from 0 to 1, less the threshold: positive is minority. They are no probabilities, as
 *   they say nothing of the minority's share; so their scale is that of margins.
 * - Weights of the classes change nothing: only the majority is learned from, and only the proportions of its rows'
 *   weights count. Rows of equal weight are drawn for a tree without replacement, others with replacement in proportion
 *   to their weights. The sample size counts rows, so that a weight of 2 is not the same as the row given twice.
 * - The forest does not depend on the order of the rows.
 * - Time is linear in the rows; what a tree costs depends on the sample size alone.
 *
 * @throws InvalidArgumentError where an option is out of range
 */
export function isolationForest(options: IsolationForestOptions = {}): Learner {
  requireOptions(options);
  return majorityLearner((majority, weights, rng) => fitIsolationForest(majority, options, rng, weights));
}

/**
 * An isolation forest of rows without labels. Its outlier scores are anomaly scores, from 0 to 1: 0.5 is a row whose
 * isolation takes as many questions as the average.
 *
 * @param matrix at least one row, finite
 * @param rng the only source of chance
 * @param weights one per row, from 1e-60 to 1e60. Default: all alike
 * @throws InvalidArgumentError (an option out of range, empty, weights that do not fit), NonFiniteValueError
 */
export function fitIsolationForest(
  matrix: Matrix,
  options: IsolationForestOptions,
  rng: Rng,
  weights: Float64Array = new Float64Array(matrix.rows).fill(1),
): OutlierDetector {
  const { trees: count, sampleSize: most, contamination } = requireOptions(options);
  requireUnlabelledRows(matrix, weights);
  const sampleSize = Math.min(most, matrix.rows);
  const draw = rowSampler(matrix, weights);
  const nodes: GrownNodes = { column: [], value: [] };
  for (let tree = 0; tree < count; tree++) {
    growIsolationTree(matrix, draw(sampleSize, rng), depthFor(sampleSize), rng, nodes);
  }
  const trees = layOutTrees(Int32Array.from(nodes.column), Float32Array.from(nodes.value));
  const threshold =
    contamination === 'auto' ? AUTO_THRESHOLD : quantile(anomalyScores(trees, sampleSize, matrix), 1 - contamination);
  return detectorOf({ columns: matrix.columns, sampleSize, threshold, trees });
}

/** Restores what `toJSON` of a fitted forest gave. @throws InvalidArgumentError where it is not that */
export function isolationForestFromJSON(json: unknown): OutlierDetector {
  const saved = savedLearner(json, ISOLATION_FOREST, 'saved isolation forest');
  const columns = readCount(saved, 'columns');
  return detectorOf({
    columns,
    sampleSize: readCount(saved, 'sampleSize'),
    threshold: readNumber(saved, 'threshold', 'a number from 0 to 1', (found) => found >= 0 && found <= 1),
    trees: readTrees(saved, columns),
  });
}

function detectorOf({ columns, sampleSize, threshold, trees }: Forest): OutlierDetector {
  const outlierScores = (matrix: Matrix) => {
    requireRowsToScore(matrix, columns);
    return anomalyScores(trees, sampleSize, matrix);
  };
  const toJSON = () => ({ type: ISOLATION_FOREST, columns, sampleSize, threshold, ...treesToJSON(trees) });
  return outlierDetector(outlierScores, threshold, toJSON);
}

function anomalyScores(trees: IsolationTrees, sampleSize: number, matrix: Matrix): Float64Array {
  const lengths = meanPathLengths(trees, matrix, averagePathLength(sampleSize));
  return lengths.map((length) => anomalyScore(length, sampleSize));
}

/** The average depth of a tree of so many rows, log2 rounded up: rows that lie deeper are no outliers, however deep. */
function depthFor(sampleSize: number): number {
  let depth = 1;
  while (2 ** depth < sampleSize) depth++;
  return depth;
}

/** Linear between the two nearest ranks, as numpy's `percentile` has it. */
function quantile(values: Float64Array, share: number): number {
  const sorted = values.slice().sort();
  const rank = share * (sorted.length - 1);
  const lower = Math.floor(rank);
  const upper = Math.ceil(rank);
  return sorted[lower] + (sorted[upper] - sorted[lower]) * (rank - lower);
}

function requireOptions(options: IsolationForestOptions): Required<IsolationForestOptions> {
  const { trees = 100, sampleSize = 256, contamination = 'auto' } = options;
  requireCount('trees', trees, 1, 10_000);
  requireCount('sampleSize', sampleSize, 2, 65_536);
  if (contamination !== 'auto' && !(contamination > 0 && contamination <= 0.5)) {
    throw new InvalidArgumentError(
      `isolation forest, contamination: found ${contamination}, needed auto or a number above 0, up to 0.5`,
    );
  }
  return { trees, sampleSize, contamination };
}

function requireCount(name: string, found: number, least: number, most: number): void {
  if (!(Number.isInteger(found) && found >= least && found <= most)) {
    throw new InvalidArgumentError(
      `isolation forest, ${name}: found ${found}, needed a whole number from ${least} to ${most}`,
    );
  }
}
