import { InvalidArgumentError, TooFewRowsError } from '../errors.ts';
import { NeighbourKernels } from '../kernels/neighbour-kernels.ts';
import type { Matrix } from '../table/matrix.ts';
import { type MixedRows, requireMixedRows } from './mixed-rows.ts';

/** The nearest rows of each query, query after query, the nearest first. */
export interface Neighbours {
  /** queries x k: rows of the reference */
  readonly indices: Int32Array;
  /** queries x k: Euclidean distances, in double precision */
  readonly distances: Float64Array;
}

export interface NeighbourOptions {
  /** the queries are the reference rows, and none is its own neighbour (an equal row is). @default false */
  readonly excludeSelf?: boolean;
}

export interface MixedNeighbourOptions extends NeighbourOptions {
  /**
   * what a differing code adds to the squared distance, 0 or from 1e-30 to 1e30: 1 is the distance of one-hot columns
   * of all levels that were scaled by the square root of 1/2, 2 that of columns of 0 and 1. @default 1
   */
  readonly mismatch?: number;
}

/**
 * The `k` nearest rows of each query by Euclidean distance, comparing all with all.
 *
 * Distances are those of double precision, added in the order of the columns; of rows equally far, the lower index
 * comes first. So the result is the same to the bit on any machine, in whatever blocks the work is done.
 *
 * @param reference finite
 * @param queries finite, as wide; any number of rows
 * @param k from 1 to the number of reference rows, without the query itself where that is excluded
 * @throws InvalidArgumentError (widths or `k`), TooFewRowsError (fewer than `k` rows), NonFiniteValueError (with row
 * and column)
 */
export function nearestNeighbours(
  reference: Matrix,
  queries: Matrix,
  k: number,
  options: NeighbourOptions = {},
): Neighbours {
  return nearestMixedNeighbours(numbersOnly(reference), numbersOnly(queries), k, options);
}

/** As `nearestNeighbours`, for rows of numbers and codes. */
export function nearestMixedNeighbours(
  reference: MixedRows,
  queries: MixedRows,
  k: number,
  { excludeSelf = false, mismatch = 1 }: MixedNeighbourOptions = {},
): Neighbours {
  requireMixedRows(reference, 'reference rows');
  requireMixedRows(queries, 'queries');
  requireSameShape(reference, queries, excludeSelf);
  requireNeighbours(k, reference.rows, excludeSelf);
  requireMismatch(mismatch);
  const { indices, squaredDistances } = new NeighbourKernels(reference, mismatch, k).nearest(queries, excludeSelf);
  return { indices, distances: squaredDistances.map(Math.sqrt) };
}

function numbersOnly({ rows, columns, data }: Matrix): MixedRows {
  return { rows, numberCount: columns, codeCount: 0, numbers: data, codes: new Uint8Array() };
}

function requireSameShape(reference: MixedRows, queries: MixedRows, excludeSelf: boolean): void {
  if (queries.numberCount !== reference.numberCount || queries.codeCount !== reference.codeCount) {
    const shape = ({ numberCount, codeCount }: MixedRows) =>
      codeCount === 0 ? `${numberCount} columns` : `${numberCount} numbers and ${codeCount} codes`;
    throw new InvalidArgumentError(
      `queries: found ${shape(queries)}, needed ${shape(reference)} as in the reference rows`,
    );
  }
  if (excludeSelf && queries.rows !== reference.rows) {
    throw new InvalidArgumentError(
      `queries: found ${queries.rows} rows, needed ${reference.rows}, the reference rows, for excludeSelf`,
    );
  }
}

/** Single precision holds it, and 255 times as much. */
function requireMismatch(mismatch: number): void {
  if (mismatch !== 0 && !(mismatch >= 1e-30 && mismatch <= 1e30)) {
    throw new InvalidArgumentError(`neighbours, mismatch: found ${mismatch}, needed 0 or a number from 1e-30 to 1e30`);
  }
}

function requireNeighbours(k: number, rows: number, excludeSelf: boolean): void {
  if (!(Number.isInteger(k) && k >= 1)) {
    throw new InvalidArgumentError(`neighbours, k: found ${k}, needed a whole number from 1`);
  }
  const available = excludeSelf ? rows - 1 : rows;
  if (available < k) {
    const which = excludeSelf ? ' besides the query itself' : '';
    throw new TooFewRowsError(
      `neighbours: found ${Math.max(0, available)} reference rows${which}, needed at least ${k}`,
    );
  }
}
