import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/random/rng.ts';
import { randomOverSampler } from '../../../core/samplers/random-over-sampler.ts';
import { chiSquare, chiSquareLimit } from '../random/statistics.ts';
import { itKeepsTheOverSamplerContract } from './sampler-contract.ts';

itKeepsTheOverSamplerContract('random over-sampler', randomOverSampler);

describe('random over-sampler', () => {
  // Minority rows 1, 4, 6 and majority rows 0, 2, 3, 5, 7, 8, 9, 10.
  const labels = Uint8Array.of(0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0);
  const drawn = (ratio: number, rng = createRng(0, 'rows')) =>
    randomOverSampler.resample(labels, ratio, rng).slice(labels.length);

  it('gives these rows again with seeds 0 and 1', () => {
    expect([...drawn(1)]).toMatchInlineSnapshot(`
      [
        1,
        4,
        4,
        6,
        6,
      ]
    `);
    expect([...drawn(1, createRng(1, 'rows'))]).toMatchInlineSnapshot(`
      [
        1,
        6,
        6,
        4,
        6,
      ]
    `);
  });

  it('draws every minority row equally often, in each place', () => {
    const rng = createRng(0, 'uniform');
    const places = 8 - 3;
    const counts = Array.from({ length: places }, () => new Map<number, number>());
    for (let i = 0; i < 6000; i++) {
      drawn(1, rng).forEach((row, place) => {
        counts[place].set(row, (counts[place].get(row) ?? 0) + 1);
      });
    }
    for (const found of counts) {
      expect([...found.keys()].sort((a, b) => a - b)).toEqual([1, 4, 6]);
      expect(chiSquare([...found.values()])).toBeLessThan(chiSquareLimit(3));
    }
  });

  it('draws with replacement: every pair of rows is as likely as any other', () => {
    const rng = createRng(0, 'pairs');
    const counts = new Map<string, number>();
    // Eight majority rows at 1.6 to one are five minority rows, two more than there are.
    for (let i = 0; i < 9000; i++) {
      const pair = drawn(1.6, rng).join();
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    expect(counts.size).toBe(3 * 3);
    expect(chiSquare([...counts.values()])).toBeLessThan(chiSquareLimit(3 * 3));
  });

  it('draws nothing where there are enough', () => {
    const rng = createRng(0, 'rows');
    expect([...drawn(8 / 3, rng)]).toEqual([]);
    expect(rng.nextUint32()).toBe(createRng(0, 'rows').nextUint32());
  });
});
