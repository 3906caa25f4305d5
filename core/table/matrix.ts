import { InvalidArgumentError, NonFiniteValueError } from '../errors.ts';

/** Dense numbers, row after row: the cell (r, c) is `data[r * columns + c]`. Single precision, as in scikit-learn's trees. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** rows * columns values */
  readonly data: Float32Array;
}

/** @throws InvalidArgumentError where `data` does not hold rows * columns values */
export function createMatrix(rows: number, columns: number, data = new Float32Array(rows * columns)): Matrix {
  if (data.length !== rows * columns) {
    throw new InvalidArgumentError(
      `matrix of ${rows} x ${columns}: found ${data.length} values, needed ${rows * columns}`,
    );
  }
  return { rows, columns, data };
}

/** The rows of `matrix` at `indices`, in that order, as a new matrix. */
export function takeMatrixRows(matrix: Matrix, indices: ArrayLike<number>): Matrix {
  const { columns, data } = matrix;
  const taken = new Float32Array(indices.length * columns);
  for (let i = 0; i < indices.length; i++) {
    taken.set(data.subarray(indices[i] * columns, (indices[i] + 1) * columns), i * columns);
  }
  return createMatrix(indices.length, columns, taken);
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
