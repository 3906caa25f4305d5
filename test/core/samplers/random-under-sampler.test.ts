import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/random/rng.ts';
import { randomUnderSampler } from '../../../core/samplers/random-under-sampler.ts';
import { chiSquare, chiSquareLimit } from '../random/statistics.ts';
import { itKeepsTheUnderSamplerContract } from './sampler-contract.ts';

itKeepsTheUnderSamplerContract('random under-sampler', randomUnderSampler);

describe('random under-sampler', () => {
  // Majority rows 0, 1, 3, 4, 5, 7, 8, 9 and minority rows 2, 6.
  const labels = Uint8Array.of(0, 0, 1, 0, 0, 0, 1, 0, 0, 0);
  const majority = [0, 1, 3, 4, 5, 7, 8, 9];

  it('keeps these rows with seeds 0 and 1', () => {
    const rows = (seed: number) => [...randomUnderSampler.resample(labels, 2, createRng(seed, 'rows'))];
    expect(rows(0)).toMatchInlineSnapshot(`
      [
        0,
        2,
        4,
        6,
        7,
        9,
      ]
    `);
    expect(rows(1)).toMatchInlineSnapshot(`
      [
        1,
        2,
        6,
        7,
        8,
        9,
      ]
    `);
    expect(rows(0)).not.toEqual(rows(1));
  });

  it('keeps every majority row equally often', () => {
    const rng = createRng(0, 'rows');
    const counts = new Float64Array(labels.length);
    for (let i = 0; i < 20_000; i++) for (const row of randomUnderSampler.resample(labels, 1.5, rng)) counts[row]++;
    // Three of eight without replacement: a count varies by a factor (8 - 3) / (8 - 1) less than Pearson's statistic expects.
    expect(chiSquare(majority.map((row) => counts[row]))).toBeLessThan((chiSquareLimit(8) * (8 - 3)) / (8 - 1));
  });

  it('keeps every subset of the majority equally often', () => {
    const rng = createRng(0, 'subsets');
    const counts = new Map<string, number>();
    for (let i = 0; i < 28_000; i++) {
      const kept = randomUnderSampler.resample(labels, 1, rng).join();
      counts.set(kept, (counts.get(kept) ?? 0) + 1);
    }
    expect(counts.size).toBe((8 * 7) / 2);
    expect(chiSquare([...counts.values()])).toBeLessThan(chiSquareLimit((8 * 7) / 2));
  });

  it('draws nothing where it keeps everything', () => {
    const rng = createRng(0, 'rows');
    randomUnderSampler.resample(labels, 4, rng);
    expect(rng.nextUint32()).toBe(createRng(0, 'rows').nextUint32());
  });
});
