import type { Labels } from '../learners/learner.ts';
import { operatingPoints } from './operating-points.ts';

/**
 * The area under the ROC curve: how likely a minority row scores higher than a majority row, where equal scores count half
 * (Hanley & McNeil 1982). 0.5 is chance, 1 a perfect order. Null where labels are all of one class.
 *
 * @param labels one per row
 * @param scores one per row, higher means more likely minority, on any scale
 * @throws InvalidArgumentError (lengths differ, labels other than 0 and 1), NonFiniteValueError (naming the row)
 */
export function rocAuc(labels: Labels, scores: Float64Array): number | null {
  const { truePositives, falsePositives, minority, majority } = operatingPoints(labels, scores);
  if (minority === 0 || majority === 0) return null;
  let area = 0;
  let [x0, y0] = [0, 0];
  for (let n = 0; n < truePositives.length; n++) {
    const [x1, y1] = [falsePositives[n], truePositives[n]];
    area += ((x1 - x0) * (y0 + y1)) / 2;
    [x0, y0] = [x1, y1];
  }
  return area / (minority * majority);
}
