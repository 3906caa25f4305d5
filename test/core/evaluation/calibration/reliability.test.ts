import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reliability } from '../../../../core/evaluation/calibration/reliability.ts';
import { arbitraryRows } from '../rows.ts';
import { golden } from './golden.ts';

describe('reliability against scikit-learn', () => {
  it('has cases to compare', () => expect(golden.reliability.length).toBe(11));

  for (const { name, labels, probabilities, bins, expected } of golden.reliability) {
    it(name, () => {
      const found = reliability(Uint8Array.from(labels), Float64Array.from(probabilities), bins);
      expect(found.expectedCalibrationError).toBeCloseTo(expected.expectedCalibrationError!, 12);
      expect(found.brier).toBeCloseTo(expected.brier!, 12);
      expect(found.bins.map(({ rows }) => rows)).toEqual(expected.bins.map(({ rows }) => rows));
      for (const [n, bin] of expected.bins.entries()) {
        expect(found.bins[n].meanPredicted).toBeCloseTo(bin.meanPredicted, 12);
        expect(found.bins[n].observedShare).toBeCloseTo(bin.observedShare, 12);
      }
    });
  }
});

describe('reliability', () => {
  it('weighs the gap of each bin by its rows', () => {
    const labels = Uint8Array.of(0, 1, 1, 0, 0);
    const probabilities = Float64Array.of(0.125, 0.75, 1, 0.875, 0.25);
    expect(reliability(labels, probabilities, 2)).toEqual({
      expectedCalibrationError: (0.125 + 0.25 + Math.abs(0.75 + 1 + 0.875 - 2)) / 5,
      brier: (0.125 ** 2 + 0.25 ** 2 + 0 + 0.875 ** 2 + 0.25 ** 2) / 5,
      logLoss: expect.closeTo(-(Math.log(0.875) + Math.log(0.75) + 0 + Math.log(0.125) + Math.log(0.75)) / 5, 12),
      bins: [
        { meanPredicted: (0.125 + 0.25) / 2, observedShare: 0, rows: 2 },
        { meanPredicted: (0.75 + 1 + 0.875) / 3, observedShare: 2 / 3, rows: 3 },
      ],
    });
  });

  it('has ten bins where nothing else is asked for, a probability at an edge in the lower one, 0 in the first', () => {
    const { bins } = reliability(Uint8Array.of(0, 0, 1, 1), Float64Array.of(0, 0.1, 0.5, 0.5001));
    expect(bins.map(({ rows }) => rows)).toEqual([2, 1, 1]);
  });

  it('defines nothing on no rows at all', () => {
    expect(reliability(new Uint8Array(), new Float64Array())).toEqual({
      expectedCalibrationError: null,
      brier: null,
      logLoss: null,
      bins: [],
    });
  });

  it('holds all rows, bin by bin in order, and is never further off than a bin on its own', () => {
    fc.assert(
      fc.property(arbitraryRows(1), fc.integer({ min: 1, max: 30 }), ({ labels, probabilities }, bins) => {
        const found = reliability(labels, probabilities, bins);
        expect(found.bins.reduce((sum, { rows }) => sum + rows, 0)).toBe(labels.length);
        expect(found.bins.map((bin) => bin.meanPredicted)).toEqual(
          found.bins.map((bin) => bin.meanPredicted).toSorted((a, b) => a - b),
        );
        const gaps = found.bins.map((bin) => Math.abs(bin.meanPredicted - bin.observedShare));
        expect(found.expectedCalibrationError).toBeLessThanOrEqual(Math.max(...gaps) + 1e-12);
        const whole = reliability(labels, probabilities, 1).expectedCalibrationError!;
        expect(found.expectedCalibrationError).toBeGreaterThanOrEqual(whole - 1e-12);
      }),
    );
  });

  it('names what does not fit', () => {
    const labels = Uint8Array.of(0, 1);
    const probabilities = Float64Array.of(0, 1);
    expect(() => reliability(labels, probabilities, 0)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: bins: found 0, needed a whole number from 1]`,
    );
    expect(() => reliability(labels, Float64Array.of(0, 2))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: probabilities: found 2 at row 1, needed numbers from 0 to 1]`,
    );
    expect(() => reliability(Uint8Array.of(1), probabilities)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: probabilities: found 2, needed 1, one per label]`,
    );
  });
});
