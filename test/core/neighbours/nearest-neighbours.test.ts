import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { MixedRows } from '../../../core/neighbours/mixed-rows.ts';
import { nearestMixedNeighbours, nearestNeighbours } from '../../../core/neighbours/nearest-neighbours.ts';
import { createRng } from '../../../core/random/rng.ts';
import { createMatrix } from '../../../core/table/matrix.ts';

interface GoldenRows {
  readonly numbers: readonly number[];
  readonly codes: readonly number[];
}

interface GoldenCase {
  readonly name: string;
  readonly k: number;
  readonly numberCount: number;
  readonly codeCount: number;
  readonly reference: GoldenRows;
  readonly queries: GoldenRows | null;
  readonly indices: readonly number[];
  readonly distances: readonly number[];
}

const golden: readonly GoldenCase[] = JSON.parse(
  readFileSync(new URL('golden/nearest-neighbours.json', import.meta.url), 'utf8'),
);

function rowsOf({ numberCount, codeCount }: GoldenCase, { numbers, codes }: GoldenRows): MixedRows {
  return {
    rows: numbers.length / numberCount,
    numberCount,
    codeCount,
    numbers: Float32Array.from(numbers),
    codes: Uint8Array.from(codes),
  };
}

describe("scikit-learn's neighbours", () => {
  it.each(golden)('$name', (found) => {
    const reference = rowsOf(found, found.reference);
    const queries = found.queries ? rowsOf(found, found.queries) : reference;
    const { indices, distances } = nearestMixedNeighbours(reference, queries, found.k, {
      excludeSelf: found.queries === null,
    });
    expect([...indices]).toEqual(found.indices);
    distances.forEach((distance, i) => {
      expect(Math.abs(distance - found.distances[i])).toBeLessThan(1e-12 * Math.max(1, distance));
    });
  });
});

describe('nearestNeighbours', () => {
  const corners = createMatrix(4, 2, Float32Array.of(0, 0, 3, 4, 3, 4, 0, 1));

  it('gives the lower index first where rows are equally far', () => {
    const { indices, distances } = nearestNeighbours(corners, createMatrix(1, 2, Float32Array.of(3, 4)), 4);
    expect([...indices]).toEqual([1, 2, 3, 0]);
    expect([...distances]).toEqual([0, 0, Math.sqrt(3 ** 2 + 3 ** 2), Math.sqrt(3 ** 2 + 4 ** 2)]);
  });

  it('leaves out the row itself, and not its equal', () => {
    const { indices, distances } = nearestNeighbours(corners, corners, 1, { excludeSelf: true });
    expect([...indices]).toEqual([3, 2, 1, 0]);
    expect([...distances]).toEqual([1, 0, 0, 1]);
  });

  it('finds nothing for no queries', () => {
    expect(nearestNeighbours(corners, createMatrix(0, 2), 2)).toEqual({
      indices: new Int32Array(),
      distances: new Float64Array(),
    });
  });

  it('touches no row', () => {
    const before = structuredClone(corners);
    nearestNeighbours(corners, corners, 2);
    expect(corners).toEqual(before);
  });

  it('refuses what it cannot compare, with what it needs', () => {
    const near = (k: number, queries = corners, excludeSelf = false) =>
      nearestNeighbours(corners, queries, k, { excludeSelf });
    expect(() => near(1, createMatrix(1, 3))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: queries: found 3 columns, needed 2 columns as in the reference rows]`,
    );
    expect(() => near(1, createMatrix(1, 2), true)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: queries: found 1 rows, needed 4, the reference rows, for excludeSelf]`,
    );
    expect(() => near(0)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: neighbours, k: found 0, needed a whole number from 1]`,
    );
    expect(() => near(1.5)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: neighbours, k: found 1.5, needed a whole number from 1]`,
    );
    expect(() => near(5)).toThrowErrorMatchingInlineSnapshot(
      `[TooFewRowsError: neighbours: found 4 reference rows, needed at least 5]`,
    );
    expect(() => near(4, corners, true)).toThrowErrorMatchingInlineSnapshot(
      `[TooFewRowsError: neighbours: found 3 reference rows besides the query itself, needed at least 4]`,
    );
    expect(() => near(1, createMatrix(1, 2, Float32Array.of(1, Number.NaN)))).toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteValueError: queries: found NaN at row 0, column 1, needed finite numbers]`,
    );
    expect(() => nearestNeighbours(createMatrix(0, 2), corners, 1)).toThrowErrorMatchingInlineSnapshot(
      `[TooFewRowsError: neighbours: found 0 reference rows, needed at least 1]`,
    );
  });
});

describe('nearestMixedNeighbours', () => {
  const rng = createRng(0, 'mixed-neighbours');
  const rows: MixedRows = {
    rows: 200,
    numberCount: 3,
    codeCount: 2,
    numbers: new Float32Array(600).map(() => rng.nextNormal()),
    codes: new Uint8Array(400).map(() => rng.nextInt(4)),
  };

  it('is the distance of one-hot columns of 0 and 1 where a differing code adds 2', () => {
    const wide = createMatrix(200, 11);
    for (let row = 0; row < 200; row++) {
      wide.data.set(rows.numbers.subarray(row * 3, row * 3 + 3), row * 11);
      for (let c = 0; c < 2; c++) wide.data[row * 11 + 3 + 4 * c + rows.codes[row * 2 + c]] = 1;
    }
    const mixed = nearestMixedNeighbours(rows, rows, 4, { excludeSelf: true, mismatch: 2 });
    const oneHot = nearestNeighbours(wide, wide, 4, { excludeSelf: true });
    expect(mixed.indices).toEqual(oneHot.indices);
    mixed.distances.forEach((distance, i) => {
      expect(distance).toBeCloseTo(oneHot.distances[i], 12);
    });
  });

  it('refuses a mismatch out of range, and rows of other shapes', () => {
    expect(() => nearestMixedNeighbours(rows, rows, 1, { mismatch: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: neighbours, mismatch: found -1, needed 0 or a number from 1e-30 to 1e30]`,
    );
    expect(() => nearestMixedNeighbours(rows, rows, 1, { mismatch: 1e300 })).toThrow(
      'neighbours, mismatch: found 1e+300, needed 0 or a number from 1e-30 to 1e30',
    );
    const numbersOnly = { ...rows, codeCount: 0, codes: new Uint8Array() };
    expect(() => nearestMixedNeighbours(rows, numbersOnly, 1)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: queries: found 3 columns, needed 3 numbers and 2 codes as in the reference rows]`,
    );
    expect(() => nearestMixedNeighbours({ ...rows, rows: 201 }, rows, 1)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: reference rows, numbers: found 600 values, needed 603]`,
    );
    const manyCodes = { ...rows, codeCount: 256, codes: new Uint8Array(200 * 256) };
    expect(() => nearestMixedNeighbours(manyCodes, manyCodes, 1)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: reference rows: found 256 codes per row, needed at most 255]`,
    );
  });
});
