import { InvalidArgumentError } from '../../errors.ts';
import type { PackedRows } from '../../kernels/svm-kernels.ts';
import type { Matrix } from '../../table/matrix.ts';

/** How the rows of a matrix are packed for the kernels. */
export interface Packing {
  /** the columns that are packed as numbers: (x - offset) * scale, rounded to single precision */
  readonly numbers: Int32Array;
  /** the columns that are packed as bits; in rows that are packed they hold 0 or 1 only */
  readonly indicators: Int32Array;
  /** one per number */
  readonly offsets: Float64Array;
  /** a power of two: multiplying by it is exact and keeps squares in the range of single precision */
  readonly scale: number;
}

const WORD_BITS = 32;

/** The columns that hold nothing but 0 and 1, and the others, each ascending. */
export function splitColumns({ rows, columns, data }: Matrix): Pick<Packing, 'numbers' | 'indicators'> {
  const isNumber = new Uint8Array(columns);
  for (let row = 0; row < rows; row++) {
    const base = row * columns;
    for (let column = 0; column < columns; column++) isNumber[column] |= isIndicator(data[base + column]) ? 0 : 1;
  }
  const all = Int32Array.from(isNumber.keys());
  return {
    numbers: all.filter((column) => isNumber[column] === 1),
    indicators: all.filter((column) => isNumber[column] === 0),
  };
}

/** No column as bits: rows that hold other values than 0 and 1 are packed this way. */
export function withoutIndicators(columns: number, scale: number): Packing {
  return {
    numbers: Int32Array.from({ length: columns }, (_, column) => column),
    indicators: new Int32Array(),
    offsets: new Float64Array(columns),
    scale,
  };
}

/** Whether the indicator columns of the row hold 0 and 1 only, as packing wants it. */
export function isPackable({ columns, data }: Matrix, row: number, { indicators }: Packing): boolean {
  const base = row * columns;
  for (let i = 0; i < indicators.length; i++) if (!isIndicator(data[base + indicators[i]])) return false;
  return true;
}

export function packRows(matrix: Matrix, packing: Packing): PackedRows {
  const packed = unfilledRows(matrix.rows, packing);
  for (let row = 0; row < matrix.rows; row++) packRow(matrix, row, packing, packed, row);
  return packed;
}

/** Room for `rows` packed rows, all 0. */
export function unfilledRows(rows: number, { numbers, indicators }: Packing): PackedRows {
  const wordCount = Math.ceil(indicators.length / WORD_BITS);
  return {
    rows,
    numberCount: numbers.length,
    wordCount,
    numbers: new Float32Array(rows * numbers.length),
    words: new Int32Array(rows * wordCount),
  };
}

/** Packs the row `row` of the matrix as row `to` of `packed`. */
export function packRow(
  { columns, data }: Matrix,
  row: number,
  packing: Packing,
  packed: PackedRows,
  to: number,
): void {
  const { numbers, indicators, offsets, scale } = packing;
  const base = row * columns;
  const firstNumber = to * packed.numberCount;
  for (let i = 0; i < numbers.length; i++) {
    packed.numbers[firstNumber + i] = (data[base + numbers[i]] - offsets[i]) * scale;
  }
  const firstWord = to * packed.wordCount;
  packed.words.fill(0, firstWord, firstWord + packed.wordCount);
  for (let i = 0; i < indicators.length; i++) {
    packed.words[firstWord + (i >>> 5)] |= data[base + indicators[i]] << (i & (WORD_BITS - 1));
  }
}

/**
 * Packed training rows must be finite, so that no difference of two of them is NaN.
 *
 * @throws InvalidArgumentError at the first number that scaling by the kernel's width took out of single precision's
 * range
 */
export function requireFinitePacked({ numberCount, numbers }: PackedRows, packing: Packing, gamma: number): void {
  const at = numbers.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new InvalidArgumentError(
    `svm, gamma: found ${gamma}, which is out of proportion to column ${packing.numbers[at % numberCount]}; ` +
      'needed a smaller gamma or a column of smaller numbers, for example a standardized one',
  );
}

function isIndicator(value: number): boolean {
  return value === 0 || value === 1;
}
