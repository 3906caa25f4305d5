import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitIsotonic } from '../../../../core/evaluation/calibration/isotonic.ts';
import { arbitraryRows, arbitraryScoredRows } from '../rows.ts';
import { golden } from './golden.ts';

describe('isotonic regression against scikit-learn', () => {
  it('has cases to compare', () => expect(golden.calibrators.length).toBe(14));

  for (const { name, labels, scores, queries, isotonic } of golden.calibrators) {
    it(name, () => {
      const fitted = fitIsotonic(Uint8Array.from(labels), Float64Array.from(scores));
      const found = fitted.probabilities(Float64Array.from(queries));
      for (const [n, expected] of isotonic.entries()) {
        expect(Math.abs(found[n] - expected), `at ${queries[n]}: ${found[n]}, not ${expected}`).toBeLessThan(1e-12);
      }
    });
  }
});

describe('fitIsotonic', () => {
  it('pools what falls, and goes straight between what it pooled', () => {
    const labels = Uint8Array.of(0, 1, 0, 1, 1);
    const fitted = fitIsotonic(labels, Float64Array.of(1, 2, 3, 5, 6));
    const asked = Float64Array.of(-9, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 99);
    expect([...fitted.probabilities(asked)]).toEqual([
      0,
      0,
      (1 / 2) * (1 / 2),
      1 / 2,
      1 / 2,
      1 / 2,
      1 / 2 + (1 / 2) * (1 / 4),
      1 / 2 + (1 / 2) * (2 / 4),
      1,
      1,
      1,
    ]);
    expect(fitted.toJSON()).toEqual({ type: 'isotonic', scores: [1, 2, 3, 5, 6], probabilities: [0, 0.5, 0.5, 1, 1] });
  });

  it('keeps two corners of neighbouring scores that have the same probability', () => {
    const fitted = fitIsotonic(Uint8Array.of(0, 1, 0, 1, 0, 1), Float64Array.of(1, 1, 2, 2, 3, 3));
    expect(fitted.toJSON()).toEqual({ type: 'isotonic', scores: [1, 3], probabilities: [1 / 2, 1 / 2] });
  });

  it('is the mean of constant scores, and certain where rows are of one class', () => {
    const constant = fitIsotonic(Uint8Array.of(0, 1, 0, 0), new Float64Array(4).fill(3));
    expect([...constant.probabilities(Float64Array.of(-1, 3, 8))]).toEqual([1 / 4, 1 / 4, 1 / 4]);
    const minority = fitIsotonic(Uint8Array.of(1, 1), Float64Array.of(3, 4));
    expect([...minority.probabilities(Float64Array.of(-1, 3.5))]).toEqual([1, 1]);
  });

  it('is the highest of the lowest means of neighbouring rows: the least squares among what never falls', () => {
    fc.assert(
      fc.property(arbitraryRows(1), ({ labels, scores }) => {
        const distinct = [...new Set(scores)].sort((a, b) => a - b);
        const meanOf = (low: number, high: number) => {
          const among = [...labels].filter((_, row) => scores[row] >= low && scores[row] <= high);
          return among.reduce((sum, label) => sum + label, 0) / among.length;
        };
        const found = fitIsotonic(labels, scores).probabilities(Float64Array.from(distinct));
        const expected = distinct.map((_, n) =>
          Math.max(
            ...distinct.slice(0, n + 1).map((low) => Math.min(...distinct.slice(n).map((high) => meanOf(low, high)))),
          ),
        );
        for (const [n, value] of expected.entries()) expect(found[n]).toBeCloseTo(value, 13);
      }),
    );
  });

  it('never falls, stays between 0 and 1, and knows no order of rows, whatever the scores', () => {
    const asked = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 20 });
    fc.assert(
      fc.property(arbitraryScoredRows(), asked, ({ labels, scores }, queries) => {
        const fitted = fitIsotonic(labels, scores);
        const sorted = Float64Array.from([...queries, ...scores, ...scores.map((score) => score / 2 + 1)]).sort();
        const found = fitted.probabilities(sorted);
        for (let n = 0; n < found.length; n++) {
          expect(found[n]).toBeGreaterThanOrEqual(n === 0 ? 0 : found[n - 1]);
          expect(found[n]).toBeLessThanOrEqual(1);
        }
        const reversed = fitIsotonic(labels.toReversed(), scores.toReversed());
        expect(reversed.probabilities(sorted)).toEqual(found);
      }),
    );
  });

  it('names what does not fit', () => {
    const fit = (labels: number[], scores: number[]) => () =>
      fitIsotonic(Uint8Array.from(labels), Float64Array.from(scores));
    expect(fit([], [])).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: labels: found none, needed rows to calibrate by]`,
    );
    expect(fit([1], [1, 2])).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: scores: found 2, needed 1, one per label]`,
    );
    expect(fit([2], [1])).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: labels: found 2 at row 0, needed 0 (majority) or 1 (minority)]`,
    );
    expect(fit([0, 1], [1, Number.NaN])).toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteValueError: scores: found NaN at row 1, needed finite numbers]`,
    );
    const fitted = fit([0, 1], [1, 2])();
    expect(() => fitted.probabilities(Float64Array.of(0, Number.NaN))).toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteValueError: scores: found NaN at row 1, needed finite numbers]`,
    );
  });
});
