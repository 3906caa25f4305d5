import { nearestNeighbours } from '../neighbours/nearest-neighbours.ts';
import type { Matrix } from '../table/matrix.ts';

/**
 * Per row its Euclidean distance to the closest of `others`.
 *
 * @param others at least one row, of the same width
 * @throws InvalidArgumentError (other widths), TooFewRowsError (no others), NonFiniteValueError
 */
export function closestDistances(rows: Matrix, others: Matrix): Float64Array {
  return nearestNeighbours(others, rows, 1).distances;
}
