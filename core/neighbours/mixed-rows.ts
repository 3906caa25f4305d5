import { InvalidArgumentError, NonFiniteValueError } from '../errors.ts';

/** Rows of numbers and of codes, which are either the same or not: categories without an order. */
export interface MixedRows {
  readonly rows: number;
  /** numbers per row */
  readonly numberCount: number;
  /** codes per row, up to 255 */
  readonly codeCount: number;
  /** rows * numberCount values, row after row, finite */
  readonly numbers: Float32Array;
  /** rows * codeCount codes, row after row */
  readonly codes: Uint8Array;
}

const MOST_CODES = 255;

/** The rows at `indices`, in that order. */
export function takeMixedRows(from: MixedRows, indices: Int32Array): MixedRows {
  const { numberCount, codeCount } = from;
  const numbers = new Float32Array(indices.length * numberCount);
  const codes = new Uint8Array(indices.length * codeCount);
  indices.forEach((row, i) => {
    numbers.set(from.numbers.subarray(row * numberCount, (row + 1) * numberCount), i * numberCount);
    codes.set(from.codes.subarray(row * codeCount, (row + 1) * codeCount), i * codeCount);
  });
  return { rows: indices.length, numberCount, codeCount, numbers, codes };
}

/**
 * @param what names the rows in the message
 * @throws InvalidArgumentError (lists of other lengths, too many codes), NonFiniteValueError (with row and column)
 */
export function requireMixedRows({ rows, numberCount, codeCount, numbers, codes }: MixedRows, what: string): void {
  if (codeCount > MOST_CODES) {
    throw new InvalidArgumentError(`${what}: found ${codeCount} codes per row, needed at most ${MOST_CODES}`);
  }
  requireLength(numbers.length, rows * numberCount, `${what}, numbers`);
  requireLength(codes.length, rows * codeCount, `${what}, codes`);
  const at = numbers.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    const place = `row ${Math.floor(at / numberCount)}, column ${at % numberCount}`;
    throw new NonFiniteValueError(`${what}: found ${numbers[at]} at ${place}, needed finite numbers`);
  }
}

function requireLength(found: number, needed: number, what: string): void {
  if (found !== needed) throw new InvalidArgumentError(`${what}: found ${found} values, needed ${needed}`);
}
