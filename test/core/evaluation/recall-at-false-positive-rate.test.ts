import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countConfusion } from '../../../core/evaluation/confusion-counts.ts';
import { falsePositiveRate, recall } from '../../../core/evaluation/confusion-scores.ts';
import { recallAtFalsePositiveRate } from '../../../core/evaluation/recall-at-false-positive-rate.ts';

describe('recallAtFalsePositiveRate', () => {
  const labels = Uint8Array.of(1, 0, 1, 0, 1, 0, 0);
  const scores = Float64Array.of(6, 5, 4, 3, 2, 1, 0);

  it('takes the highest recall of the thresholds at the rate', () => {
    expect(recallAtFalsePositiveRate(labels, scores, 0)).toBe(1 / 3);
    expect(recallAtFalsePositiveRate(labels, scores, 1 / 4)).toBe(2 / 3);
    expect(recallAtFalsePositiveRate(labels, scores, 2 / 4)).toBe(3 / 3);
    expect(recallAtFalsePositiveRate(labels, scores, 1)).toBe(1);
  });

  it('goes straight from one point to the next', () => {
    const tied = Float64Array.of(6, 4, 4, 4, 4, 4, 4);
    expect(recallAtFalsePositiveRate(labels, tied, 1 / 2)).toBeCloseTo(1 / 3 + (2 / 3) * (1 / 2), 15);
  });

  it('gives the rate itself where all scores are equal', () => {
    expect(recallAtFalsePositiveRate(labels, new Float64Array(7), 0.3)).toBeCloseTo(0.3, 15);
  });

  it('is undefined where labels are all of one class, or the rate is', () => {
    expect(recallAtFalsePositiveRate(new Uint8Array(7), scores, 0.5)).toBeNull();
    expect(recallAtFalsePositiveRate(new Uint8Array(7).fill(1), scores, 0.5)).toBeNull();
    expect(recallAtFalsePositiveRate(labels, scores, null)).toBeNull();
  });

  it('refuses what is no rate', () => {
    expect(() => recallAtFalsePositiveRate(labels, scores, 1.5)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: false-positive rate: found 1.5, needed a number from 0 to 1]`,
    );
    expect(() => recallAtFalsePositiveRate(labels, scores, Number.NaN)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: false-positive rate: found NaN, needed a number from 0 to 1]`,
    );
  });

  it('is at least the recall of any threshold at its own false-positive rate, and rises with the rate', () => {
    const row = fc.record({ label: fc.integer({ min: 0, max: 1 }), score: fc.integer({ min: 0, max: 9 }) });
    const threshold = fc.integer({ min: -1, max: 9 });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 2, maxLength: 40 }),
        threshold,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rows, cut, rate) => {
          const is = Uint8Array.from(rows, ({ label }) => label);
          const scored = Float64Array.from(rows, ({ score }) => score);
          const counts = countConfusion({
            labels: is,
            predictions: Uint8Array.from(scored, (score) => (score > cut ? 1 : 0)),
          });
          const own = falsePositiveRate(counts);
          const there = recallAtFalsePositiveRate(is, scored, own);
          if (there === null || own === null) return;
          expect(there).toBeGreaterThanOrEqual(recall(counts) ?? Number.NaN);
          const elsewhere = recallAtFalsePositiveRate(is, scored, rate) ?? Number.NaN;
          expect((elsewhere - there) * Math.sign(rate - own)).toBeGreaterThanOrEqual(-1e-12);
        },
      ),
    );
  });
});
