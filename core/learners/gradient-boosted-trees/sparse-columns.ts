import type { BinnedColumn } from './bins.ts';
import type { NodeSums } from './packed-sums.ts';

/**
 * Columns with one bin that holds half of the rows or more. A row lists the bins in which it is, but not those: what
 * lies there is what the column's other bins leave of the node's sums. Of 90 one-hot columns a row lists at most one
 * per categorical column.
 */
export class SparseColumns {
  /** numbers that the columns take in a histogram */
  readonly length: number;
  readonly #columns: readonly SparseColumn[];
  /** row r's entries are those from `starts[r]` up to `starts[r + 1]`; rows + 1 numbers */
  readonly #starts: Int32Array;
  /** where in a histogram the bins lie */
  readonly #entries: Int32Array;

  /** @param first where the first column starts in a histogram */
  constructor(columns: readonly BinnedColumn[], rows: number, first: number) {
    let end = first;
    this.#columns = columns.map(({ bins, thresholds }) => {
      const start = end;
      end += 2 * (thresholds.length + 1);
      return { bins, start, end, omitted: fullestBin(bins).bin };
    });
    this.length = end - first;
    this.#starts = countEntries(this.#columns, rows);
    this.#entries = listEntries(this.#columns, this.#starts);
  }

  /** Where column `i` starts in a histogram. */
  startOf(i: number): number {
    return this.#columns[i].start;
  }

  /**
   * Adds `rows` to `histogram`.
   *
   * @param sums two numbers per row of the training set (Gradients); `total` those of `rows`
   */
  add(histogram: Float64Array, rows: Int32Array, sums: Float64Array, total: NodeSums): void {
    if (this.#columns.length === 0) return;
    addEntries(histogram, this.#starts, this.#entries, rows, sums);
    for (const column of this.#columns) fillOmitted(histogram, column, total);
  }
}

interface SparseColumn {
  /** one per row */
  readonly bins: Uint8Array;
  /** its part of a histogram */
  readonly start: number;
  readonly end: number;
  /** the bin that is not listed */
  readonly omitted: number;
}

/** The bin with the most rows, of equals the lowest, and how many they are. */
export function fullestBin(bins: Uint8Array): { readonly bin: number; readonly rows: number } {
  const counts = new Int32Array(256);
  for (let row = 0; row < bins.length; row++) counts[bins[row]]++;
  const rows = counts.reduce((a, b) => Math.max(a, b));
  return { bin: counts.indexOf(rows), rows };
}

function countEntries(columns: readonly SparseColumn[], rows: number): Int32Array {
  const starts = new Int32Array(rows + 1);
  for (const { bins, omitted } of columns) {
    for (let row = 0; row < rows; row++) starts[row + 1] += bins[row] === omitted ? 0 : 1;
  }
  for (let row = 0; row < rows; row++) starts[row + 1] += starts[row];
  return starts;
}

function listEntries(columns: readonly SparseColumn[], starts: Int32Array): Int32Array {
  const entries = new Int32Array(starts[starts.length - 1]);
  const next = starts.slice();
  for (const { bins, omitted, start } of columns) {
    for (let row = 0; row < bins.length; row++) {
      if (bins[row] !== omitted) entries[next[row]++] = start + 2 * bins[row];
    }
  }
  return entries;
}

function addEntries(
  histogram: Float64Array,
  starts: Int32Array,
  entries: Int32Array,
  rows: Int32Array,
  sums: Float64Array,
): void {
  const count = rows.length;
  for (let i = 0; i < count; i++) {
    const row = rows[i];
    const gradient = sums[2 * row];
    const hessian = sums[2 * row + 1];
    const end = starts[row + 1];
    for (let e = starts[row]; e < end; e++) {
      const at = entries[e];
      histogram[at] += gradient;
      histogram[at + 1] += hessian;
    }
  }
}

function fillOmitted(histogram: Float64Array, { start, end, omitted }: SparseColumn, total: NodeSums): void {
  let { gradient, packed } = total;
  for (let at = start; at < end; at += 2) {
    gradient -= histogram[at];
    packed -= histogram[at + 1];
  }
  histogram[start + 2 * omitted] = gradient;
  histogram[start + 2 * omitted + 1] = packed;
}
