import { describe, expect, it } from 'vitest';
import { stratifiedSample } from '../../../core/protocol/stratified-sample.ts';
import { createRng } from '../../../core/random/rng.ts';

/** Every tenth row is minority. */
const LABELS = Uint8Array.from({ length: 1000 }, (_, row) => (row % 10 === 0 ? 1 : 0));

describe('stratifiedSample', () => {
  it('takes all rows where there are no more than asked for', () => {
    expect([...stratifiedSample(LABELS.slice(0, 3), 3, createRng(0, 'all'))]).toEqual([0, 1, 2]);
  });

  it('keeps the share of the minority, in ascending rows of which none comes twice', () => {
    const rows = stratifiedSample(LABELS, 200, createRng(0, 'share'));
    expect(rows.filter((row) => LABELS[row] === 1)).toHaveLength(200 / 10);
    expect(new Set(rows).size).toBe(200);
    expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
  });

  it('takes one minority row at the least', () => {
    const labels = new Uint8Array(500);
    labels[499] = 1;
    expect(stratifiedSample(labels, 10, createRng(0, 'one'))).toContain(499);
  });

  it('draws every row of a class alike', () => {
    const drawn = new Float64Array(20);
    const labels = LABELS.slice(0, 20);
    for (let seed = 0; seed < 2000; seed++) {
      for (const row of stratifiedSample(labels, 10, createRng(seed, 'alike'))) drawn[row]++;
    }
    // Of 18 majority rows 9 are drawn, of 2 minority rows 1: each row with probability 1/2.
    for (const count of drawn) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(2000 / 4));
  });

  it('refuses a number of rows that cannot hold both classes', () => {
    expect(() => stratifiedSample(LABELS, 1, createRng(0, 'few'))).toThrow(
      'found at most 1 rows, needed a whole number',
    );
  });
});
