import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { foldInterval } from '../../../core/evaluation/fold-intervals.ts';
import { studentTQuantile } from '../../../core/evaluation/student-t.ts';
import { createRng } from '../../../core/random/rng.ts';

/** Made by golden/student-t.py. */
interface GoldenCase {
  readonly level: number;
  readonly degreesOfFreedom: number;
  readonly quantile: number;
}

const golden = readFileSync(new URL('golden/student-t.json', import.meta.url), 'utf8');
const cases: readonly GoldenCase[] = JSON.parse(golden);

describe('studentTQuantile', () => {
  it("equals SciPy's", () => {
    expect(cases.length).toBe(14 * 7);
    for (const { level, degreesOfFreedom, quantile } of cases) {
      const found = studentTQuantile(level, degreesOfFreedom);
      expect(Math.abs(found / quantile - 1), `${level}, ${degreesOfFreedom}: ${found}`).toBeLessThan(1e-12);
    }
  });

  it('refuses what are no degrees of freedom', () => {
    expect(() => studentTQuantile(0.95, 0)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: degreesOfFreedom: found 0, needed a whole number from 1]`,
    );
    expect(() => studentTQuantile(0.95, 1.5)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: degreesOfFreedom: found 1.5, needed a whole number from 1]`,
    );
  });
});

describe('foldInterval', () => {
  /** Of two degrees of freedom, whose quantile has a closed form. */
  const T_95_TWO = 0.95 * Math.sqrt(2 / (1 - 0.95 ** 2));

  it('is the mean, and t standard errors of it with the variance of overlapping training sets', () => {
    const { estimate, low, high } = foldInterval([0.5, 0.6, 0.7], 1 / 3);
    const margin = T_95_TWO * Math.sqrt(0.01 * (1 / 3 + 1 / 2));
    expect(estimate).toBeCloseTo(0.6, 15);
    expect(low).toBeCloseTo(0.6 - margin, 12);
    expect(high).toBeCloseTo(0.6 + margin, 12);
  });

  it('is wider at a higher level', () => {
    const { low, high } = foldInterval([1, 2, 3], 0.2, 0.99);
    const margin = studentTQuantile(0.99, 2) * Math.sqrt(1 * (1 / 3 + 0.2 / 0.8));
    expect([low, high]).toEqual([2 - margin, 2 + margin]);
  });

  it('leaves out folds without a value, and needs two for an interval', () => {
    expect(foldInterval([0.5, null, 0.6, 0.7, null], 0.2)).toEqual(foldInterval([0.5, 0.6, 0.7], 0.2));
    expect(foldInterval([null, 0.5], 0.2)).toEqual({ estimate: 0.5, low: null, high: null });
    expect(foldInterval([null, null], 0.2)).toEqual({ estimate: null, low: null, high: null });
    expect(foldInterval([], 0.2)).toEqual({ estimate: null, low: null, high: null });
  });

  it('is a point where all folds agree', () => {
    expect(foldInterval([0.5, 0.5], 0.5)).toEqual({ estimate: 0.5, low: 0.5, high: 0.5 });
  });

  it('holds the truth as often as it says where folds do not overlap, and more often than needed there', () => {
    const rng = createRng(0, 'fold intervals');
    const TRIALS = 2000;
    const held = (testShare: number) => {
      let inside = 0;
      for (let trial = 0; trial < TRIALS; trial++) {
        const { low, high } = foldInterval([rng.nextNormal(), rng.nextNormal(), rng.nextNormal()], testShare);
        if (low! <= 0 && high! >= 0) inside++;
      }
      return inside / TRIALS;
    };
    expect(Math.abs(held(1e-9) - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / TRIALS));
    expect(held(0.2)).toBeGreaterThan(0.96);
  });

  it('names what does not fit', () => {
    expect(() => foldInterval([1], 0)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: testShare: found 0, needed a number between 0 and 1, both left out]`,
    );
    expect(() => foldInterval([1], 1)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: testShare: found 1, needed a number between 0 and 1, both left out]`,
    );
    expect(() => foldInterval([1], 0.2, 95)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: level: found 95, needed a number between 0 and 1, both left out]`,
    );
    expect(() => foldInterval([1, Number.NaN], 0.2)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: values: found NaN, needed finite numbers, or null]`,
    );
  });
});
