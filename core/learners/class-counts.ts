import { InvalidArgumentError, OneClassError } from '../errors.ts';
import type { Labels } from './learner.ts';

/** Rows per class. */
export interface ClassCounts {
  readonly majority: number;
  readonly minority: number;
}

/**
 * @param what the labels' name in the error
 * @throws InvalidArgumentError at the first label that is neither 0 nor 1, with its row (from 0)
 */
export function countClasses(labels: Labels, what = 'labels'): ClassCounts {
  let minority = 0;
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] > 1) {
      throw new InvalidArgumentError(
        `${what}: found ${labels[row]} at row ${row}, needed 0 (majority) or 1 (minority)`,
      );
    }
    minority += labels[row];
  }
  return { majority: labels.length - minority, minority };
}

/**
 * The rows per class, at least one of each.
 *
 * @throws InvalidArgumentError (no labels, labels other than 0 and 1), OneClassError
 */
export function requireBothClasses(labels: Labels): ClassCounts {
  if (labels.length === 0) throw new InvalidArgumentError('labels: found none, needed rows of both classes');
  const counts = countClasses(labels);
  if (counts.majority === 0 || counts.minority === 0) {
    throw new OneClassError(
      `labels: found ${counts.majority} majority and ${counts.minority} minority rows, needed at least one of each`,
    );
  }
  return counts;
}
