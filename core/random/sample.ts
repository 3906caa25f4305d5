import { InvalidArgumentError } from '../errors.ts';
import type { Rng } from './rng.ts';

/** Shuffles `values` in place (Fisher-Yates, Durstenfeld 1964): every order is equally likely. Returns `values`. */
export function shuffle<T extends Int32Array | Uint32Array>(values: T, rng: Rng): T {
  for (let i = values.length - 1; i > 0; i--) {
    const j = rng.nextInt(i + 1);
    const value = values[i];
    values[i] = values[j];
    values[j] = value;
  }
  return values;
}

/** The integers 0..count-1 in random order. */
export function permutation(count: number, rng: Rng): Int32Array {
  const order = new Int32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  return shuffle(order, rng);
}

/**
 * `count` of `values`, drawn without replacement, every subset equally likely; in the order of `values`, so that what is
 * kept stays sorted as it was.
 *
 * @throws InvalidArgumentError where `count` is not a whole number between 0 and `values.length`
 */
export function sampleWithoutReplacement(values: Int32Array, count: number, rng: Rng): Int32Array {
  if (!Number.isInteger(count) || count < 0 || count > values.length) {
    throw new InvalidArgumentError(`count: found ${count}, needed a whole number between 0 and ${values.length}`);
  }
  const positions = permutation(values.length, rng).subarray(0, count).sort();
  return positions.map((position) => values[position]);
}
