import { describe, expect, it } from 'vitest';
import { dealStratified } from '../../../core/protocol/stratified-folds.ts';
import { createRng } from '../../../core/random/rng.ts';

describe('dealStratified', () => {
  const labels = Uint8Array.from({ length: 103 }, (_, row) => Number(row % 9 === 0));
  const folds = dealStratified(labels, 5, createRng(0, 'test'));

  it('gives every fold as many rows of each class as the others, to a row', () => {
    for (const label of [0, 1]) {
      const counts = [0, 1, 2, 3, 4].map(
        (fold) => labels.filter((value, row) => value === label && folds[row] === fold).length,
      );
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  });

  it('puts each row into each fold equally often', () => {
    const seeds = 2000;
    const inFirst = new Float64Array(labels.length);
    for (let seed = 0; seed < seeds; seed++) {
      dealStratified(labels, 5, createRng(seed, 'test')).forEach((fold, row) => {
        if (fold === 0) inFirst[row]++;
      });
    }
    const shareOf = (label: number) => {
      const rows = labels.filter((value) => value === label).length;
      return Math.ceil(rows / 5) / rows;
    };
    inFirst.forEach((count, row) => {
      const share = shareOf(labels[row]);
      expect(Math.abs(count / seeds - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / seeds));
    });
  });
});
