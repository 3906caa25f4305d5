import { describe, expect, it } from 'vitest';
import { latentNoise } from '../../../core/generators/latent-noise.ts';

const places = Array.from({ length: 81 }, (_, i) => (i - 40) / 10);

describe('latentNoise', () => {
  it('leaves normal numbers as they are', () => {
    const { value, slope } = latentNoise({ distribution: 'normal', dimension: 1 });
    expect(places.map(value)).toEqual(places);
    expect(places.map(slope)).toEqual(places.map(() => 1));
  });

  it('makes uniform numbers of normal ones: twice their probability, minus 1', () => {
    const { value } = latentNoise({ distribution: 'uniform', dimension: 1 });
    // Quantiles of the normal distribution (Abramowitz & Stegun, table 26.1 and 26.5).
    for (const [normal, probability] of [
      [0, 0.5],
      [0.6744898, 0.75],
      [1.6448536, 0.95],
      [-1.959964, 0.025],
      [3.0902323, 0.999],
    ]) {
      expect(Math.abs(value(normal) - (2 * probability - 1))).toBeLessThan(4e-7);
    }
    expect(value(-40)).toBe(-1);
    expect(value(40)).toBe(1);
  });

  it('knows the slope of the uniform numbers', () => {
    const { value, slope } = latentNoise({ distribution: 'uniform', dimension: 1 });
    const step = 0.01;
    for (const place of places) {
      expect(Math.abs(slope(place) - (value(place + step) - value(place - step)) / (2 * step))).toBeLessThan(1e-4);
    }
  });
});
