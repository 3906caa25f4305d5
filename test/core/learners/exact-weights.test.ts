import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toExactWeights } from '../../../core/learners/exact-weights.ts';

const sum = (weights: Float64Array) => weights.reduce((total, weight) => total + weight, 0);
const anyWeights = fc
  .array(fc.double({ min: 1e-60, max: 1e60, noNaN: true }), { minLength: 1, maxLength: 100 })
  .map((list) => Float64Array.from(list));

describe('toExactWeights', () => {
  it('adds up to the same sum in every order', () => {
    fc.assert(
      fc.property(anyWeights, (weights) => {
        const exact = toExactWeights(weights);
        const total = exact.reduce((big, weight) => big + BigInt(weight), 0n);
        expect(BigInt(sum(exact))).toBe(total);
        expect(sum(exact.toReversed())).toBe(sum(exact));
        expect(Math.min(...exact)).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('keeps proportions', () => {
    const exact = toExactWeights(Float64Array.of(0.1, 0.7, 1, 3));
    expect(exact[0] / exact[2]).toBeCloseTo(0.1, 14);
    expect(exact[1] / exact[2]).toBeCloseTo(0.7, 14);
    expect(exact[3] / exact[2]).toBe(3);
  });

  it('keeps proportions of whole numbers to the last bit', () => {
    const wholes = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(wholes, (list) => {
        const exact = toExactWeights(Float64Array.from(list));
        for (const [row, weight] of list.entries()) expect(exact[row] / weight).toBe(exact[0] / list[0]);
      }),
    );
  });
});
