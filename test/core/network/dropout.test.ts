import { describe, expect, it } from 'vitest';
import { Dropout } from '../../../core/network/dropout.ts';
import { ForwardPass } from '../../../core/network/forward.ts';
import { initialiseNetwork } from '../../../core/network/initialise.ts';
import { rngOf } from './samples.ts';

const HIDDEN = [30, 7];
const CAPACITY = 50;

/** `draws` masks of each hidden layer. */
function drawMasks(rate: number, draws: number, seed = 0): Float32Array[] {
  const network = initialiseNetwork({ inputs: 2, hidden: HIDDEN, heads: [{ kind: 'linear', size: 1 }] }, rngOf(0));
  const forward = new ForwardPass(network, CAPACITY);
  const dropout = new Dropout(forward, rate, rngOf(seed));
  return Array.from({ length: draws }, () =>
    dropout.draw().map((mask) => forward.kernels.arena.read(mask).data),
  ).flat();
}

describe('Dropout', () => {
  it.each([0.1, 0.25, 0.5])('leaves each unit of each row out at a rate of %d, independently of the others', (rate) => {
    const draws = 40;
    HIDDEN.forEach((units, layer) => {
      const masks = drawMasks(rate, draws).filter((_, i) => i % HIDDEN.length === layer);
      const kept = Math.fround(1 / (1 - rate));
      const left = new Array<number>(units).fill(0);
      let pairs = 0;
      for (const mask of masks) {
        expect(mask.length).toBe(CAPACITY * units);
        mask.forEach((value, i) => {
          expect(value === 0 || value === kept).toBe(true);
          if (value !== 0) return;
          left[i % units]++;
          if (i > 0 && mask[i - 1] === 0) pairs++;
        });
      }
      // Five standard deviations of a binomial count.
      const limit = (count: number, p: number): number => 5 * Math.sqrt(count * p * (1 - p));
      const rows = draws * CAPACITY;
      for (const count of left) expect(Math.abs(count - rows * rate)).toBeLessThan(limit(rows, rate));
      const neighbours = draws * (CAPACITY * units - 1);
      expect(Math.abs(pairs - neighbours * rate ** 2)).toBeLessThan(2 * limit(neighbours, rate ** 2));
    });
  });

  it('draws anew every time, the same for the same seed', () => {
    const [first, , second] = drawMasks(0.5, 2);
    expect(second).not.toEqual(first);
    expect(drawMasks(0.5, 2)).toEqual(drawMasks(0.5, 2));
    expect(drawMasks(0.5, 2, 1)).not.toEqual(drawMasks(0.5, 2));
  });
});
