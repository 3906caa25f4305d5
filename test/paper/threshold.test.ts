import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thresholdForRecall } from '../../paper/threshold.ts';

describe('thresholdForRecall', () => {
  it('is the score of the row that completes the recall', () => {
    const labels = Uint8Array.of(1, 0, 1, 1, 0, 1, 1);
    const scores = Float64Array.of(0.9, 0.95, 0.8, 0.3, 0.7, 0.6, 0.1);
    expect(thresholdForRecall(labels, scores, 1 / 5)).toBe(0.9);
    expect(thresholdForRecall(labels, scores, 3 / 5)).toBe(0.6);
    expect(thresholdForRecall(labels, scores, 0.61)).toBe(0.3);
    expect(thresholdForRecall(labels, scores, 1)).toBe(0.1);
  });

  it('is the highest threshold that reaches the recall', () => {
    const rows = fc.array(fc.record({ label: fc.constantFrom(0, 1), score: fc.integer({ min: 0, max: 9 }) }), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(rows, fc.double({ min: 0.01, max: 1, noNaN: true }), (drawn, recall) => {
        const all = [{ label: 1, score: 5 }, ...drawn];
        const labels = Uint8Array.from(all, ({ label }) => label);
        const scores = Float64Array.from(all, ({ score }) => score);
        const threshold = thresholdForRecall(labels, scores, recall);
        const recallAt = (least: number) =>
          all.filter(({ label, score }) => label === 1 && score >= least).length /
          all.filter(({ label }) => label === 1).length;
        expect(recallAt(threshold)).toBeGreaterThanOrEqual(recall - 1e-9);
        expect(recallAt(threshold + 1)).toBeLessThan(recall);
      }),
    );
  });

  it('asks for 9 of 10 rows where the recall is 0.9', () => {
    const scores = Float64Array.from({ length: 10 }, (_, i) => i);
    expect(thresholdForRecall(new Uint8Array(10).fill(1), scores, 0.1 + 0.8)).toBe(1);
  });

  it('needs a minority row', () => {
    expect(() => thresholdForRecall(Uint8Array.of(0), Float64Array.of(1), 0.5)).toThrow(
      'threshold: found no minority row, needed one at least',
    );
  });
});
