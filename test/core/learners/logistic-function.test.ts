import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logLoss, sigmoid } from '../../../core/learners/logistic-function.ts';

const expectClose = (found: number, wanted: number, relative: number) =>
  expect(Math.abs(found - wanted)).toBeLessThanOrEqual(relative * Math.abs(wanted));

describe('sigmoid', () => {
  it('turns log-odds into probabilities, precisely at the lower end', () => {
    expect(sigmoid(0)).toBe(1 / 2);
    expectClose(sigmoid(Math.log(3)), 3 / 4, 2 ** -51);
    expectClose(sigmoid(-700), Math.exp(-700), 2 ** -50);
    expect([sigmoid(-1e300), sigmoid(1e300)]).toEqual([0, 1]);
  });
});

describe('logLoss', () => {
  it('is minus the logarithm of the probability of the label', () => {
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (x) => {
        expectClose(logLoss(x, 1), Math.log1p(Math.exp(-x)), 2 ** -49);
        expect(logLoss(-x, 0)).toBe(logLoss(x, 1));
      }),
    );
  });

  it('neither overflows nor cancels where the label is certain', () => {
    expect(logLoss(-5000, 1)).toBe(5000);
    expectClose(logLoss(600, 1), Math.exp(-600), 2 ** -50);
  });
});
