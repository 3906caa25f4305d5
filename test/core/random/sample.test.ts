import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/random/rng.ts';
import { permutation, sampleWithoutReplacement, shuffle } from '../../../core/random/sample.ts';
import { chiSquare, chiSquareLimit } from './statistics.ts';

const seeds = fc.integer();

describe('shuffle', () => {
  it('gives all 24 orders of four equally often', () => {
    const rng = createRng(0, 'shuffle');
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = shuffle(Int32Array.of(0, 1, 2, 3), rng).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(chiSquare([...counts.values()])).toBeLessThan(chiSquareLimit(24));
  });

  it('works in place and keeps every value', () => {
    fc.assert(
      fc.property(fc.int32Array(), seeds, (values, seed) => {
        const before = values.toSorted();
        expect(shuffle(values, createRng(seed, 'x'))).toBe(values);
        expect(values.toSorted()).toEqual(before);
      }),
    );
  });
});

describe('permutation', () => {
  it('holds every integer below the count once', () => {
    expect(permutation(100, createRng(0, 'x')).sort()).toEqual(Int32Array.from({ length: 100 }, (_, i) => i));
    expect(permutation(0, createRng(0, 'x'))).toEqual(new Int32Array());
  });

  it('differs between seeds 0 and 1', () => {
    expect(permutation(50, createRng(0, 'x'))).not.toEqual(permutation(50, createRng(1, 'x')));
  });
});

describe('sampleWithoutReplacement', () => {
  const ten = Int32Array.from({ length: 10 }, (_, i) => 100 + i);

  it('draws each element equally often, the first and the last included', () => {
    const rng = createRng(0, 'sample');
    const counts = new Float64Array(10);
    const rounds = 20_000;
    for (let i = 0; i < rounds; i++) for (const value of sampleWithoutReplacement(ten, 3, rng)) counts[value - 100]++;
    // Three of ten without replacement: a count varies by a factor (10 - 3) / (10 - 1) less than Pearson's statistic expects.
    expect(chiSquare(counts)).toBeLessThan((chiSquareLimit(10) * (10 - 3)) / (10 - 1));
    expect(counts[9]).toBeGreaterThan(0.9 * rounds * (3 / 10));
  });

  it('draws each subset equally often', () => {
    const rng = createRng(0, 'subsets');
    const counts = new Map<string, number>();
    for (let i = 0; i < 20_000; i++) {
      const subset = sampleWithoutReplacement(ten.subarray(0, 5), 2, rng).join();
      counts.set(subset, (counts.get(subset) ?? 0) + 1);
    }
    expect(counts.size).toBe((5 * 4) / 2);
    expect(chiSquare([...counts.values()])).toBeLessThan(chiSquareLimit((5 * 4) / 2));
  });

  it('keeps the order of the values and does not touch them', () => {
    const values = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { maxLength: 50 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), seeds, (list, share, seed) => {
        const given = Int32Array.from(list);
        const count = Math.round(share * list.length);
        const drawn = sampleWithoutReplacement(given, count, createRng(seed, 'x'));
        expect([...given]).toEqual(list);
        expect([...drawn]).toEqual(list.filter((value) => drawn.includes(value)));
        expect(drawn.length).toBe(count);
      }),
    );
  });

  it('gives everything and nothing where asked to', () => {
    expect(sampleWithoutReplacement(ten, 10, createRng(0, 'x'))).toEqual(ten);
    expect(sampleWithoutReplacement(ten, 0, createRng(0, 'x'))).toEqual(new Int32Array());
  });

  it.each([-1, 11, 1.5, Number.NaN])('refuses %s of ten', (count) => {
    expect(() => sampleWithoutReplacement(ten, count, createRng(0, 'x'))).toThrow(
      `count: found ${count}, needed a whole number between 0 and 10`,
    );
  });
});
