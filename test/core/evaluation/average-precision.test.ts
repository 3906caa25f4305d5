import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrecision } from '../../../core/evaluation/average-precision.ts';

describe('averagePrecision', () => {
  it('sums precision over the steps of recall', () => {
    const labels = Uint8Array.of(1, 0, 1, 0, 1);
    const scores = Float64Array.of(0.9, 0.8, 0.7, 0.6, 0.5);
    expect(averagePrecision(labels, scores)).toBeCloseTo((1 / 1 + 2 / 3 + 3 / 5) / 3, 15);
  });

  it('is the share of the minority where all scores are equal', () => {
    expect(averagePrecision(Uint8Array.of(0, 0, 1, 0), new Float64Array(4).fill(7))).toBe(1 / 4);
  });

  it('takes 0 and -0 for the same score', () => {
    expect(averagePrecision(Uint8Array.of(1, 0), Float64Array.of(0, -0))).toBe(1 / 2);
  });

  it('is undefined without minority rows, and 1 without majority rows', () => {
    expect(averagePrecision(Uint8Array.of(0, 0), Float64Array.of(1, 2))).toBeNull();
    expect(averagePrecision(Uint8Array.of(1, 1), Float64Array.of(1, 2))).toBe(1);
  });

  it('depends neither on the order of the rows nor on the scale of the scores', () => {
    const row = fc.record({ label: fc.integer({ min: 0, max: 1 }), score: fc.integer({ min: -3, max: 3 }) });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
        const of = (list: typeof rows, scale: (score: number) => number) =>
          averagePrecision(
            Uint8Array.from(list, ({ label }) => label),
            Float64Array.from(list, ({ score }) => scale(score)),
          );
        const found = of(rows, (score) => score);
        expect(of(rows.toReversed(), (score) => score)).toBe(found);
        expect(of(rows, (score) => Math.exp(score))).toBe(found);
      }),
    );
  });
});
