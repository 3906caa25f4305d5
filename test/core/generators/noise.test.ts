import { describe, expect, it } from 'vitest';
import { drawNoise, requireNoise } from '../../../core/generators/noise.ts';
import { createRng } from '../../../core/random/rng.ts';

const draw = (distribution: 'normal' | 'uniform', seed: number): Float64Array =>
  Float64Array.from(drawNoise({ distribution, dimension: 4 }, 5000, createRng(seed, 'noise')).data);

const mean = (values: Float64Array, of: (value: number) => number): number =>
  values.reduce((sum, value) => sum + of(value), 0) / values.length;

/** The largest distance between the values' distribution function and `cumulative` (Kolmogorov & Smirnov). */
function distance(values: Float64Array, cumulative: (value: number) => number): number {
  return values.toSorted().reduce((most, value, i, { length }) => {
    const expected = cumulative(value);
    return Math.max(most, Math.abs(i / length - expected), Math.abs((i + 1) / length - expected));
  }, 0);
}

/** The normal distribution function, by numerical integration of the density from -8 (trapezoids). */
function normalCumulative(value: number): number {
  const steps = 400;
  const width = (value + 8) / steps;
  const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  let area = (density(-8) + density(value)) / 2;
  for (let i = 1; i < steps; i++) area += density(-8 + i * width);
  return area * width;
}

describe('drawNoise', () => {
  // 1.63 / sqrt(n) is exceeded by one sample in a hundred; the seeds are fixed, so the test never flickers.
  const critical = 1.63 / Math.sqrt(20_000);

  it.each([0, 1, 2])('is standard normal (seed %i)', (seed) => {
    const values = draw('normal', seed);
    expect(distance(values, normalCumulative)).toBeLessThan(critical);
    expect(Math.abs(mean(values, (value) => value))).toBeLessThan(0.03);
    expect(mean(values, (value) => value ** 2)).toBeCloseTo(1, 1);
  });

  it.each([0, 1, 2])('is uniform on [-1, 1] (seed %i)', (seed) => {
    const values = draw('uniform', seed);
    expect(distance(values, (value) => (value + 1) / 2)).toBeLessThan(critical);
    expect(values.every((value) => value >= -1 && value <= 1)).toBe(true);
  });

  it('draws row after row, so that fewer rows are the first of more', () => {
    const noise = { distribution: 'normal', dimension: 3 } as const;
    const [few, many] = [2, 5].map((count) => drawNoise(noise, count, createRng(0, 'noise')));
    expect(few.data).toEqual(many.data.slice(0, 6));
  });

  it('refuses a count that is none', () => {
    const noise = { distribution: 'normal', dimension: 3 } as const;
    expect(() => drawNoise(noise, -1, createRng(0, 'noise'))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: count: found -1, needed a whole number of rows, 0 or more]`,
    );
  });
});

describe('requireNoise', () => {
  it('refuses what is no noise', () => {
    expect(() => requireNoise({ distribution: 'normal', dimension: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: noise.dimension: found 0, needed a whole number of at least 1]`,
    );
    expect(() => requireNoise({ distribution: 'cauchy' as 'normal', dimension: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: noise.distribution: found cauchy, needed one of normal, uniform]`,
    );
  });
});
