import { InvalidArgumentError } from '../errors.ts';
import { logarithm } from '../numeric/exp-log.ts';

/** A stream of pseudo-random numbers. Stateful: hand one to whoever draws, never share one between steps. */
export interface Rng {
  /** Uniform on the integers [0, 2^32). */
  nextUint32(): number;
  /** Uniform on [0, 1), 53 bits. */
  nextFloat(): number;
  /** Uniform on the integers [0, bound), without modulo bias; `bound` in [1, 2^32]. */
  nextInt(bound: number): number;
  /** Standard normal (mean 0, variance 1). */
  nextNormal(): number;
}

/**
 * A stream derived from a run's seed and the name of what draws from it, so that no step's numbers depend on how many
 * another step drew.
 *
 * The generator is xoshiro128** 1.1 (Blackman & Vigna 2018, https://prng.di.unimi.it/xoshiro128starstar.c): 32-bit
 * integer arithmetic only, hence the same bits on every machine. Its state is filled by SplitMix32 from a 32-bit FNV-1a
 * hash of seed and stream name, finalized by murmur3's mixer.
 *
 * @param seed any safe integer; 0 is a seed like any other
 * @param stream the name of the stream, for example the step that draws
 * @throws InvalidArgumentError where the seed is no safe integer
 */
export function createRng(seed: number, stream: string): Rng {
  if (!Number.isSafeInteger(seed)) {
    throw new InvalidArgumentError(`seed: found ${seed}, needed a whole number between -(2^53 - 1) and 2^53 - 1`);
  }
  const next = splitMix32(hash(`${seed}/${stream}`));
  return new Xoshiro128(next(), next(), next(), next());
}

/** xoshiro128** from four words of state, not all zero. Exported for the reference vectors of its test. */
export class Xoshiro128 implements Rng {
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  #spareNormal = Number.NaN;

  constructor(a: number, b: number, c: number, d: number) {
    this.#a = a | 0;
    this.#b = b | 0;
    this.#c = c | 0;
    this.#d = d | 0;
  }

  nextUint32(): number {
    const scrambled = Math.imul(rotateLeft(Math.imul(this.#b, 5), 7), 9) >>> 0;
    const t = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= t;
    this.#d = rotateLeft(this.#d, 11);
    return scrambled;
  }

  nextFloat(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }

  nextInt(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 0x100000000) {
      throw new InvalidArgumentError(`bound: found ${bound}, needed a whole number between 1 and 2^32`);
    }
    // Draws at or above the largest multiple of `bound` are thrown away: what is left is uniform.
    const limit = 0x100000000 - (0x100000000 % bound);
    let drawn = this.nextUint32();
    while (drawn >= limit) drawn = this.nextUint32();
    return drawn % bound;
  }

  /** Marsaglia's polar method (Marsaglia & Bray 1964), which gives normals in pairs. */
  nextNormal(): number {
    if (!Number.isNaN(this.#spareNormal)) {
      const spare = this.#spareNormal;
      this.#spareNormal = Number.NaN;
      return spare;
    }
    let u: number;
    let v: number;
    let square: number;
    do {
      u = 2 * this.nextFloat() - 1;
      v = 2 * this.nextFloat() - 1;
      square = u * u + v * v;
    } while (square >= 1 || square === 0);
    const factor = Math.sqrt((-2 * logarithm(square)) / square);
    this.#spareNormal = v * factor;
    return u * factor;
  }
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** FNV-1a over UTF-16 code units (http://www.isthe.com/chongo/tech/comp/fnv/), finalized by murmur3's fmix32. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function splitMix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return z ^ (z >>> 16);
  };
}
