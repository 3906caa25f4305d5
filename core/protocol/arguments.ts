import { InvalidArgumentError } from '../errors.ts';
import type { Labels } from '../learners/learner.ts';

/** @param found how many of `what` there are @throws InvalidArgumentError where there is not one per row */
export function requireOnePerRow(what: string, found: number, labels: Labels): void {
  if (found !== labels.length) {
    throw new InvalidArgumentError(`${what}: found ${found}, needed ${labels.length}, one per row`);
  }
}
