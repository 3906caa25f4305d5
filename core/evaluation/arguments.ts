import { InvalidArgumentError } from '../errors.ts';
import type { Labels } from '../learners/learner.ts';

/** @throws InvalidArgumentError where there is not one of `what` per label */
export function requireOnePerLabel(what: string, values: Labels | Float64Array, labels: Labels): void {
  if (values.length !== labels.length) {
    throw new InvalidArgumentError(`${what}: found ${values.length}, needed ${labels.length}, one per label`);
  }
}
