import { InvalidArgumentError, NonFiniteValueError } from '../errors.ts';

/** Dense numbers, row after row: the cell (r, c) is `data[r * columns + c]`. Single precision, as in scikit-learn's trees. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** rows * columns values */
  readonly data: Float32Array;
}

/** @throws InvalidArgumentError where the size is not in whole numbers from 0, or `data` does not hold rows * columns values */
export function createMatrix(rows: number, columns: number, data?: Float32Array): Matrix {
  if (!(Number.isInteger(rows) && rows >= 0 && Number.isInteger(columns) && columns >= 0)) {
    throw new InvalidArgumentError(`matrix of ${rows} x ${columns}: needed whole numbers from 0`);
  }
  if (data === undefined) return { rows, columns, data: new Float32Array(rows * columns) };
  if (data.length !== rows * columns) {
    throw new InvalidArgumentError(
      `matrix of ${rows} x ${columns}: found ${data.length} values, needed ${rows * columns}`,
    );
  }
  return { rows, columns, data };
}

/**
 * The rows of `matrix` at `indices`, in that order, as a new matrix.
 *
 * @throws InvalidArgumentError at the first index that is no row
 */
export function takeMatrixRows(matrix: Matrix, indices: ArrayLike<number>): Matrix {
  requireRowIndices(indices, matrix.rows);
  const { columns, data } = matrix;
  const taken = new Float32Array(indices.length * columns);
  for (let i = 0; i < indices.length; i++) {
    taken.set(data.subarray(indices[i] * columns, (indices[i] + 1) * columns), i * columns);
  }
  return createMatrix(indices.length, columns, taken);
}

/** @throws InvalidArgumentError at the first of `indices` that is not a whole number from 0 up to, not including, `rows` */
export function requireRowIndices(indices: ArrayLike<number>, rows: number): void {
  for (let i = 0; i < indices.length; i++) {
    if (!(Number.isInteger(indices[i]) && indices[i] >= 0 && indices[i] < rows)) {
      throw new InvalidArgumentError(
        `row indices: found ${indices[i]} at position ${i}, needed whole numbers from 0 to ${rows - 1}`,
      );
    }
  }
}

/** One matrix of the rows of `upper`, then those of `lower`. @throws InvalidArgumentError where their widths differ */
export function stackMatrices(upper: Matrix, lower: Matrix): Matrix {
  if (upper.columns !== lower.columns) {
    throw new InvalidArgumentError(`stacking: found ${upper.columns} and ${lower.columns} columns, needed as many`);
  }
  const data = new Float32Array(upper.data.length + lower.data.length);
  data.set(upper.data);
  data.set(lower.data, upper.data.length);
  return createMatrix(upper.rows + lower.rows, upper.columns, data);
}

/** @throws NonFiniteValueError at the first NaN or infinity, with its row and column (both from 0) */
export function requireFinite({ data, columns }: Matrix, what: string): void {
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i])) {
      const place = `row ${Math.floor(i / columns)}, column ${i % columns}`;
      throw new NonFiniteValueError(`${what}: found ${data[i]} at ${place}, needed finite numbers`);
    }
  }
}
