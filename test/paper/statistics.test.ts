import { describe, expect, it } from 'vitest';
import { pairedDifference, spread } from '../../paper/statistics.ts';

describe('spread', () => {
  it('has the mean, and the deviation with n - 1 in the denominator', () => {
    const { mean, deviation } = spread([2, 4, 9]);
    expect(mean).toBe((2 + 4 + 9) / 3);
    expect(deviation).toBeCloseTo(Math.sqrt((3 ** 2 + 1 ** 2 + 4 ** 2) / 2), 12);
  });

  it('has no deviation for one seed, and nothing where a value is not defined', () => {
    expect(spread([7])).toEqual({ mean: 7, deviation: null });
    expect(spread([7, null, 8])).toEqual({ mean: null, deviation: null });
    expect(spread([])).toEqual({ mean: null, deviation: null });
  });
});

describe('pairedDifference', () => {
  it('is taken seed by seed: a shift that all seeds share has no error, however far the seeds lie apart', () => {
    expect(pairedDifference([11, 101, 1001], [1, 91, 991])).toEqual({ mean: 10, standardError: 0 });
  });

  it('has the standard error of the differences, not of the values', () => {
    const { mean, standardError } = pairedDifference([1, 5, 3], [0, 1, 2]);
    expect(mean).toBe((1 + 4 + 1) / 3);
    expect(standardError).toBeCloseTo(Math.sqrt((1 ** 2 + 2 ** 2 + 1 ** 2) / 2) / Math.sqrt(3), 12);
  });

  it('has no error for one seed, and nothing where a value is not defined on either side', () => {
    expect(pairedDifference([3], [1])).toEqual({ mean: 2, standardError: null });
    expect(pairedDifference([3, 4], [1, null])).toEqual({ mean: null, standardError: null });
    expect(pairedDifference([null, 4], [1, 2])).toEqual({ mean: null, standardError: null });
  });
});
