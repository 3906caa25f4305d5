import type { Rng } from '../../core/random/rng.ts';

/** One of the keys of `weights`, each as often as its weight says; weights need not sum to one. */
export function pick<K extends string>(weights: Readonly<Record<K, number>>, rng: Rng): K {
  const entries = Object.entries(weights) as [K, number][];
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  let left = rng.nextFloat() * total;
  for (const [key, weight] of entries) {
    left -= weight;
    if (left < 0) return key;
  }
  return entries[entries.length - 1][0];
}

/** True with the given probability. */
export function chance(probability: number, rng: Rng): boolean {
  return rng.nextFloat() < probability;
}

/** Log-normal with the given median; `spread` is the standard deviation of its logarithm. */
export function logNormal(median: number, spread: number, rng: Rng): number {
  return median * Math.exp(spread * rng.nextNormal());
}

/** Poisson by multiplying uniforms (Knuth, The Art of Computer Programming, volume 2, 3.4.1); for small means. */
export function poisson(mean: number, rng: Rng): number {
  const limit = Math.exp(-mean);
  let count = 0;
  let product = rng.nextFloat();
  while (product > limit) {
    count++;
    product *= rng.nextFloat();
  }
  return count;
}

/** Seconds after midnight, normal around an hour of the day, wrapped at midnight. */
export function secondsAround(hour: number, spreadHours: number, rng: Rng): number {
  const seconds = Math.floor((hour + spreadHours * rng.nextNormal()) * 3600);
  return ((seconds % 86_400) + 86_400) % 86_400;
}
