import { describe, expect, it } from 'vitest';
import { exceededWithProbability } from '../../../core/domain/normal-quantile.ts';

/** Twice the integral of the standard normal density from z on, by Simpson's rule. */
function exceededShare(z: number): number {
  const steps = 20_000;
  const width = 12 / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(-((z + i * width) ** 2) / 2);
  }
  return (2 * sum * width) / 3 / Math.sqrt(2 * Math.PI);
}

describe('exceededWithProbability', () => {
  it.each([0.01, 0.3, 1, 1.03, 1.04, 2, 4, 6, 7, 8])('inverts the integral of the density at %s', (z) => {
    expect(Math.abs(exceededWithProbability(exceededShare(z)) - z)).toBeLessThan(2e-6);
  });

  it('is 0 where every number exceeds it', () => {
    expect(exceededWithProbability(1)).toBe(0);
  });
});
