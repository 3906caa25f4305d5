import { InvalidArgumentError } from '../errors.ts';
import type { Labels } from '../learners/learner.ts';
import { operatingPoints } from './operating-points.ts';

/**
 * The recall that a classifier has when its threshold is moved to a given false-positive rate: what is left of a gain in
 * recall when the operating point is held still. It is the ROC curve's height there.
 *
 * Between two operating points the curve is a straight line, which is what calling the rows of the lower point at random
 * gives (Fawcett 2006, An introduction to ROC analysis); a tree has few points, and a step would favour whichever has one
 * just below the rate. At a rate that several points share, the highest recall counts. A constant score gives the rate itself.
 * Null where labels are all of one class, or where the rate is null because the classifier that it comes from had none.
 *
 * @param labels one per row
 * @param scores one per row, higher means more likely minority, on any scale
 * @param rate from 0 to 1, for example `falsePositiveRate` of the classifier to compare with
 * @throws InvalidArgumentError (lengths differ, labels other than 0 and 1, rate), NonFiniteValueError (naming the row)
 */
export function recallAtFalsePositiveRate(labels: Labels, scores: Float64Array, rate: number | null): number | null {
  if (rate !== null && !(rate >= 0 && rate <= 1)) {
    throw new InvalidArgumentError(`false-positive rate: found ${rate}, needed a number from 0 to 1`);
  }
  const { truePositives, falsePositives, minority, majority } = operatingPoints(labels, scores);
  if (rate === null || minority === 0 || majority === 0) return null;
  let [x0, y0] = [0, 0];
  for (let n = 0; n < truePositives.length; n++) {
    const x1 = falsePositives[n] / majority;
    const y1 = truePositives[n] / minority;
    if (x1 > rate) return y0 + ((y1 - y0) * (rate - x0)) / (x1 - x0);
    [x0, y0] = [x1, y1];
  }
  return y0;
}
