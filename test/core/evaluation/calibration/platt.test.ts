import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitPlatt } from '../../../../core/evaluation/calibration/platt.ts';
import { createRng } from '../../../../core/random/rng.ts';
import { arbitraryScoredRows } from '../rows.ts';
import { golden } from './golden.ts';

describe("Platt's scaling against scikit-learn", () => {
  it('has cases to compare', () => expect(golden.calibrators.length).toBe(14));

  for (const { name, labels, scores, queries, sigmoid } of golden.calibrators) {
    it(name, () => {
      const fitted = fitPlatt(Uint8Array.from(labels), Float64Array.from(scores));
      const found = fitted.probabilities(Float64Array.from(queries));
      for (const [n, expected] of sigmoid.entries()) {
        // scikit-learn's optimizer stops at a gradient of 1e-6, or where the loss moves by less than 1.4e-14 of it
        expect(Math.abs(found[n] - expected), `at ${queries[n]}: ${found[n]}, not ${expected}`).toBeLessThan(5e-6);
      }
    });
  }
});

describe('fitPlatt', () => {
  it('leaves no gradient: softened labels and probabilities agree in their sum, and weighted by the scores', () => {
    for (const { name, labels, scores } of golden.calibrators) {
      const minority = labels.filter((label) => label === 1).length;
      const targets = labels.map((label) =>
        label === 1 ? (minority + 1) / (minority + 2) : 1 / (labels.length - minority + 2),
      );
      const found = fitPlatt(Uint8Array.from(labels), Float64Array.from(scores)).probabilities(
        Float64Array.from(scores),
      );
      const size = Math.max(...scores.map(Math.abs), 1e-300);
      const residuals = targets.map((target, row) => target - found[row]);
      expect(Math.abs(residuals.reduce((sum, residual) => sum + residual, 0)) / labels.length, name).toBeLessThan(1e-9);
      const weighted = residuals.reduce((sum, residual, row) => sum + (residual * scores[row]) / size, 0);
      expect(Math.abs(weighted) / labels.length, name).toBeLessThan(1e-9);
    }
  });

  it('finds the log-odds that the rows were drawn by', () => {
    const rng = createRng(0, 'platt');
    const scores = Float64Array.from({ length: 40_000 }, () => 3 * rng.nextNormal());
    const labels = Uint8Array.from(scores, (score) => (rng.nextFloat() < 1 / (1 + Math.exp(2 - score / 2)) ? 1 : 0));
    const { slope, intercept } = fitPlatt(labels, scores).toJSON() as { slope: number; intercept: number };
    expect(slope).toBeCloseTo(1 / 2, 1);
    expect(intercept).toBeCloseTo(-2, 1);
  });

  it('gives the mean of the softened labels where scores are constant, or rows of one class', () => {
    const constant = fitPlatt(Uint8Array.of(0, 1, 0, 0), new Float64Array(4).fill(3));
    expect(constant.probabilities(Float64Array.of(-9, 3, 5))[1]).toBeCloseTo((1 * (2 / 3) + 3 * (1 / 5)) / 4, 14);
    const majority = fitPlatt(Uint8Array.of(0, 0, 0), Float64Array.of(1, 2, 3));
    for (const probability of majority.probabilities(Float64Array.of(-9, 2, 9)))
      expect(probability).toBeCloseTo(1 / 5, 14);
    const minority = fitPlatt(Uint8Array.of(1, 1, 1), Float64Array.of(1, 2, 3));
    for (const probability of minority.probabilities(Float64Array.of(-9, 2, 9)))
      expect(probability).toBeCloseTo(4 / 5, 14);
  });

  it('does not depend on the unit of the scores', () => {
    for (const { name, labels, scores } of golden.calibrators) {
      const found = fitPlatt(Uint8Array.from(labels), Float64Array.from(scores)).probabilities(
        Float64Array.from(scores),
      );
      const moved = Float64Array.from(scores, (score) => 1024 * score - 512);
      const again = fitPlatt(Uint8Array.from(labels), moved).probabilities(moved);
      for (let row = 0; row < found.length; row++) expect(again[row], name).toBeCloseTo(found[row], 9);
    }
  });

  it('never turns: it rises or falls throughout, between 0 and 1, whatever the scores', () => {
    fc.assert(
      fc.property(arbitraryScoredRows(), ({ labels, scores }) => {
        const fitted = fitPlatt(labels, scores);
        const { slope, intercept } = fitted.toJSON() as { slope: number; intercept: number };
        expect([slope, intercept].every(Number.isFinite)).toBe(true);
        const found = fitted.probabilities(scores.toSorted());
        for (let n = 0; n < found.length; n++) {
          expect(found[n]).toBeGreaterThanOrEqual(0);
          expect(found[n]).toBeLessThanOrEqual(1);
          if (n > 0) expect((found[n] - found[n - 1]) * Math.sign(slope)).toBeGreaterThanOrEqual(-1e-15);
        }
      }),
    );
  });

  it('names what does not fit', () => {
    const fit = (labels: number[], scores: number[]) => () =>
      fitPlatt(Uint8Array.from(labels), Float64Array.from(scores));
    expect(fit([], [])).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: labels: found none, needed rows to calibrate by]`,
    );
    expect(fit([1], [1, 2])).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: scores: found 2, needed 1, one per label]`,
    );
    expect(fit([0, 1], [1, Number.POSITIVE_INFINITY])).toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteValueError: scores: found Infinity at row 1, needed finite numbers]`,
    );
    const fitted = fit([0, 1], [1, 2])();
    expect(() => fitted.probabilities(Float64Array.of(Number.NaN))).toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteValueError: scores: found NaN at row 0, needed finite numbers]`,
    );
  });
});
