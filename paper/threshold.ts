import { InvalidArgumentError } from '../core/errors.ts';
import type { Labels } from '../core/learners/learner.ts';

/**
 * The highest threshold at which at least `recall` of the minority rows score at or above it.
 *
 * @param labels, scores one per row; rows that the learner was not trained on
 * @param recall from 0 to 1
 * @throws InvalidArgumentError where there is no minority row
 */
export function thresholdForRecall(labels: Labels, scores: Float64Array, recall: number): number {
  const minority = scores.filter((_, row) => labels[row] === 1).sort();
  if (minority.length === 0) throw new InvalidArgumentError('threshold: found no minority row, needed one at least');
  const found = Math.min(minority.length, Math.max(1, Math.ceil(recall * minority.length - ROUNDING)));
  return minority[minority.length - found];
}

/** What a product of a share and a count may be off by: 0.9 * 10 asks for 9 rows, not for 10. */
const ROUNDING = 1e-9;
