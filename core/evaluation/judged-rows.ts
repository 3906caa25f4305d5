import type { Labels } from '../learners/learner.ts';

/** Rows that a classifier has not seen, and what it says of them. Lists have one entry per row. */
export interface JudgedRows {
  /** what the rows are */
  readonly labels: Labels;
  /** what the classifier takes them for */
  readonly predictions: Labels;
  /** higher means more likely minority, on any scale */
  readonly scores: Float64Array;
  /** of the minority, from 0 to 1 */
  readonly probabilities: Float64Array;
}
