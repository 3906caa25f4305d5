import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KernelRows, type PackedRows } from '../../../core/kernels/svm-kernels.ts';
import { Xoshiro128 } from '../../../core/random/rng.ts';

/** What rounding the exponent to single precision does to the exponential, for each unit of the exponent. */
const SINGLE_PRECISION = 2 ** -23;

const shapes = fc.record({
  rows: fc.integer({ min: 1, max: 40 }),
  numberCount: fc.integer({ min: 0, max: 9 }),
  wordCount: fc.integer({ min: 0, max: 4 }),
  seed: fc.nat(),
});

function drawRows(rows: number, numberCount: number, wordCount: number, seed: number): PackedRows {
  const rng = new Xoshiro128(seed, rows, numberCount, 1);
  return {
    rows,
    numberCount,
    wordCount,
    numbers: new Float32Array(rows * numberCount).map(() => rng.nextNormal()),
    words: new Int32Array(rows * wordCount).map(() => rng.nextUint32()),
  };
}

function inPlaces(packed: PackedRows, kernel: ConstructorParameters<typeof KernelRows>[2]): KernelRows {
  const rows = new KernelRows(packed.rows, packed, kernel);
  for (let row = 0; row < packed.rows; row++) rows.place(row, packed, row);
  return rows;
}

function numbersOf({ numbers, numberCount }: PackedRows, row: number): Float32Array {
  return numbers.subarray(row * numberCount, (row + 1) * numberCount);
}

function squaredDistance(packed: PackedRows, a: number, b: number): number {
  const other = numbersOf(packed, b);
  return numbersOf(packed, a).reduce((sum, value, i) => sum + (value - other[i]) ** 2, 0);
}

function differingBits({ words, wordCount }: PackedRows, a: number, b: number): number {
  let bits = 0;
  for (let i = 0; i < wordCount; i++) {
    const differing = (words[a * wordCount + i] ^ words[b * wordCount + i]) >>> 0;
    bits += differing.toString(2).replaceAll('0', '').length;
  }
  return bits;
}

describe('the RBF kernel', () => {
  const numberFactor = 0.25;
  const bitFactor = 0.0625;
  const kernel = { type: 'rbf', numberFactor, bitFactor } as const;

  it('is exp(-(numberFactor * |x - q|^2 + bitFactor * differing bits)) for every row from `from` to `to`', () => {
    const ranges = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(shapes, ranges, ({ rows, numberCount, wordCount, seed }, range) => {
        const packed = drawRows(rows, numberCount, wordCount, seed);
        const [from, to] = range.map((share) => Math.round(share * rows)).sort((a, b) => a - b);
        const query = seed % rows;
        const found = inPlaces(packed, kernel).evaluate(packed, query, from, to);
        for (let row = from; row < to; row++) {
          const exponent =
            numberFactor * squaredDistance(packed, row, query) + bitFactor * differingBits(packed, row, query);
          const expected = Math.exp(-exponent);
          expect(Math.abs(found[row] - expected)).toBeLessThan((2e-6 + SINGLE_PRECISION * exponent) * expected);
        }
      }),
    );
  });

  it('is the same to the bit from either side, wherever the row lies, and exactly 1 of a row with itself', () => {
    fc.assert(
      fc.property(shapes, ({ rows, numberCount, wordCount, seed }) => {
        const packed = drawRows(rows, numberCount, wordCount, seed);
        const placed = inPlaces(packed, kernel);
        const matrix = Array.from({ length: rows }, (_, row) =>
          [...placed.evaluate(packed, row, 0, rows)].slice(0, rows),
        );
        expect(matrix.map((_, column) => matrix.map((row) => row[column]))).toEqual(matrix);
        expect(matrix.map((row, i) => row[i])).toEqual(new Array(rows).fill(1));
        for (let place = 0; place < rows; place++) placed.place(place, packed, rows - 1 - place);
        expect([...placed.evaluate(packed, 0, 0, rows)].slice(0, rows).reverse()).toEqual(matrix[0]);
      }),
    );
  });

  it('has a smallest value above 0, and no NaN, however far rows are apart', () => {
    const packed = {
      rows: 2,
      numberCount: 1,
      wordCount: 0,
      numbers: Float32Array.of(3e38, -3e38),
      words: new Int32Array(),
    };
    const found = inPlaces(packed, kernel).evaluate(packed, 0, 0, 2);
    expect(found[0]).toBe(1);
    expect(found[1]).toBeGreaterThan(0);
    expect(found[1]).toBeLessThan(2e-38);
  });
});

describe('the linear kernel', () => {
  it('is the product, summed in the order of the columns in single precision, bit by bit', () => {
    fc.assert(
      fc.property(shapes, ({ rows, numberCount, seed }) => {
        const packed = drawRows(rows, numberCount, 0, seed);
        const placed = inPlaces(packed, { type: 'linear' });
        const query = seed % rows;
        const found = placed.evaluate(packed, query, 0, rows);
        for (let row = 0; row < rows; row++) {
          const values = numbersOf(packed, row);
          const product = numbersOf(packed, query).reduce(
            (sum, value, i) => Math.fround(sum + Math.fround(values[i] * value)),
            0,
          );
          expect(found[row]).toBe(product);
        }
      }),
    );
  });
});

describe('rows that do not fit', () => {
  it('are refused with what to do', () => {
    const wide = { rows: 1, numberCount: 2 ** 20, wordCount: 0, numbers: new Float32Array(), words: new Int32Array() };
    expect(() => new KernelRows(2000, wide, { type: 'linear' })).toThrow(
      "svm: found no room in WebAssembly's memory for 2000 rows of 1048576 numbers, needed 4 GiB to hold all; choose fewer " +
        'rows, for example by under-sampling',
    );
  });
});
