import { InvalidArgumentError, NonFiniteValueError } from '../errors.ts';
import type { Labels } from '../learners/learner.ts';

/** @throws InvalidArgumentError where there is not one of `what` per label */
export function requireOnePerLabel(what: string, values: ArrayLike<number>, labels: Labels): void {
  if (values.length !== labels.length) {
    throw new InvalidArgumentError(`${what}: found ${values.length}, needed ${labels.length}, one per label`);
  }
}

/** @throws NonFiniteValueError at the first score that is NaN or infinite, with its row (from 0) */
export function requireFiniteScores(scores: Float64Array): void {
  for (let row = 0; row < scores.length; row++) {
    if (!Number.isFinite(scores[row])) {
      throw new NonFiniteValueError(`scores: found ${scores[row]} at row ${row}, needed finite numbers`);
    }
  }
}

/** @throws InvalidArgumentError at the first value that is no number from 0 to 1, with its row (from 0) */
export function requireProbabilities(probabilities: Float64Array, what = 'probabilities'): void {
  for (let row = 0; row < probabilities.length; row++) {
    if (!(probabilities[row] >= 0 && probabilities[row] <= 1)) {
      throw new InvalidArgumentError(`${what}: found ${probabilities[row]} at row ${row}, needed numbers from 0 to 1`);
    }
  }
}

/** @throws InvalidArgumentError where `share` is not between 0 and 1, both left out */
export function requireShare(what: string, share: number): void {
  if (!(share > 0 && share < 1)) {
    throw new InvalidArgumentError(`${what}: found ${share}, needed a number between 0 and 1, both left out`);
  }
}
