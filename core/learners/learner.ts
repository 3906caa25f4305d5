import type { Rng } from '../random/rng.ts';
import type { Matrix } from '../table/matrix.ts';

/** Labels: 1 is the minority class (positive), 0 the majority class (negative). One per row. */
export type Labels = Uint8Array;

/** What trains a binary classifier. Learners hold settings only; what was learned is in the fitted value. */
export interface Learner {
  /**
   * @param matrix rows x features, finite
   * @param labels one per row, both classes present
   * @param weights one per row, from 1e-60 to 1e60; a weight of 2 counts as the row given twice
   * @param rng the only source of chance
   * @throws OneClassError, NonFiniteValueError (naming row and column), InvalidArgumentError (empty, wrong lengths,
   * labels other than 0 and 1, weights out of range)
   */
  fit(matrix: Matrix, labels: Labels, weights: Float64Array, rng: Rng): FittedLearner;
}

/**
 * A trained classifier. Immutable.
 *
 * `scores` and `predict` take any number of rows, none included, of the width of the training matrix. They throw
 * InvalidArgumentError (another width) and NonFiniteValueError (naming row and column).
 */
export interface FittedLearner {
  /** One per row: higher means more likely minority. The learner's own docstring says on which scale. */
  scores(matrix: Matrix): Float64Array;
  /** One label per row, at the learner's own default threshold. */
  predict(matrix: Matrix): Labels;
  /** Plain JSON, its `type` that of the learner, which `fittedLearnerFromJSON` restores without loss. */
  toJSON(): unknown;
}
