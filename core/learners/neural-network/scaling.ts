import { InvalidArgumentError } from '../../errors.ts';
import { createMatrix, type Matrix } from '../../table/matrix.ts';
import { readNumbers, type Saved } from '../saved.ts';

/** What each column is scaled by: x becomes (x - center) / spread. Plain data: it is its own JSON. */
export interface Scaling {
  readonly centers: readonly number[];
  /** above 0 */
  readonly spreads: readonly number[];
}

/**
 * How far from 0 a scaled number may be: far beyond any that was trained on, and small enough that no sum overflows.
 */
const LIMIT = 1e6;

/**
 * Columns of more than two values get mean 0 and (population) standard deviation 1. Columns of two values become 0 and
 * 1, so that one-hot columns stay as they are: a rare level, standardised, would be the largest number by far in its
 * row (Gelman 2008, Scaling regression inputs by dividing by two standard deviations). A column of one value becomes 0.
 *
 * @param matrix at least one row, finite
 */
export function fitScaling(matrix: Matrix): Scaling {
  const { least, most } = extremes(matrix);
  const { sums, manyValues } = sumColumns(matrix, least, most);
  const means = sums.map((sum) => sum / matrix.rows);
  const squares = sumSquares(matrix, means, manyValues);
  const columns = Array.from(least.keys());
  return {
    centers: columns.map((c) => (manyValues[c] ? means[c] : least[c])),
    spreads: columns.map((c) => (manyValues[c] ? Math.sqrt(squares[c] / matrix.rows) : most[c] - least[c]) || 1),
  };
}

/**
 * The scaled matrix. Numbers that training saw nothing like end at +-1e6.
 *
 * @param scaled is written to and returned; it may be the matrix itself. @default a new one
 */
export function scaleColumns(
  { centers, spreads }: Scaling,
  { rows, columns, data }: Matrix,
  scaled: Matrix = createMatrix(rows, columns),
): Matrix {
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, i++) {
      // Adding 0 makes 0 of -0, so that the two are one value.
      const value = (data[i] + 0 - centers[column]) / spreads[column];
      scaled.data[i] = Math.min(Math.max(value, -LIMIT), LIMIT);
    }
  }
  return scaled;
}

/** @throws InvalidArgumentError where `saved` is no scaling of `columns` columns */
export function readScaling(saved: Saved, columns: number): Scaling {
  const centers = readNumbers(saved, 'centers', 'one per column', columns);
  const spreads = readNumbers(saved, 'spreads', 'one per column', columns);
  const column = spreads.findIndex((spread) => spread <= 0);
  if (column >= 0) {
    throw new InvalidArgumentError(
      `${saved.what}, spreads: found ${spreads[column]} in column ${column}, needed above 0`,
    );
  }
  return { centers, spreads };
}

function extremes({ rows, columns, data }: Matrix): { least: Float64Array; most: Float64Array } {
  const least = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  const most = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY);
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, i++) {
      const value = data[i] + 0;
      if (value < least[column]) least[column] = value;
      if (value > most[column]) most[column] = value;
    }
  }
  return { least, most };
}

/** Per column the sum, and 1 where there are other values than the extremes. */
function sumColumns({ rows, columns, data }: Matrix, least: Float64Array, most: Float64Array) {
  const sums = new Float64Array(columns);
  const manyValues = new Uint8Array(columns);
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, i++) {
      const value = data[i];
      sums[column] += value;
      if (value !== least[column] && value !== most[column]) manyValues[column] = 1;
    }
  }
  return { sums, manyValues };
}

/** Per column the squared differences from the mean; for the columns that are asked for. */
function sumSquares({ rows, columns, data }: Matrix, means: Float64Array, wanted: Uint8Array): Float64Array {
  const squares = new Float64Array(columns);
  for (let column = 0; column < columns; column++) {
    if (wanted[column] === 0) continue;
    for (let row = 0; row < rows; row++) squares[column] += (data[row * columns + column] - means[column]) ** 2;
  }
  return squares;
}
