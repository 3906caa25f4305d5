import { InvalidArgumentError } from '../errors.ts';
import { requireCount, requireOneOf } from '../network/arguments.ts';
import type { Rng } from '../random/rng.ts';
import { createMatrix, type Matrix } from '../table/matrix.ts';

/** p(z), what a generator is fed: independent numbers, standard normal or uniform on [-1, 1]. */
export interface Noise {
  readonly distribution: 'normal' | 'uniform';
  /** length of z, at least 1 */
  readonly dimension: number;
}

const DISTRIBUTIONS = ['normal', 'uniform'] as const satisfies readonly Noise['distribution'][];

/**
 * `count` rows of z ~ p(z), row after row.
 *
 * @param count at least 0
 * @throws InvalidArgumentError where `count` is no such number
 */
export function drawNoise({ distribution, dimension }: Noise, count: number, rng: Rng): Matrix {
  if (!Number.isInteger(count) || count < 0) {
    throw new InvalidArgumentError(`count: found ${count}, needed a whole number of rows, 0 or more`);
  }
  const noise = createMatrix(count, dimension);
  const draw = distribution === 'normal' ? () => rng.nextNormal() : () => 2 * rng.nextFloat() - 1;
  for (let i = 0; i < noise.data.length; i++) noise.data[i] = draw();
  return noise;
}

/** @throws InvalidArgumentError where the distribution is unknown or the dimension no whole number of at least 1 */
export function requireNoise({ distribution, dimension }: Noise): void {
  requireOneOf(distribution, DISTRIBUTIONS, 'noise.distribution');
  requireCount(dimension, 'noise.dimension');
}
