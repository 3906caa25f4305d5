import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HeadKernelName, Kernels } from '../../../core/kernels/kernels.ts';
import { createMatrix, type Matrix } from '../../../core/table/matrix.ts';

/** What a head from `column` on makes of `sums`. */
function outputs(name: HeadKernelName, sums: Matrix, column: number, size: number): Matrix {
  const kernels = new Kernels();
  const block = kernels.arena.allocate(sums.rows, sums.columns);
  kernels.arena.write(block, sums.data);
  kernels.headOutputs(name, block, column, size, sums.rows);
  return kernels.arena.read(block);
}

const row = (...values: number[]): Matrix => createMatrix(1, values.length, Float32Array.from(values));
const sum = fc.float({ min: -80, max: 80, noNaN: true });

describe('sigmoid', () => {
  it('is 1 / (1 + exp(-x)) to a few units in the last place', () => {
    fc.assert(
      fc.property(fc.array(sum, { minLength: 1, maxLength: 9 }), (sums) => {
        const found = outputs('sigmoidOutputs', row(...sums), 0, sums.length).data;
        sums.forEach((x, j) => {
          const expected = 1 / (1 + Math.exp(-x));
          expect(Math.abs(found[j] - expected) / expected).toBeLessThan(4 * 2 ** -23);
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('is 1/2 at 0, near 0 and 1 at the extremes, and never NaN for finite sums', () => {
    const found = outputs('sigmoidOutputs', row(0, 1e38, -1e38, 100, -100), 0, 5).data;
    expect([found[0], found[1], found[3]]).toEqual([0.5, 1, 1]);
    expect(found[2]).toBeLessThan(1e-37);
    expect(found[4]).toBeLessThan(1e-37);
    expect(Math.min(...found)).toBeGreaterThan(0);
  });

  it('falls and rises with its sum', () => {
    const sums = Float32Array.from({ length: 4001 }, (_, i) => (i - 2000) / 40);
    const found = outputs('sigmoidOutputs', createMatrix(1, 4001, sums), 0, 4001).data;
    expect(found.findIndex((value, i) => i > 0 && value < found[i - 1])).toBe(-1);
  });
});

describe('softmax', () => {
  it('is exp(x) over its sum to single precision, whatever the width', () => {
    fc.assert(
      fc.property(fc.array(sum, { minLength: 1, maxLength: 50 }), (sums) => {
        const found = outputs('softmaxOutputs', row(...sums), 0, sums.length).data;
        const maximum = Math.max(...sums);
        const shifted = sums.map((x) => Math.exp(Math.fround(x - maximum)));
        const total = shifted.reduce((a, b) => a + b, 0);
        sums.forEach((_, j) => {
          expect(Math.abs(found[j] - shifted[j] / total)).toBeLessThan(4e-6 * (shifted[j] / total) + 1e-37);
        });
        expect(Math.abs(found.reduce((a, b) => a + b, 0) - 1)).toBeLessThan(4e-6);
      }),
      { numRuns: 500 },
    );
  });

  it('takes sums of any size', () => {
    const [first, second, third] = outputs('softmaxOutputs', row(1e38, -1e38, 1e38), 0, 3).data;
    expect([first, third]).toEqual([0.5, 0.5]);
    expect(second).toBeLessThan(1e-37);
  });

  it('gives equal sums equal shares, in whole vectors and in the rest', () => {
    const found = outputs('softmaxOutputs', row(3, 3, 3, 3, 3, 3, 3), 0, 7).data;
    expect(found).toEqual(new Float32Array(7).fill(1 / 7));
  });

  it('touches its own columns only, in each row', () => {
    const sums = createMatrix(2, 7, Float32Array.of(9, 9, 0, 0, 9, 9, 9, 8, 8, 5, 5, 8, 8, 8));
    expect(outputs('softmaxOutputs', sums, 2, 2).data).toEqual(
      Float32Array.of(9, 9, 0.5, 0.5, 9, 9, 9, 8, 8, 0.5, 0.5, 8, 8, 8),
    );
  });
});
