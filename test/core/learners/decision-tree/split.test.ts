import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitGain } from '../../../../core/learners/decision-tree/split.ts';

describe('splitGain', () => {
  it('is the decrease of weighted Gini impurity, up to a factor of the node', () => {
    const impurity = (weight: number, minority: number) => 2 * minority * (1 - minority / weight);
    const decrease = (left: number, leftMinority: number) =>
      impurity(10, 4) - impurity(left, leftMinority) - impurity(10 - left, 4 - leftMinority);
    const factor = 2 / 10;
    expect(splitGain(10, 4, 5, 3)).toBe((3 * (5 - 1) - (5 - 3) * 1) ** 2 / (5 * 5));
    expect((splitGain(10, 4, 5, 3) * factor) / 10).toBeCloseTo(decrease(5, 3) / 10, 12);
    expect(splitGain(10, 4, 1, 1) / splitGain(10, 4, 6, 1)).toBeCloseTo(decrease(1, 1) / decrease(6, 1), 12);
    expect(splitGain(10, 4, 5, 2)).toBe(0);
  });

  it('is the same to the last bit when the sides change places', () => {
    const weight = fc.integer({ min: 1, max: 2 ** 50 });
    fc.assert(
      fc.property(weight, weight, weight, weight, (leftMinority, leftMajority, rightMinority, rightMajority) => {
        const left = leftMinority + leftMajority;
        const right = rightMinority + rightMajority;
        const minority = leftMinority + rightMinority;
        const gain = splitGain(left + right, minority, left, leftMinority);
        expect(splitGain(left + right, minority, right, rightMinority)).toBe(gain);
      }),
    );
  });
});
