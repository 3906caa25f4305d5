import type { BinnedColumn } from './bins.ts';

/** Columns whose bins share a word. */
const PER_WORD = 2;
/** Numbers of a histogram per column: two for each of 256 bins. */
const STRIDE = 512;
/** Selects a bin, times two, from a word that was shifted to it. */
const BIN = 510;
/** Rows whose memory is asked for together: what they take fits into the processor's first cache. */
const BLOCK = 512;

/**
 * Columns whose rows are spread over their bins. The bins of a row lie side by side, two to a word, and column c's part of a
 * histogram starts at 512 c. Where the columns are odd in number, one that nobody asks for fills the last word.
 */
export class DenseColumns {
  /** numbers that the columns take in a histogram */
  readonly length: number;
  /** never read for what it says: it keeps `touchRows` from being optimized away */
  touched = 0;
  readonly #perRow: number;
  readonly #words: Uint16Array;

  constructor(columns: readonly BinnedColumn[], rows: number) {
    this.#perRow = Math.ceil(columns.length / PER_WORD);
    this.length = this.#perRow * PER_WORD * STRIDE;
    this.#words = new Uint16Array(rows * this.#perRow);
    for (const [i, { bins }] of columns.entries()) {
      const word = Math.floor(i / PER_WORD);
      const shift = 8 * (i % PER_WORD);
      for (let row = 0; row < rows; row++) this.#words[row * this.#perRow + word] |= bins[row] << shift;
    }
  }

  /** Where column `i` starts in a histogram. */
  startOf(i: number): number {
    return i * STRIDE;
  }

  /** Adds `rows` to `histogram`. @param sums two numbers per row of the training set (Gradients) */
  add(histogram: Float64Array, rows: Int32Array, sums: Float64Array): void {
    if (this.#perRow === 0) return;
    for (let start = 0; start < rows.length; start += BLOCK) {
      const block = rows.subarray(start, start + BLOCK);
      this.touched = touchRows(this.#words, this.#perRow, block, sums);
      addRows(histogram, this.#words, this.#perRow, block, sums);
    }
  }
}

/**
 * Reads a little of each row. The processor waits for the memory of many rows at once here, where nothing else is to be done;
 * in `addRows` it would wait row by row.
 */
function touchRows(words: Uint16Array, perRow: number, rows: Int32Array, sums: Float64Array): number {
  const count = rows.length;
  let touched = 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i];
    touched += words[row * perRow] + sums[2 * row];
  }
  return touched;
}

function addRows(
  histogram: Float64Array,
  words: Uint16Array,
  perRow: number,
  rows: Int32Array,
  sums: Float64Array,
): void {
  const count = rows.length;
  for (let i = 0; i < count; i++) {
    const row = rows[i];
    const gradient = sums[2 * row];
    const hessian = sums[2 * row + 1];
    const end = (row + 1) * perRow;
    let base = 0;
    for (let at = row * perRow; at < end; at++) {
      const word = words[at];
      const first = base + ((word << 1) & BIN);
      const second = base + STRIDE + ((word >>> 7) & BIN);
      histogram[first] += gradient;
      histogram[first + 1] += hessian;
      histogram[second] += gradient;
      histogram[second + 1] += hessian;
      base += PER_WORD * STRIDE;
    }
  }
}
