import type { Labels } from '../learners/learner.ts';
import { type OperatingPoints, operatingPoints } from './operating-points.ts';

/**
 * The area under the ROC curve: how likely a minority row scores higher than a majority row, where equal scores count half
 * (Hanley & McNeil 1982). 0.5 is chance, 1 a perfect order. Null where labels are all of one class.
 *
 * @param labels one per row
 * @param scores one per row, higher means more likely minority, on any scale
 * @throws InvalidArgumentError (lengths differ, labels other than 0 and 1), NonFiniteValueError (naming the row)
 */
export function rocAuc(labels: Labels, scores: Float64Array): number | null {
  return rocAucOf(operatingPoints(labels, scores));
}

/** `rocAuc` of operating points; points at which nothing is added count for nothing. */
export function rocAucOf({ truePositives, falsePositives, minority, majority }: OperatingPoints): number | null {
  if (minority === 0 || majority === 0) return null;
  let area = 0;
  let x0 = 0;
  let y0 = 0;
  for (let n = 0; n < truePositives.length; n++) {
    const x1 = falsePositives[n];
    const y1 = truePositives[n];
    area += ((x1 - x0) * (y0 + y1)) / 2;
    x0 = x1;
    y0 = y1;
  }
  return area / (minority * majority);
}
