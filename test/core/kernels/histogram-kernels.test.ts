import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HistogramColumns } from '../../../core/kernels/histogram-kernels.ts';
import { Xoshiro128 } from '../../../core/random/rng.ts';

/** Bins of every column, and whole numbers in pairs, for rows of which some are asked for. */
function draw(columns: number, rows: number, seed: number) {
  const rng = new Xoshiro128(seed, columns, rows, 1);
  return {
    bins: Array.from({ length: columns }, () => new Uint8Array(rows).map(() => rng.nextUint32() & 255)),
    pairs: new Float64Array(2 * rows).map(() => rng.nextUint32() - 2 ** 31),
    list: Int32Array.from({ length: rows }, (_, row) => row).filter(() => rng.nextUint32() % 3 > 0),
  };
}

describe('HistogramColumns', () => {
  it('adds up, in each bin of each column, the pairs of the rows that are in it', () => {
    const columns = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(columns, fc.integer({ min: 1, max: 60 }), fc.nat(), (columns, rows, seed) => {
        const { bins, pairs, list } = draw(columns, rows, seed);
        const found = new HistogramColumns(bins, rows).of(list, pairs);
        const expected = new Float64Array(found.length);
        for (const [c, ofColumn] of bins.entries()) {
          for (const row of list) {
            const at = HistogramColumns.startOf(c) + 2 * ofColumn[row];
            expected[at] += pairs[2 * row];
            expected[at + 1] += pairs[2 * row + 1];
          }
        }
        const asked = 512 * columns;
        expect(found.subarray(0, asked)).toEqual(expected.subarray(0, asked));
      }),
    );
  });

  it('starts from zeros each time, and adds any number of rows, next to each other or not', () => {
    const { bins, pairs, list } = draw(5, 10_000, 0);
    const columns = new HistogramColumns(bins, 10_000);
    const total = (rows: Int32Array, part: number) => rows.reduce((sum, row) => sum + pairs[2 * row + part], 0);
    for (const rows of [list, list.subarray(1), Int32Array.from(bins[0].keys()), list.subarray(0, 0)]) {
      const found = columns.of(rows, pairs);
      for (let c = 0; c < 5; c++) {
        const ofColumn = found.subarray(HistogramColumns.startOf(c), HistogramColumns.startOf(c + 1));
        const sums = [0, 1].map((part) => ofColumn.filter((_, i) => i % 2 === part).reduce((a, b) => a + b, 0));
        expect(sums).toEqual([total(rows, 0), total(rows, 1)]);
      }
    }
  });

  it('refuses rows that do not fit, and says what to do', () => {
    const wide = new Array<Uint8Array>(4000).fill(new Uint8Array());
    expect(() => new HistogramColumns(wide, 2 ** 21)).toThrow(
      "histograms: found no room in WebAssembly's memory for 2097152 rows of 4000 columns, needed 4 GiB to hold all; choose " +
        'fewer rows, for example by under-sampling',
    );
  });
});
