import type { Labels } from '../learners/learner.ts';
import { type OperatingPoints, operatingPoints } from './operating-points.ts';

/**
 * PR-AUC as average precision, from 0 to 1: the sum of (R_n - R_(n-1)) P_n over the operating points n from the highest score
 * down, with recall R and precision P. A step function, as in scikit-learn's `average_precision_score`: straight lines between
 * points of a precision-recall curve are too optimistic (Davis & Goadrich 2006, The relationship between precision-recall and
 * ROC curves).
 *
 * Rows with equal scores count together, in whatever order they come. A constant score gives the minority's share. Null
 * without minority rows; 1 without majority rows.
 *
 * @param labels one per row
 * @param scores one per row, higher means more likely minority, on any scale
 * @throws InvalidArgumentError (lengths differ, labels other than 0 and 1), NonFiniteValueError (naming the row)
 */
export function averagePrecision(labels: Labels, scores: Float64Array): number | null {
  return averagePrecisionOf(operatingPoints(labels, scores));
}

/** `averagePrecision` of operating points; points at which nothing is added count for nothing. */
export function averagePrecisionOf({ truePositives, falsePositives, minority }: OperatingPoints): number | null {
  if (minority === 0) return null;
  let sum = 0;
  let before = 0;
  for (let n = 0; n < truePositives.length; n++) {
    const found = truePositives[n];
    if (found === before) continue;
    sum += (found - before) * (found / (found + falsePositives[n]));
    before = found;
  }
  return sum / minority;
}
