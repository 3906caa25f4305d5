import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ActiveSet,
  findExtremes,
  MAY_FALL,
  MAY_RISE,
  selectPartner,
  updateValues,
} from '../../../../core/learners/svm/working-set.ts';

const place = fc.record({
  // Adding 0 makes 0 of -0, which is not told apart.
  value: fc.double({ min: -2, max: 2, noNaN: true }).map((value) => value + 0),
  status: fc.constantFrom(MAY_RISE, MAY_FALL, MAY_RISE | MAY_FALL),
  first: fc.float({ min: 0, max: 1, noNaN: true }),
  second: fc.float({ min: 0, max: 1, noNaN: true }),
});

const activeSets = fc.array(place, { minLength: 2, maxLength: 20 }).map((places) => ({
  set: (count = places.length): ActiveSet => ({
    count,
    values: Float64Array.from(places, ({ value }) => value),
    status: Uint8Array.from(places, ({ status }, i) => (i === 0 ? MAY_RISE : i === 1 ? MAY_FALL : status)),
    diagonal: new Float32Array(places.length).fill(1.5),
    extremes: { highestPlace: -1, highest: 0, lowest: 0 },
  }),
  kernel: Float32Array.from([...places.map(({ first }) => first), ...places.map(({ second }) => second)]),
  count: places.length,
}));

describe('the working set', () => {
  it('knows the highest value that may rise and the lowest that may fall', () => {
    fc.assert(
      fc.property(activeSets, ({ set }) => {
        const active = set();
        findExtremes(active);
        const { values, status, extremes } = active;
        const rising = [...values].filter((_, i) => status[i] & MAY_RISE);
        const falling = [...values].filter((_, i) => status[i] & MAY_FALL);
        expect(extremes.highest).toBe(Math.max(...rising));
        expect(extremes.lowest).toBe(Math.min(...falling));
        expect(values[extremes.highestPlace]).toBe(extremes.highest);
        expect(status[extremes.highestPlace] & MAY_RISE).toBe(MAY_RISE);
      }),
    );
  });

  it('adds step * (K_j - K_i) to the active values only, and knows their extremes', () => {
    fc.assert(
      fc.property(activeSets, fc.double({ min: 0, max: 3, noNaN: true }), ({ set, kernel, count }, step) => {
        const active = set(count - 1);
        const expected = active.values.map((value, i) =>
          i < active.count ? value + step * (kernel[count + i] - kernel[i]) : value,
        );
        updateValues(active, { kernel, i: 0, j: count }, step);
        expect(active.values).toEqual(expected);
        const found = { ...active.extremes };
        findExtremes(active);
        expect(active.extremes).toEqual(found);
      }),
    );
  });

  it('pairs the highest value with the one that gains the most: (violation)^2 / (K_ii + K_jj - 2 K_ij)', () => {
    fc.assert(
      fc.property(activeSets, ({ set, kernel, count }) => {
        const active = set();
        findExtremes(active);
        const { values, status, extremes } = active;
        fc.pre(extremes.highest - extremes.lowest > 1e-3);
        const gain = (i: number) => {
          const violation = extremes.highest - values[i];
          return status[i] & MAY_FALL && violation > 0 ? violation ** 2 / (3 - 2 * kernel[i]) : 0;
        };
        const partner = selectPartner(active, kernel, 0);
        const gains = Array.from({ length: count }, (_, i) => gain(i));
        expect(gains[partner]).toBeCloseTo(Math.max(...gains), 12);
        expect(gains[partner]).toBeGreaterThan(0);
      }),
    );
  });
});
