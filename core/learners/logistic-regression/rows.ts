import type { Matrix } from '../../table/matrix.ts';

/**
 * Rows without their zeros, each followed by a 1 for the intercept, the last of the `width` columns. Of 90 one-hot
 * columns a row has at most one per categorical column, so that sums over pairs of columns cost a fiftieth of visiting
 * them all.
 */
export interface SparseRows {
  readonly rows: number;
  /** the columns of the matrix, and the intercept's */
  readonly width: number;
  /** row r's entries are those from `starts[r]` up to `starts[r + 1]`; rows + 1 numbers */
  readonly starts: Int32Array;
  /** ascending within a row */
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

/** @param rows the places in the matrix of the rows to take, in their order */
export function sparseRows(matrix: Matrix, rows: Int32Array): SparseRows {
  const { columns: width, data } = matrix;
  const starts = new Int32Array(rows.length + 1);
  const entries = countNonzero(matrix, rows) + rows.length;
  const columns = new Int32Array(entries);
  const values = new Float32Array(entries);
  let filled = 0;
  for (let i = 0; i < rows.length; i++) {
    const base = rows[i] * width;
    for (let column = 0; column < width; column++) {
      const value = data[base + column];
      // Written always, kept only if not zero: no branch that depends on the data.
      columns[filled] = column;
      values[filled] = value;
      filled += value === 0 ? 0 : 1;
    }
    columns[filled] = width;
    values[filled++] = 1;
    starts[i + 1] = filled;
  }
  return { rows: rows.length, width: width + 1, starts, columns, values };
}

/**
 * Each row's sum of its entries times the coefficients of their columns.
 *
 * @param coefficients one per column, the intercept last
 */
export function multiplyRows({ rows, starts, columns, values }: SparseRows, coefficients: Float64Array): Float64Array {
  const products = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const end = starts[row + 1];
    let sum = 0;
    for (let e = starts[row]; e < end; e++) sum += values[e] * coefficients[columns[e]];
    products[row] = sum;
  }
  return products;
}

/** Adds to `sums`, one per column, each row's entries times the row's factor. */
export function addRows(
  { rows, starts, columns, values }: SparseRows,
  factors: Float64Array,
  sums: Float64Array,
): void {
  for (let row = 0; row < rows; row++) {
    const factor = factors[row];
    const end = starts[row + 1];
    for (let e = starts[row]; e < end; e++) sums[columns[e]] += factor * values[e];
  }
}

/**
 * Adds to `sums`, width x width, each row's products of pairs of its entries times the row's factor: the upper triangle
 * only.
 */
export function addOuterProducts(sparse: SparseRows, factors: Float64Array, sums: Float64Array): void {
  const { rows, width, starts, columns, values } = sparse;
  for (let row = 0; row < rows; row++) {
    const factor = factors[row];
    const end = starts[row + 1];
    for (let e = starts[row]; e < end; e++) {
      const base = columns[e] * width;
      const value = factor * values[e];
      for (let other = e; other < end; other++) sums[base + columns[other]] += value * values[other];
    }
  }
}

function countNonzero({ columns, data }: Matrix, rows: Int32Array): number {
  let count = 0;
  for (const row of rows) {
    const end = (row + 1) * columns;
    for (let i = row * columns; i < end; i++) count += data[i] === 0 ? 0 : 1;
  }
  return count;
}
