import { exponential } from '../numeric/exp-log.ts';
import type { Noise } from './noise.ts';

/** Coefficients of formula 7.1.26 of Abramowitz & Stegun 1964 (Handbook of Mathematical Functions), exact to 1.5e-7. */
const P = 0.3275911;
const A = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429] as const;

/** How one number of z depends on a standard normal one, so that z ~ p(z). */
export interface LatentNoise {
  /** z, for a standard normal number */
  readonly value: (normal: number) => number;
  /** its slope there */
  readonly slope: (normal: number) => number;
}

/**
 * Latent codes are normal whatever p(z) is; a uniform z is the normal one's probability, from -1 to 1: 2 Phi(n) - 1 =
 * erf(n / sqrt(2)).
 */
export function latentNoise({ distribution }: Noise): LatentNoise {
  if (distribution === 'normal') return { value: (normal) => normal, slope: () => 1 };
  return {
    value: (normal) => erf(normal / Math.SQRT2),
    slope: (normal) => Math.sqrt(2 / Math.PI) * exponential((-normal * normal) / 2),
  };
}

function erf(x: number): number {
  const t = 1 / (1 + P * Math.abs(x));
  const polynomial = A.reduceRight((sum, coefficient) => (sum + coefficient) * t, 0);
  return Math.sign(x) * (1 - polynomial * exponential(-x * x));
}
