import type { Matrix } from '../../table/matrix.ts';
import { midpoint } from '../decision-tree/columns.ts';
import type { DistinctRows } from '../distinct-rows.ts';
import { sortedRows } from '../sorted-rows.ts';

/** A column of which only the range is known that each value lies in. */
export interface BinnedColumn {
  /** its place in the matrix */
  readonly column: number;
  /** ascending; bin b holds the values up to threshold b and above threshold b - 1, the last bin those above all */
  readonly thresholds: Float64Array;
  /** one per distinct row: from 0 to the number of thresholds */
  readonly bins: Uint8Array;
}

/** As many bins as a byte tells apart, but one, as in scikit-learn. */
export const MOST_BINS = 255;

/**
 * The columns of the training rows in at most `maxBins` bins each. Constant columns are left out.
 *
 * A column of no more distinct values than that has a bin for each. The bins of others end at the first value by which
 * 1 / maxBins, 2 / maxBins, … of the rows' weight is reached. Every threshold lies halfway between neighbouring values.
 *
 * @param maxBins from 2 to 255
 */
export function binColumns(matrix: Matrix, { rows, weights }: DistinctRows, maxBins: number): BinnedColumn[] {
  const binned: BinnedColumn[] = [];
  const weight = sum(weights);
  for (let first = 0; first < matrix.columns; first += COLUMNS_AT_ONCE) {
    for (const [i, values] of readColumns(matrix, rows, first).entries()) {
      const found = binValues(values, weights, weight, maxBins);
      if (found.thresholds.length > 0) binned.push({ column: first + i, ...found });
    }
  }
  return binned;
}

/** As many cells as lie in a line of the processor's cache: each line is read once, not once per column. */
const COLUMNS_AT_ONCE = 16;

/** The values of up to 16 columns from `first` on, one list per column. */
function readColumns({ columns, data }: Matrix, rows: Int32Array, first: number): Float32Array[] {
  const count = Math.min(COLUMNS_AT_ONCE, columns - first);
  const size = rows.length;
  const values = new Float32Array(count * size);
  for (let i = 0; i < size; i++) {
    const base = rows[i] * columns + first;
    for (let column = 0, at = i; column < count; column++, at += size) values[at] = data[base + column];
  }
  return Array.from({ length: count }, (_, column) => values.subarray(column * size, (column + 1) * size));
}

/** @param weight the sum of `weights` */
function binValues(
  values: Float32Array,
  weights: Float64Array,
  weight: number,
  maxBins: number,
): Omit<BinnedColumn, 'column'> {
  const order = sortedRows(values);
  const sorted = new Float32Array(order.length);
  for (let i = 0; i < order.length; i++) sorted[i] = values[order[i]];
  const share = countDistinct(sorted) <= maxBins ? 0 : weight / maxBins;
  const thresholds: number[] = [];
  const bins = new Uint8Array(values.length);
  let below = 0;
  let target = share;
  let bin = 0;
  for (let i = 0; i < order.length; i++) {
    if (i > 0 && sorted[i] !== sorted[i - 1] && below >= target && bin < maxBins - 1) {
      thresholds.push(midpoint(sorted[i - 1], sorted[i]));
      if (share > 0) target = share * (Math.floor(below / share) + 1);
      bin++;
    }
    bins[order[i]] = bin;
    below += weights[order[i]];
  }
  return { thresholds: Float64Array.from(thresholds), bins };
}

function countDistinct(sorted: Float32Array): number {
  let count = 1;
  for (let i = 1; i < sorted.length; i++) count += sorted[i] === sorted[i - 1] ? 0 : 1;
  return count;
}

function sum(numbers: Float64Array): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
