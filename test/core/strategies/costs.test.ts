import { describe, expect, it } from 'vitest';
import { misclassificationCosts } from '../../../core/strategies/costs.ts';

describe('misclassificationCosts', () => {
  it('is what an error loses beside the right answer for the same row', () => {
    const benefit = { truePositive: 50, trueNegative: 1, falsePositive: -4, falseNegative: -100 };
    expect(misclassificationCosts(benefit)).toEqual({ costFalsePositive: 1 - -4, costFalseNegative: 50 - -100 });
  });

  it('is null where an error costs nothing, or pays', () => {
    const benefit = { truePositive: 1, trueNegative: 0, falsePositive: 0, falseNegative: 0 };
    expect(misclassificationCosts(benefit)).toBeNull();
    expect(misclassificationCosts({ ...benefit, falsePositive: -1, falseNegative: 2 })).toBeNull();
  });
});
