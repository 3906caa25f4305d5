import type { MixedRows } from '../neighbours/mixed-rows.ts';
import { instantiateKernels, type KernelExports, type Pointer } from './instance.ts';
import { growTo, layOut } from './memory.ts';

/** The nearest rows of some queries, query after query, the nearest first. */
export interface NearestRows {
  readonly indices: Int32Array;
  readonly squaredDistances: Float64Array;
}

/** Queries of one call: it stays short enough for V8 to swap in its optimized version, and they stay in the second cache. */
const BLOCK = 128;
/** Rows that lie side by side in the kernel's memory. */
const GROUP = 16;
/** Twice the rounding error of single precision, so that the products of the errors are covered as well. */
const UNIT = 2 ** -23;
/** A square below this may have lost all its digits in single precision. */
const SMALLEST = 2 ** -148;
/** Whole numbers up to here are exact in single precision, and so are their sums. */
const LARGEST_EXACT = 2 ** 24;

/**
 * Rows in a WebAssembly memory of their own, and the nearest of them to queries. Private to core/neighbours: shapes are
 * the caller's business and not checked.
 */
export class NeighbourKernels {
  readonly #wasm: KernelExports;
  readonly #reference: MixedRows;
  readonly #mismatch: number;
  readonly #k: number;
  readonly #codes: Pointer;
  readonly #numbers: Pointer;
  readonly #queries: Float32Array;
  readonly #queryCodes: Uint8Array;
  readonly #best: Float64Array;
  readonly #indices: Int32Array;
  readonly #limits: Float32Array;

  /**
   * @param mismatch what a differing code adds to the squared distance
   * @param k how many of the rows are asked for, up to as many as there are
   * @throws InvalidArgumentError where the memory cannot hold as many rows
   */
  constructor(reference: MixedRows, mismatch: number, k: number) {
    const { rows, numberCount, codeCount } = reference;
    this.#wasm = instantiateKernels();
    this.#reference = reference;
    this.#mismatch = mismatch;
    this.#k = k;
    const padded = Math.ceil(rows / GROUP) * GROUP;
    const [best, indices, limits, queries, queryCodes, numbers, codes, end] = layOut(this.#wasm.freeMemoryStart(), [
      8 * BLOCK * k,
      4 * BLOCK * k,
      4 * BLOCK,
      4 * BLOCK * numberCount,
      BLOCK * codeCount,
      4 * padded * numberCount,
      padded * codeCount,
    ]);
    growTo(this.#wasm.memory, end, () => ({
      who: 'neighbours',
      what: `${rows} rows of ${numberCount} numbers and ${codeCount} codes`,
      advice: 'fewer rows, for example a sample of them',
    }));
    const { buffer } = this.#wasm.memory;
    this.#best = new Float64Array(buffer, best, BLOCK * k);
    this.#indices = new Int32Array(buffer, indices, BLOCK * k);
    this.#limits = new Float32Array(buffer, limits, BLOCK);
    this.#queries = new Float32Array(buffer, queries, BLOCK * numberCount);
    this.#queryCodes = new Uint8Array(buffer, queryCodes, BLOCK * codeCount);
    this.#numbers = numbers;
    this.#codes = codes;
    toGroups(reference.numbers, new Float32Array(buffer, numbers, padded * numberCount), rows, numberCount);
    toGroups(reference.codes, new Uint8Array(buffer, codes, padded * codeCount), rows, codeCount);
  }

  /**
   * @param queries rows of as many numbers and codes
   * @param excludeSelf the i-th row is not among the neighbours of the i-th query
   */
  nearest(queries: MixedRows, excludeSelf: boolean): NearestRows {
    const k = this.#k;
    const indices = new Int32Array(queries.rows * k);
    const squaredDistances = new Float64Array(queries.rows * k);
    const isExact = isExactIn(this.#reference, queries, this.#mismatch);
    for (let start = 0; start < queries.rows; start += BLOCK) {
      const count = Math.min(BLOCK, queries.rows - start);
      this.#search(queries, start, count, excludeSelf, isExact);
      indices.set(this.#indices.subarray(0, count * k), start * k);
      squaredDistances.set(this.#best.subarray(0, count * k), start * k);
    }
    return { indices, squaredDistances };
  }

  #search(queries: MixedRows, start: number, count: number, excludeSelf: boolean, isExact: boolean): void {
    const { rows, numberCount, codeCount } = this.#reference;
    this.#queries.set(queries.numbers.subarray(start * numberCount, (start + count) * numberCount));
    this.#queryCodes.set(queries.codes.subarray(start * codeCount, (start + count) * codeCount));
    this.#best.fill(Number.POSITIVE_INFINITY);
    this.#limits.fill(Number.POSITIVE_INFINITY);
    this.#wasm.nearestRows(
      this.#numbers,
      numberCount,
      this.#codes,
      codeCount,
      0,
      Math.ceil(rows / GROUP),
      rows,
      this.#queries.byteOffset,
      this.#queryCodes.byteOffset,
      // The kernel takes queries in pairs: behind the last one there may be what was there before, which nobody asks for.
      count + (count % 2),
      excludeSelf ? start : -1,
      this.#mismatch,
      isExact ? 1 : 1 + (numberCount + 8) * UNIT,
      (numberCount + 8) * SMALLEST,
      this.#best.byteOffset,
      this.#indices.byteOffset,
      this.#limits.byteOffset,
      this.#k,
    );
  }
}

/** Whether single precision gets every distance exactly: all numbers are whole and small, as those of one-hot columns. */
function isExactIn(a: MixedRows, b: MixedRows, mismatch: number): boolean {
  const largest = Math.max(largestWhole(a.numbers), largestWhole(b.numbers));
  return Number.isInteger(mismatch) && a.numberCount * (2 * largest) ** 2 + a.codeCount * mismatch < LARGEST_EXACT;
}

/** The largest absolute value; infinite where one is not whole. */
function largestWhole(values: Float32Array): number {
  let largest = 0;
  for (const value of values) {
    if (!Number.isInteger(value)) return Number.POSITIVE_INFINITY;
    largest = Math.max(largest, Math.abs(value));
  }
  return largest;
}

/** Rows that lie one after the other to groups of 16 rows that lie column by column. */
function toGroups<T extends Float32Array | Uint8Array>(values: T, groups: T, rows: number, width: number): void {
  for (let row = 0; row < rows; row++) {
    const to = Math.floor(row / GROUP) * GROUP * width + (row % GROUP);
    for (let column = 0; column < width; column++) groups[to + column * GROUP] = values[row * width + column];
  }
}
