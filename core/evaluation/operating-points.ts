import { countClasses } from '../learners/class-counts.ts';
import type { Labels } from '../learners/learner.ts';
import { requireFiniteScores, requireOnePerLabel } from './arguments.ts';

/**
 * What a classifier can be made to do by moving its threshold: one point per distinct score, from the highest down. At a
 * point, all rows that score at least as high are taken for minority; equal scores cannot be told apart.
 */
export interface OperatingPoints {
  /** the distinct scores, from the highest down */
  readonly scores: Float64Array;
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
  /** minority rows in all */
  readonly minority: number;
  /** majority rows in all */
  readonly majority: number;
}

/** @throws InvalidArgumentError (lengths differ, labels other than 0 and 1), NonFiniteValueError (naming the row) */
export function operatingPoints(labels: Labels, scores: Float64Array): OperatingPoints {
  requireOnePerLabel('scores', scores, labels);
  requireFiniteScores(scores);
  const { majority, minority } = countClasses(labels);
  const positives = ascendingScores(1, labels, scores, minority);
  const negatives = ascendingScores(0, labels, scores, majority);
  const distinct = new Float64Array(labels.length);
  const truePositives = new Float64Array(labels.length);
  const falsePositives = new Float64Array(labels.length);
  let points = 0;
  let p = minority;
  let n = majority;
  while (p > 0 || n > 0) {
    const score = Math.max(p > 0 ? positives[p - 1] : -Infinity, n > 0 ? negatives[n - 1] : -Infinity);
    while (p > 0 && positives[p - 1] === score) p--;
    while (n > 0 && negatives[n - 1] === score) n--;
    distinct[points] = score;
    truePositives[points] = minority - p;
    falsePositives[points] = majority - n;
    points++;
  }
  return {
    scores: distinct.slice(0, points),
    truePositives: truePositives.slice(0, points),
    falsePositives: falsePositives.slice(0, points),
    minority,
    majority,
  };
}

function ascendingScores(label: 0 | 1, labels: Labels, scores: Float64Array, count: number): Float64Array {
  const found = new Float64Array(count);
  let filled = 0;
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] === label) found[filled++] = scores[row];
  }
  return found.sort();
}
