import { countClasses } from '../learners/class-counts.ts';
import type { Labels } from '../learners/learner.ts';
import { logarithm } from '../numeric/exp-log.ts';
import { requireOnePerLabel, requireProbabilities } from './arguments.ts';

/**
 * Below this, and as far from 1, no probability counts as more certain: the spacing of doubles at 1, as scikit-learn
 * has it.
 */
const SMALLEST_PROBABILITY = Number.EPSILON;

/**
 * The mean square of probability minus label, from 0 (certain and right) to 1 (certain and wrong) (Brier 1950,
 * Verification of forecasts expressed in terms of probability), as scikit-learn's `brier_score_loss`. Null without
 * rows.
 *
 * @param labels one per row
 * @param probabilities one per row: of the minority, from 0 to 1
 * @throws InvalidArgumentError (lengths differ, labels other than 0 and 1, no probabilities)
 */
export function brierScore(labels: Labels, probabilities: Float64Array): number | null {
  return mean(squaredErrors(labels, probabilities));
}

/**
 * The mean of -ln of the probability given to a row's own class (Good 1952, Rational decisions), as scikit-learn's
 * `log_loss`: probabilities are moved into [e, 1 - e], e = 2^-52, so that a row that was held impossible costs 36.04
 * and not infinity. Null without rows.
 *
 * @param labels one per row
 * @param probabilities one per row: of the minority, from 0 to 1
 * @throws InvalidArgumentError (lengths differ, labels other than 0 and 1, no probabilities)
 */
export function logarithmicLoss(labels: Labels, probabilities: Float64Array): number | null {
  return mean(logarithmicLosses(labels, probabilities));
}

/** What each row adds to the sum of `brierScore`. */
export function squaredErrors(labels: Labels, probabilities: Float64Array): Float64Array {
  requireProbabilitiesOf(labels, probabilities);
  return probabilities.map((probability, row) => (probability - labels[row]) ** 2);
}

/** What each row adds to the sum of `logarithmicLoss`. */
export function logarithmicLosses(labels: Labels, probabilities: Float64Array): Float64Array {
  requireProbabilitiesOf(labels, probabilities);
  return probabilities.map((probability, row) => -logarithm(clip(labels[row] === 1 ? probability : 1 - probability)));
}

function requireProbabilitiesOf(labels: Labels, probabilities: Float64Array): void {
  requireOnePerLabel('probabilities', probabilities, labels);
  countClasses(labels);
  requireProbabilities(probabilities);
}

function clip(probability: number): number {
  return Math.min(1 - SMALLEST_PROBABILITY, Math.max(SMALLEST_PROBABILITY, probability));
}

/** Null of nothing. */
export function mean(values: Float64Array): number | null {
  if (values.length === 0) return null;
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
