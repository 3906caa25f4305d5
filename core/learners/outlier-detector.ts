import type { Rng } from '../random/rng.ts';
import { type Matrix, takeMatrixRows } from '../table/matrix.ts';
import { rowsOfClass } from '../table/split.ts';
import { requireTrainingSet } from './arguments.ts';
import type { FittedLearner, Learner } from './learner.ts';
import { predictAbove } from './predict-above.ts';

/**
 * What was learned from rows without labels: how far a row lies outside of them. Immutable.
 *
 * As a fitted learner it takes outliers for the minority: `scores` are the outlier scores less the detector's own
 * threshold, and `predict` says minority where they are above 0.
 */
export interface OutlierDetector extends FittedLearner {
  /**
   * One per row: higher means more outlying. The detector's own docstring says on which scale. Throws as `scores` does.
   */
  outlierScores(matrix: Matrix): Float64Array;
}

/** @param threshold outlier scores above it say outlier, and minority */
export function outlierDetector(
  outlierScores: (matrix: Matrix) => Float64Array,
  threshold: number,
  toJSON: () => unknown,
): OutlierDetector {
  const scores = (matrix: Matrix) => outlierScores(matrix).map((score) => score - threshold);
  return { outlierScores, scores, predict: (matrix) => predictAbove(0, scores(matrix)), toJSON };
}

/**
 * A learner that is trained on the majority rows alone and takes what does not look like them for the minority. The
 * labels serve to leave the minority rows out, and for nothing else.
 *
 * @param fit takes the majority rows, at least one, and their weights
 */
export function majorityLearner(fit: (majority: Matrix, weights: Float64Array, rng: Rng) => OutlierDetector): Learner {
  return {
    fit(matrix, labels, weights, rng) {
      requireTrainingSet(matrix, labels, weights);
      const rows = rowsOfClass(labels, 0);
      return fit(
        takeMatrixRows(matrix, rows),
        Float64Array.from(rows, (row) => weights[row]),
        rng,
      );
    },
  };
}
