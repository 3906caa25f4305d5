import { describe, expect, it } from 'vitest';
import { createRng, type Rng, Xoshiro128 } from '../../../core/random/rng.ts';
import {
  chiSquare,
  chiSquareLimit,
  KOLMOGOROV_SMIRNOV_LIMIT,
  kolmogorovSmirnov,
  mean,
  normalCdf,
} from './statistics.ts';

const draw = (count: number, next: () => number) => Float64Array.from({ length: count }, next);
const words = (rng: Rng, count: number) => Array.from({ length: count }, () => rng.nextUint32());

describe('xoshiro128** 1.1', () => {
  // Computed twice: by the authors' algorithm in C (uint32_t), and in Python with every sum and product cut to 32 bits.
  it('gives the reference numbers', () => {
    expect(words(new Xoshiro128(1, 2, 3, 4), 10)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
    expect(words(new Xoshiro128(0xdeadbeef, 0x80000000, 0xffffffff, 0x01234567), 10)).toEqual([
      0x240, 0xbab7e8ab, 0x111b759e, 0x1d8d842, 0x6c060577, 0xc1b98a0d, 0x1e4d4d84, 0xa62639a3, 0x54245410, 0x5311a472,
    ]);
  });

  it('gives the reference number after a thousand steps', () => {
    expect(words(new Xoshiro128(1, 2, 3, 4), 1000).at(-1)).toBe(3170714187);
  });

  // Computed in Python with every sum and product cut to 32 bits: FNV-1a, fmix32, SplitMix32, xoshiro128**.
  it('starts a stream from seed and name', () => {
    expect(words(createRng(0, 'a'), 4)).toEqual([310289474, 975450497, 1435889606, 880701253]);
    expect(words(createRng(-7, 'TrainGenerator'), 4)).toEqual([3719206893, 2091915010, 2719916066, 2820113197]);
    expect(words(createRng(2 ** 53 - 1, 'x'), 4)).toEqual([2831684816, 3450934010, 3160491353, 3610989669]);
  });
});

describe('createRng', () => {
  it('gives the same numbers to the same seed and stream', () => {
    expect(words(createRng(42, 'SelectRows'), 20)).toEqual(words(createRng(42, 'SelectRows'), 20));
  });

  it('gives other numbers to every other seed and stream; 0 is a seed', () => {
    const streams = [];
    for (const seed of [0, 1, -1, 2, 10, 2 ** 32, 2 ** 53 - 1, -(2 ** 53 - 1)]) {
      for (const stream of ['', 'a', 'b', 'GenerateRows', 'TrainGenerator']) streams.push(createRng(seed, stream));
    }
    const first = streams.map((rng) => words(rng, 2).join());
    expect(new Set(first).size).toBe(streams.length);
  });

  it('streams of neighbouring seeds are unrelated', () => {
    const counts = new Float64Array(32);
    for (let seed = 0; seed < 10_000; seed++) counts[createRng(seed, 'x').nextInt(32)]++;
    expect(chiSquare(counts)).toBeLessThan(chiSquareLimit(32));
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %s as a seed', (seed) => {
    expect(() => createRng(seed, 'x')).toThrow(
      `seed: found ${seed}, needed a whole number between -(2^53 - 1) and 2^53 - 1`,
    );
  });
});

describe('nextInt', () => {
  // 3 * 2^30 does not divide 2^32: taking the remainder alone would draw the lowest third twice as often.
  it.each([
    [2, 2],
    [3, 3],
    [7, 7],
    [100, 100],
    [3 * 2 ** 30, 96],
  ])('is uniform below %i, in %i cells', (bound, cells) => {
    const rng = createRng(0, `nextInt ${bound}`);
    const counts = new Float64Array(cells);
    for (let i = 0; i < 50_000; i++) counts[Math.floor(rng.nextInt(bound) / (bound / cells))]++;
    expect(chiSquare(counts)).toBeLessThan(chiSquareLimit(cells));
  });

  it('takes every bound from 1 to 2^32', () => {
    const rng = createRng(0, 'bounds');
    expect(rng.nextInt(1)).toBe(0);
    const same = createRng(0, 'bounds');
    same.nextUint32();
    expect(rng.nextInt(2 ** 32)).toBe(same.nextUint32());
  });

  it.each([0, -1, 1.5, 2 ** 32 + 1, Number.NaN])('refuses %s as a bound', (bound) => {
    expect(() => createRng(0, 'x').nextInt(bound)).toThrow(
      `bound: found ${bound}, needed a whole number between 1 and 2^32`,
    );
  });
});

describe('nextFloat', () => {
  const count = 100_000;
  const rng = createRng(0, 'nextFloat');
  const values = draw(count, () => rng.nextFloat());

  it('is made of the 27 high bits of one word and the 26 of the next', () => {
    const [high, low] = words(new Xoshiro128(5, 6, 7, 8), 2);
    expect(new Xoshiro128(5, 6, 7, 8).nextFloat()).toBe(
      (Math.floor(high / 2 ** 5) * 2 ** 26 + Math.floor(low / 2 ** 6)) / 2 ** 53,
    );
  });

  it('lies in [0, 1), with the mean and variance of a uniform', () => {
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(Math.abs(mean(values) - 1 / 2)).toBeLessThan(3.3 * Math.sqrt(1 / 12 / count));
    const variance = mean(values.map((value) => (value - 1 / 2) ** 2));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(3.3 * Math.sqrt(1 / 180 / count));
  });

  it('is distributed as a uniform', () => {
    expect(kolmogorovSmirnov(values, (value) => value)).toBeLessThan(KOLMOGOROV_SMIRNOV_LIMIT);
  });
});

describe('nextNormal', () => {
  const count = 100_000;
  const rng = createRng(0, 'nextNormal');
  const values = draw(count, () => rng.nextNormal());

  it('has the first four moments of a standard normal', () => {
    const moment = (power: number) => mean(values.map((value) => value ** power));
    expect(Math.abs(moment(1))).toBeLessThan(3.3 * Math.sqrt(1 / count));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(3.3 * Math.sqrt(2 / count));
    expect(Math.abs(moment(3))).toBeLessThan(3.3 * Math.sqrt(15 / count));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(3.3 * Math.sqrt(96 / count));
  });

  it('is distributed as a standard normal', () => {
    expect(kolmogorovSmirnov(values, normalCdf)).toBeLessThan(KOLMOGOROV_SMIRNOV_LIMIT);
  });

  it('gives the two of a pair without correlation', () => {
    const products = values.subarray(0, count / 2).map((_, i) => values[2 * i] * values[2 * i + 1]);
    expect(Math.abs(mean(products))).toBeLessThan(3.3 * Math.sqrt(1 / (count / 2)));
  });
});
