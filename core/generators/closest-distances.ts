import { InvalidArgumentError, TooFewRowsError } from '../errors.ts';
import type { Matrix } from '../table/matrix.ts';

/**
 * Per row its Euclidean distance to the closest of `others`, by comparing all with all.
 *
 * @param others at least one row, of the same width
 * @throws InvalidArgumentError (other widths), TooFewRowsError (no others)
 */
export function closestDistances(rows: Matrix, others: Matrix): Float64Array {
  const { columns } = rows;
  if (others.columns !== columns) {
    throw new InvalidArgumentError(`distances: found ${columns} and ${others.columns} columns, needed as many`);
  }
  if (others.rows === 0) throw new TooFewRowsError('distances: found no rows to be close to, needed at least 1');
  const distances = new Float64Array(rows.rows);
  for (let row = 0; row < rows.rows; row++) {
    let closest = Number.POSITIVE_INFINITY;
    for (let other = 0; other < others.rows; other++) {
      closest = Math.min(
        closest,
        squaredDistance(rows.data, row * columns, others.data, other * columns, columns, closest),
      );
    }
    distances[row] = Math.sqrt(closest);
  }
  return distances;
}

/** Gives up, with what it has by then, as soon as it is beyond `enough`. */
function squaredDistance(
  a: Float32Array,
  i: number,
  b: Float32Array,
  j: number,
  columns: number,
  enough: number,
): number {
  let sum = 0;
  for (let c = 0; c < columns && sum < enough; c++) {
    const difference = a[i + c] - b[j + c];
    sum += difference * difference;
  }
  return sum;
}
