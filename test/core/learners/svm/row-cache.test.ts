import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Move, RowCache } from '../../../../core/learners/svm/row-cache.ts';

const FLOAT_BYTES = 4;

/** A kernel matrix whose value tells its row and column, and the columns' places. */
class NumberedKernel {
  readonly #rows: number;
  readonly columns: Int32Array;
  readonly evaluated: [row: number, from: number, to: number][] = [];

  constructor(rows: number) {
    this.#rows = rows;
    this.columns = Int32Array.from({ length: rows }, (_, column) => column);
  }

  valueAt(row: number, place: number): number {
    return row * this.#rows + this.columns[place];
  }

  readonly evaluate = (row: number, from: number, to: number): Float32Array => {
    this.evaluated.push([row, from, to]);
    const places = Array.from({ length: this.#rows }, (_, place) => place);
    return Float32Array.from(places, (place) => (place < from || place >= to ? Number.NaN : this.valueAt(row, place)));
  };

  /** Swaps the places of each move. */
  follow(moves: readonly Move[]): void {
    for (const { to, from } of moves) {
      [this.columns[to], this.columns[from]] = [this.columns[from], this.columns[to]];
    }
  }
}

function read(cache: RowCache, kernel: NumberedKernel, row: number, length: number): number[] {
  const start = cache.fetch(row, length, kernel.evaluate);
  return [...cache.values.subarray(start, start + length)];
}

describe('the cache of kernel rows', () => {
  it('evaluates a row once, and then only what is asked for beyond it', () => {
    const kernel = new NumberedKernel(6);
    const cache = new RowCache(6, 6 * 6 * FLOAT_BYTES);
    for (const length of [2, 2, 5, 3]) read(cache, kernel, 1, length);
    expect(kernel.evaluated).toEqual([
      [1, 0, 2],
      [1, 2, 5],
    ]);
  });

  it('gives up the row that was not asked for the longest', () => {
    const kernel = new NumberedKernel(4);
    const cache = new RowCache(4, 3 * 4 * FLOAT_BYTES);
    for (const row of [0, 1, 2, 0, 3, 0, 2, 1]) read(cache, kernel, row, 4);
    expect(kernel.evaluated.map(([row]) => row)).toEqual([0, 1, 2, 3, 1]);
    expect(cache.values.length).toBe(3 * 4);
  });

  it('keeps two rows however little room there is', () => {
    const kernel = new NumberedKernel(5);
    const cache = new RowCache(5, 1);
    const first = cache.fetch(3, 5, kernel.evaluate);
    cache.fetch(4, 5, kernel.evaluate);
    expect([...cache.values.subarray(first, first + 5)]).toEqual(
      [0, 1, 2, 3, 4].map((place) => kernel.valueAt(3, place)),
    );
  });

  it('has room for more rows when they are shorter', () => {
    const kernel = new NumberedKernel(8);
    const cache = new RowCache(8, 2 * 8 * FLOAT_BYTES);
    cache.rearrange([], 4);
    for (const row of [0, 1, 2, 3, 0, 1, 2, 3]) read(cache, kernel, row, 4);
    expect(kernel.evaluated.map(([row]) => row)).toEqual([0, 1, 2, 3]);
  });

  it('always gives the values at the places as they are now', () => {
    const rows = 12;
    const operation = fc.oneof(
      { weight: 6, arbitrary: fc.record({ row: fc.nat(rows - 1) }) },
      { weight: 1, arbitrary: fc.record({ drop: fc.subarray(Array.from({ length: rows }, (_, i) => i)) }) },
      { weight: 1, arbitrary: fc.constant('restore' as const) },
    );
    fc.assert(
      fc.property(
        fc.array(operation, { maxLength: 60, size: 'max' }),
        fc.integer({ min: 1, max: 700 }),
        (operations, bytes) => {
          const kernel = new NumberedKernel(rows);
          const cache = new RowCache(rows, bytes);
          let active = rows;
          for (const next of operations) {
            if (next === 'restore') {
              active = rows;
              cache.rearrange([], rows);
            } else if ('drop' in next) {
              const { moves, kept } = movesToDrop(next.drop, active);
              kernel.follow(moves);
              active = Math.max(1, kept);
              cache.rearrange(moves, active);
            } else {
              const expected = Array.from({ length: active }, (_, place) => kernel.valueAt(next.row, place));
              expect(read(cache, kernel, next.row, active)).toEqual(expected);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Fills the places that are dropped with the last ones that are kept. */
function movesToDrop(places: readonly number[], active: number): { moves: Move[]; kept: number } {
  const dropped = new Set(places.filter((place) => place < active));
  const kept = active - dropped.size;
  const holes = [...dropped].filter((place) => place < kept).sort((a, b) => a - b);
  const last = Array.from({ length: active }, (_, place) => place).filter(
    (place) => place >= kept && !dropped.has(place),
  );
  return { moves: holes.map((to, i) => ({ to, from: last[last.length - 1 - i] })), kept };
}
