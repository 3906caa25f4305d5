import { instantiateKernels, type KernelExports } from './instance.ts';
import { growTo, layOut } from './memory.ts';

/**
 * Rows as the kernels of support vector machines take them: single-precision numbers and, apart from them, columns of 0 and
 * 1 as bits, 32 to a word.
 */
export interface PackedRows {
  readonly rows: number;
  /** numbers per row */
  readonly numberCount: number;
  /** words per row */
  readonly wordCount: number;
  /** rows * numberCount values, row after row */
  readonly numbers: Float32Array;
  /** rows * wordCount words, row after row; bits that stand for no column are 0 */
  readonly words: Int32Array;
}

/** K(x, q) = exp(-(numberFactor |x - q|^2 + bitFactor * differing bits)) of packed rows, or x q, which takes no bits. */
export type SvmKernel =
  | { readonly type: 'rbf'; readonly numberFactor: number; readonly bitFactor: number }
  | { readonly type: 'linear' };

/** Rows that lie side by side in the kernels' memory. */
const GROUP = 16;

/**
 * Places for rows in a WebAssembly memory of their own, and rows of the kernel matrix against what lies there. Private to
 * core/learners: shapes are the caller's business and not checked. K(x, q) is the same to the bit wherever x lies, and the
 * same as K(q, x).
 */
export class KernelRows {
  readonly #wasm: KernelExports;
  readonly #kernel: SvmKernel;
  readonly #numberCount: number;
  readonly #wordCount: number;
  readonly #numbers: Float32Array;
  readonly #words: Int32Array;
  readonly #query: Float32Array;
  readonly #queryWords: Int32Array;
  readonly #values: Float32Array;

  /** @throws InvalidArgumentError where the memory cannot hold as many rows */
  constructor(places: number, { numberCount, wordCount }: PackedRows, kernel: SvmKernel) {
    this.#wasm = instantiateKernels();
    this.#kernel = kernel;
    this.#numberCount = numberCount;
    this.#wordCount = wordCount;
    const padded = Math.ceil(places / GROUP) * GROUP;
    const lengths = [padded * numberCount, padded * wordCount, numberCount, wordCount, padded];
    const pointers = layOut(
      this.#wasm.freeMemoryStart(),
      lengths.map((length) => 4 * length),
    );
    growTo(this.#wasm.memory, pointers[lengths.length], () => ({
      who: 'svm',
      what: `${places} rows of ${numberCount} numbers`,
      advice: 'fewer rows, for example by under-sampling',
    }));
    const { buffer } = this.#wasm.memory;
    this.#numbers = new Float32Array(buffer, pointers[0], lengths[0]);
    this.#words = new Int32Array(buffer, pointers[1], lengths[1]);
    this.#query = new Float32Array(buffer, pointers[2], lengths[2]);
    this.#queryWords = new Int32Array(buffer, pointers[3], lengths[3]);
    this.#values = new Float32Array(buffer, pointers[4], lengths[4]);
  }

  /** Puts the row `row` of `packed` at `place`. */
  place(place: number, packed: PackedRows, row: number): void {
    scatter(packed.numbers, row, this.#numbers, place, this.#numberCount);
    scatter(packed.words, row, this.#words, place, this.#wordCount);
  }

  /**
   * The kernel of the row `row` of `packed` and each row at the places from `from` up to, not including, `to`: K against the
   * place p is at index p of what comes back, which holds until the next call and is nobody's to change.
   */
  evaluate(packed: PackedRows, row: number, from: number, to: number): Float32Array {
    gather(packed.numbers, row, this.#query, this.#numberCount);
    gather(packed.words, row, this.#queryWords, this.#wordCount);
    const firstGroup = Math.floor(from / GROUP);
    const endGroup = Math.ceil(to / GROUP);
    const numbers = this.#numbers.byteOffset;
    const query = this.#query.byteOffset;
    const result = this.#values.byteOffset;
    if (this.#kernel.type === 'linear') {
      this.#wasm.linearRow(numbers, this.#numberCount, query, firstGroup, endGroup, result);
    } else {
      this.#wasm.rbfRow(
        numbers,
        this.#numberCount,
        this.#words.byteOffset,
        this.#wordCount,
        query,
        this.#queryWords.byteOffset,
        firstGroup,
        endGroup,
        this.#kernel.numberFactor,
        this.#kernel.bitFactor,
        result,
      );
    }
    return this.#values;
  }
}

/** One row of `rows` to `place` among groups of 16 rows that lie column by column. */
function scatter<T extends Float32Array | Int32Array>(rows: T, row: number, groups: T, place: number, width: number) {
  const from = row * width;
  const to = Math.floor(place / GROUP) * GROUP * width + (place % GROUP);
  for (let column = 0; column < width; column++) groups[to + column * GROUP] = rows[from + column];
}

function gather<T extends Float32Array | Int32Array>(rows: T, row: number, query: T, width: number): void {
  const from = row * width;
  for (let column = 0; column < width; column++) query[column] = rows[from + column];
}
