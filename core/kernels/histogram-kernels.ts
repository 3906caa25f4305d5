import { instantiateKernels, type KernelExports } from './instance.ts';
import { growTo, layOut } from './memory.ts';

/** Bins of a column at most: as many as a byte tells apart. */
const BINS = 256;
/** Columns whose bins share a word, and are added up together. */
const PER_WORD = 4;
/** Rows that one call adds: short enough for V8 to swap in its optimized version, and for the second cache to hold them. */
const BLOCK = 2048;

/**
 * Columns of bins in a WebAssembly memory of their own, and histograms of some of the rows: sums of two numbers per bin. Private
 * to core/learners: shapes and bins are the caller's business and not checked.
 *
 * In a histogram a column takes 512 numbers, two for each of 256 bins. Where the columns are no multiple of four in number, up to
 * three that nobody asks for follow.
 */
export class HistogramColumns {
  /** numbers in a histogram */
  readonly length: number;
  readonly #wasm: KernelExports;
  readonly #rowBytes: number;
  readonly #words: Uint8Array;
  readonly #rows: Int32Array;
  readonly #pairs: Float64Array;
  readonly #histogram: Float64Array;

  /**
   * @param columns one list per column, of one bin per row
   * @throws InvalidArgumentError where the memory cannot hold as many rows
   */
  constructor(columns: readonly Uint8Array[], rows: number) {
    this.#wasm = instantiateKernels();
    const rowBytes = Math.ceil(columns.length / PER_WORD) * PER_WORD;
    this.#rowBytes = rowBytes;
    this.length = 2 * BINS * rowBytes;
    const [histogram, pairs, list, words, end] = layOut(this.#wasm.freeMemoryStart(), [
      8 * this.length,
      16 * BLOCK,
      4 * BLOCK,
      rows * rowBytes,
    ]);
    growTo(this.#wasm.memory, end, () => ({
      who: 'histograms',
      what: `${rows} rows of ${columns.length} columns`,
      advice: 'fewer rows, for example by under-sampling',
    }));
    const { buffer } = this.#wasm.memory;
    this.#histogram = new Float64Array(buffer, histogram, this.length);
    this.#pairs = new Float64Array(buffer, pairs, 2 * BLOCK);
    this.#rows = new Int32Array(buffer, list, BLOCK);
    this.#words = new Uint8Array(buffer, words, rows * rowBytes);
    for (const [c, bins] of columns.entries()) interleave(bins, this.#words, c, rowBytes);
  }

  /** Where column `c` starts in a histogram. */
  static startOf(c: number): number {
    return 2 * BINS * c;
  }

  /**
   * The histogram of `rows`.
   *
   * @param rows ascending
   * @param pairs two numbers per row of the columns
   * @returns holds until the next call and is nobody's to change
   */
  of(rows: Int32Array, pairs: Float64Array): Float64Array {
    this.#histogram.fill(0);
    if (this.length === 0) return this.#histogram;
    for (let start = 0; start < rows.length; start += BLOCK) this.#add(rows.subarray(start, start + BLOCK), pairs);
    return this.#histogram;
  }

  #add(rows: Int32Array, pairs: Float64Array): void {
    this.#rows.set(rows);
    gather(pairs, rows, this.#pairs);
    let histogram = this.#histogram.byteOffset;
    for (let word = 0; word < this.#rowBytes; word += PER_WORD) {
      this.#wasm.addPairs(
        histogram,
        this.#words.byteOffset + word,
        this.#rowBytes,
        this.#rows.byteOffset,
        this.#pairs.byteOffset,
        rows.length,
      );
      histogram += 16 * BINS * PER_WORD;
    }
  }
}

function interleave(bins: Uint8Array, words: Uint8Array, column: number, rowBytes: number): void {
  for (let row = 0, at = column; row < bins.length; row++, at += rowBytes) words[at] = bins[row];
}

/** Copies the pairs of `rows`, which ascend, one after the other. */
function gather(pairs: Float64Array, rows: Int32Array, to: Float64Array): void {
  const first = rows[0];
  if (rows[rows.length - 1] - first === rows.length - 1) {
    to.set(pairs.subarray(2 * first, 2 * (first + rows.length)));
    return;
  }
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    to[2 * i] = pairs[2 * row];
    to[2 * i + 1] = pairs[2 * row + 1];
  }
}
