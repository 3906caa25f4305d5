import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priorCorrection } from '../../../../core/evaluation/calibration/prior-correction.ts';
import { type ScoreScale, uncalibrated } from '../../../../core/evaluation/calibration/uncalibrated.ts';

const share = fc.double({ min: 1e-4, max: 1 - 1e-4, noNaN: true });
const probabilities = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 })
  .map((drawn) => Float64Array.from(drawn));

describe('uncalibrated', () => {
  it('takes probabilities as they are, in an array of their own', () => {
    const scores = Float64Array.of(0, 0.25, 1);
    const found = uncalibrated('probability').probabilities(scores);
    expect([...found]).toEqual([0, 0.25, 1]);
    expect(found).not.toBe(scores);
  });

  it('puts margins through the logistic function', () => {
    const found = uncalibrated('margin').probabilities(Float64Array.of(0, Math.log(3), -Math.log(3), 1e6, -1e6));
    expect(found[0]).toBe(1 / 2);
    expect(found[1]).toBeCloseTo(3 / 4, 15);
    expect(found[2]).toBeCloseTo(1 / 4, 15);
    expect([found[3], found[4]]).toEqual([1, 0]);
  });

  it('names what does not fit', () => {
    const scores = Float64Array.of(0.5, -0.5);
    expect(() => uncalibrated('probability').probabilities(scores)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: scores: found -0.5 at row 1, needed numbers from 0 to 1]`,
    );
    const infinite = Float64Array.of(Number.POSITIVE_INFINITY);
    expect(() => uncalibrated('margin').probabilities(infinite)).toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteValueError: scores: found Infinity at row 0, needed finite numbers]`,
    );
    expect(() => uncalibrated('odds' as ScoreScale)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: scale: found "odds", needed probability or margin]`,
    );
  });
});

describe('priorCorrection', () => {
  it("is Bayes' rule: 3 of 4 rows like this one among equals are 1 of 4 where the minority is a tenth", () => {
    const fitted = priorCorrection(1 / 2, 1 / 10, 'probability');
    const [found] = fitted.probabilities(Float64Array.of(3 / 4));
    expect(found).toBeCloseTo((0.1 * (3 / 4)) / (0.1 * (3 / 4) + 0.9 * (1 / 4)), 15);
  });

  it('recovers the posterior of two normal distributions from that of the balanced rows', () => {
    const posterior = (x: number, prior: number) => {
      const [minority, majority] = [Math.exp(-((x - 1) ** 2) / 2) * prior, Math.exp(-(x ** 2) / 2) * (1 - prior)];
      return minority / (minority + majority);
    };
    const at = Float64Array.of(-3, -1, 0, 0.5, 1, 2, 4);
    const found = priorCorrection(1 / 2, 0.03, 'probability').probabilities(at.map((x) => posterior(x, 1 / 2)));
    for (const [n, x] of at.entries()) expect(found[n]).toBeCloseTo(posterior(x, 0.03), 14);
  });

  it('is what undoes the under-sampling of the majority to a share b: b p / (b p - p + 1)', () => {
    const [majority, minority, b] = [900, 100, 1 / 9];
    const fitted = priorCorrection(
      minority / (minority + b * majority),
      minority / (minority + majority),
      'probability',
    );
    const asked = Float64Array.of(0, 0.2, 0.5, 0.9, 1);
    const found = fitted.probabilities(asked);
    for (const [n, p] of asked.entries()) expect(found[n]).toBeCloseTo((b * p) / (b * p - p + 1), 15);
  });

  it('changes nothing where the shares are equal', () => {
    fc.assert(
      fc.property(share, probabilities, (prior, scores) => {
        const found = priorCorrection(prior, prior, 'probability').probabilities(scores);
        for (const [n, score] of scores.entries()) expect(found[n]).toBeCloseTo(score, 15);
      }),
    );
  });

  it('is undone by the shares in turn, and keeps the order, 0 and 1', () => {
    fc.assert(
      fc.property(share, share, probabilities, (trained, actual, scores) => {
        const sorted = Float64Array.of(0, ...scores, 1).sort();
        const found = priorCorrection(trained, actual, 'probability').probabilities(sorted);
        expect([found[0], found.at(-1)]).toEqual([0, 1]);
        for (let n = 1; n < found.length; n++) expect(found[n] - found[n - 1]).toBeGreaterThanOrEqual(-1e-15);
        const back = priorCorrection(actual, trained, 'probability').probabilities(found);
        for (const [n, score] of sorted.entries()) expect(back[n]).toBeCloseTo(score, 7);
      }),
    );
  });

  it('moves the log-odds of a margin by those of the shares', () => {
    const shift = Math.log(0.2 / 0.8) - Math.log(0.5 / 0.5);
    const margins = Float64Array.of(-5, -1, 0, 0.3, 4);
    const found = priorCorrection(0.5, 0.2, 'margin').probabilities(margins);
    const moved = uncalibrated('margin').probabilities(margins.map((margin) => margin + shift));
    for (let n = 0; n < found.length; n++) expect(found[n]).toBeCloseTo(moved[n], 14);
  });

  it('names what does not fit', () => {
    expect(() => priorCorrection(0, 0.5, 'probability')).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: trainedMinorityShare: found 0, needed a number between 0 and 1, both left out]`,
    );
    expect(() => priorCorrection(0.5, 1, 'probability')).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: trueMinorityShare: found 1, needed a number between 0 and 1, both left out]`,
    );
    expect(() => priorCorrection(0.5, Number.NaN, 'margin')).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: trueMinorityShare: found NaN, needed a number between 0 and 1, both left out]`,
    );
  });
});
