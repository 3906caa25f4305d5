import { describe, expect, it } from 'vitest';
import { rowSampler } from '../../../../core/learners/isolation-forest/row-sampler.ts';
import { createRng } from '../../../../core/random/rng.ts';
import { createMatrix } from '../../../../core/table/matrix.ts';

const column = (...values: number[]) => createMatrix(values.length, 1, Float32Array.from(values));

/** How often each value is drawn. */
function countDraws(values: number[], weights: number[], count: number, times: number): Map<number, number> {
  const matrix = column(...values);
  const draw = rowSampler(matrix, Float64Array.from(weights));
  const rng = createRng(0, 'row-sampler');
  const counts = new Map<number, number>();
  for (let i = 0; i < times; i++) {
    for (const row of draw(count, rng)) counts.set(matrix.data[row], (counts.get(matrix.data[row]) ?? 0) + 1);
  }
  return counts;
}

describe('rowSampler', () => {
  it('draws rows of equal weight without replacement, a row that is given twice as two', () => {
    const draw = rowSampler(column(5, 6, 6, 7), new Float64Array(4).fill(3));
    const rng = createRng(0, 'row-sampler');
    for (let i = 0; i < 20; i++) {
      const drawn = [...draw(4, rng)].map((row) => [5, 6, 6, 7][row]).sort();
      expect(drawn).toEqual([5, 6, 6, 7]);
    }
  });

  it('draws each row, and each pair of rows, equally often', () => {
    const times = 6000;
    const draw = rowSampler(column(0, 1, 2, 3), new Float64Array(4).fill(1));
    const rng = createRng(1, 'row-sampler');
    const pairs = new Map<string, number>();
    for (let i = 0; i < times; i++) {
      const pair = [...draw(2, rng)].sort().join();
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
    expect([...pairs.keys()].sort()).toEqual(['0,1', '0,2', '0,3', '1,2', '1,3', '2,3']);
    const chiSquare = [...pairs.values()].reduce((sum, found) => sum + (found - times / 6) ** 2 / (times / 6), 0);
    // The 99.9th percentile of chi-square with five degrees of freedom.
    expect(chiSquare).toBeLessThan(20.5);
  });

  it('draws rows of other weights in proportion to them, with replacement', () => {
    const times = 10_000;
    const counts = countDraws([4, 5, 6], [1, 2, 7], 5, times);
    const expected = [5 * times * 0.1, 5 * times * 0.2, 5 * times * 0.7];
    const chiSquare = [4, 5, 6].reduce(
      (sum, value, i) => sum + ((counts.get(value) ?? 0) - expected[i]) ** 2 / expected[i],
      0,
    );
    // The 99.9th percentile of chi-square with two degrees of freedom.
    expect(chiSquare).toBeLessThan(13.8);
  });

  it('draws the same values whatever the order of the rows', () => {
    expect(countDraws([4, 5, 6, 6], [1, 1, 1, 1], 2, 3)).toEqual(countDraws([6, 5, 6, 4], [1, 1, 1, 1], 2, 3));
    expect(countDraws([4, 5, 6], [1, 2, 7], 5, 3)).toEqual(countDraws([6, 4, 5], [7, 1, 2], 5, 3));
  });
});
