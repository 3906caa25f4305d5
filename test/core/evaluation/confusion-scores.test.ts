import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countConfusion } from '../../../core/evaluation/confusion-counts.ts';
import {
  f1,
  falsePositiveRate,
  matthewsCorrelation,
  precision,
  recall,
} from '../../../core/evaluation/confusion-scores.ts';

describe('countConfusion', () => {
  it('tells the four kinds apart', () => {
    const labels = Uint8Array.of(1, 1, 1, 0, 0, 0, 0, 1, 0, 0);
    const predictions = Uint8Array.of(1, 0, 1, 0, 1, 0, 0, 1, 0, 0);
    expect(countConfusion({ labels, predictions })).toEqual({
      truePositives: 3,
      falsePositives: 1,
      trueNegatives: 5,
      falseNegatives: 1,
    });
  });
});

describe('scores of confusion counts', () => {
  const counts = { truePositives: 3, falsePositives: 1, trueNegatives: 5, falseNegatives: 2 };

  it('follow their formulas', () => {
    expect(recall(counts)).toBe(3 / (3 + 2));
    expect(precision(counts)).toBe(3 / (3 + 1));
    expect(falsePositiveRate(counts)).toBe(1 / (1 + 5));
    expect(f1(counts)).toBe((2 * 3) / (2 * 3 + 1 + 2));
    expect(matthewsCorrelation(counts)).toBeCloseTo((3 * 5 - 1 * 2) / Math.sqrt(4 * 5 * 6 * 7), 15);
  });

  it('are undefined where there is nothing to divide by', () => {
    const nothingTaken = { truePositives: 0, falsePositives: 0, trueNegatives: 5, falseNegatives: 2 };
    expect(precision(nothingTaken)).toBeNull();
    expect(matthewsCorrelation(nothingTaken)).toBeNull();
    expect(recall(nothingTaken)).toBe(0);
    expect(f1(nothingTaken)).toBe(0);
    const noMinority = { truePositives: 0, falsePositives: 0, trueNegatives: 5, falseNegatives: 0 };
    expect(recall(noMinority)).toBeNull();
    expect(f1(noMinority)).toBeNull();
    const noMajority = { truePositives: 4, falsePositives: 0, trueNegatives: 0, falseNegatives: 1 };
    expect(falsePositiveRate(noMajority)).toBeNull();
    expect(matthewsCorrelation(noMajority)).toBeNull();
  });

  it('does not lose MCC to large counts', () => {
    const million = 1_000_000_000;
    const perfect = { truePositives: million, falsePositives: 0, trueNegatives: million, falseNegatives: 0 };
    expect(matthewsCorrelation(perfect)).toBe(1);
  });

  it('MCC changes its sign when every prediction is turned round, and F1 is the harmonic mean', () => {
    const label = fc.integer({ min: 0, max: 1 });
    const pairs = fc.array(fc.tuple(label, label), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(pairs, (rows) => {
        const labels = Uint8Array.from(rows, ([is]) => is);
        const predictions = Uint8Array.from(rows, ([, taken]) => taken);
        const found = countConfusion({ labels, predictions });
        const turned = countConfusion({ labels, predictions: predictions.map((taken) => 1 - taken) });
        const mcc = matthewsCorrelation(found);
        const opposite = matthewsCorrelation(turned);
        if (mcc === null) expect(opposite).toBeNull();
        else expect(mcc + (opposite ?? Number.NaN)).toBeCloseTo(0, 12);
        const [r, p] = [recall(found), precision(found)];
        if (r && p) expect(f1(found)).toBeCloseTo((2 * r * p) / (r + p), 12);
      }),
    );
  });
});
