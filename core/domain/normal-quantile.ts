import { logarithm } from '../numeric/exp-log.ts';

/**
 * The z that a standard normal number exceeds in absolute value with the probability `share`, which is above 0 and at
 * most 1. To seven digits: Wichura 1988, Algorithm AS 241 (PPND7), Applied Statistics 37:3.
 */
export function exceededWithProbability(share: number): number {
  const p = share / 2;
  const q = 0.5 - p;
  if (q <= 0.425) {
    const r = 0.180625 - q * q;
    return (
      (q * polynomial(r, [3.3871327179, 50.434271938, 159.29113202, 59.10937472])) /
      polynomial(r, [1, 17.895169469, 78.757757664, 67.1875636])
    );
  }
  const r = Math.sqrt(-logarithm(p));
  return r <= 5
    ? polynomial(r - 1.6, [1.4234372777, 2.75681539, 1.3067284816, 0.17023821103]) /
        polynomial(r - 1.6, [1, 0.7370016425, 0.12021132975])
    : polynomial(r - 5, [6.657905115, 3.081226386, 0.42868294337, 0.017337203997]) /
        polynomial(r - 5, [1, 0.24197894225, 0.012258202635]);
}

/** @param coefficients of the powers of x from 0 on */
function polynomial(x: number, coefficients: readonly number[]): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}
