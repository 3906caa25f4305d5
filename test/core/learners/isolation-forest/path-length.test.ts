import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { anomalyScore, averagePathLength } from '../../../../core/learners/isolation-forest/path-length.ts';

describe('averagePathLength', () => {
  it('is c(n) of scikit-learn', () => {
    const { averagePathLengths } = JSON.parse(
      readFileSync(new URL('../golden/isolation-forest.json', import.meta.url), 'utf8'),
    ) as { averagePathLengths: [rows: number, length: number][] };
    expect(averagePathLengths.length).toBe(10);
    for (const [rows, length] of averagePathLengths) expect(averagePathLength(rows)).toBeCloseTo(length, 12);
  });

  it('is near the mean over all orders in which a search tree can be filled: 2 H(n - 1) - 2 (n - 1) / n', () => {
    for (const rows of [50, 256, 10_000]) {
      let harmonic = 0;
      for (let i = rows - 1; i > 0; i--) harmonic += 1 / i;
      const exact = 2 * harmonic - (2 * (rows - 1)) / rows;
      // H(i) = ln(i) + gamma + 1 / (2 i) - …
      expect(exact - averagePathLength(rows)).toBeCloseTo(1 / (rows - 1), 3);
    }
  });
});

describe('anomalyScore', () => {
  it('is 2^(-h / c(n)): half at the average, a quarter at twice that, 1 where nothing had to be asked', () => {
    const average = averagePathLength(256);
    expect(anomalyScore(average, 256)).toBe(1 / 2);
    expect(anomalyScore(2 * average, 256)).toBe(1 / 4);
    expect(anomalyScore(0, 256)).toBe(1);
    expect(anomalyScore(3, 2)).toBeCloseTo(2 ** -3, 15);
  });

  it('is half where a tree has one row, of which nothing can be told', () => {
    expect(anomalyScore(0, 1)).toBe(1 / 2);
  });
});
