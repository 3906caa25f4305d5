import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block } from '../../../core/kernels/arena.ts';
import { Kernels } from '../../../core/kernels/kernels.ts';
import { Xoshiro128 } from '../../../core/random/rng.ts';
import { createMatrix, type Matrix } from '../../../core/table/matrix.ts';

const size = fc.integer({ min: 1, max: 21 });
const shapes = fc.record({
  rows: size,
  inner: size,
  columns: size,
  spare: fc.integer({ min: 0, max: 5 }),
  seed: fc.nat(),
});

function randomMatrix(rows: number, columns: number, seed: number): Matrix {
  const rng = new Xoshiro128(seed, rows, columns, 1);
  return createMatrix(
    rows,
    columns,
    new Float32Array(rows * columns).map(() => rng.nextNormal()),
  );
}

/** `matrix` in a block with room for `spare` more rows, which hold numbers that must not matter. */
function blockOf({ arena }: Kernels, matrix: Matrix, spare = 0): Block {
  const block = arena.allocate(matrix.rows + spare, matrix.columns);
  arena.write(block, new Float32Array((matrix.rows + spare) * matrix.columns).fill(7));
  const order = Int32Array.from({ length: matrix.rows }, (_, row) => row);
  arena.writeRows(block, matrix, order, 0, matrix.rows);
  return block;
}

/** Naive, in the kernels' order and precision: every product and every sum rounded to single precision. */
function naiveProduct(a: Matrix, b: Matrix, start?: Float32Array): Matrix {
  const result = createMatrix(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.columns; j++) {
      let sum = start?.[j] ?? 0;
      for (let k = 0; k < b.rows; k++) {
        sum = Math.fround(sum + Math.fround(a.data[i * a.columns + k] * b.data[k * b.columns + j]));
      }
      result.data[i * b.columns + j] = sum;
    }
  }
  return result;
}

function transposed({ rows, columns, data }: Matrix): Matrix {
  const result = createMatrix(columns, rows);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result.data[j * rows + i] = data[i * columns + j];
  return result;
}

/** The columns of `block` that are padding. */
function padding({ arena }: Kernels, block: Block): Float32Array {
  const { data } = arena.read({ ...block, columns: block.stride });
  return data.filter((_, i) => i % block.stride >= block.columns);
}

function expectZeroPadding(kernels: Kernels, block: Block): void {
  const found = padding(kernels, block);
  expect(found).toEqual(new Float32Array(found.length));
}

describe('dense products', () => {
  it.each([true, false])('affine is the naive sum, bit by bit, for any shape (relu: %s)', (rectify) => {
    fc.assert(
      fc.property(shapes, ({ rows, inner, columns, spare, seed }) => {
        const kernels = new Kernels();
        const x = randomMatrix(rows, inner, seed);
        const weights = randomMatrix(inner, columns, seed + 1);
        const biases = randomMatrix(1, columns, seed + 2);
        const result = kernels.arena.allocate(rows + spare, columns);
        kernels.affine(
          blockOf(kernels, x, spare),
          blockOf(kernels, weights),
          blockOf(kernels, biases),
          result,
          rows,
          rectify,
        );
        const expected = naiveProduct(x, weights, biases.data).data.map((sum) => (rectify && sum < 0 ? 0 : sum));
        expect(kernels.arena.read(result, rows).data).toEqual(expected);
        expectZeroPadding(kernels, result);
      }),
    );
  });

  it('transposedProduct sums over the rows of the batch only, bit by bit', () => {
    fc.assert(
      fc.property(shapes, ({ rows, inner, columns, spare, seed }) => {
        const kernels = new Kernels();
        const x = randomMatrix(inner, rows, seed);
        const y = randomMatrix(inner, columns, seed + 1);
        const result = kernels.arena.allocate(rows, columns);
        kernels.transposedProduct(blockOf(kernels, x, spare), blockOf(kernels, y, spare), result, inner);
        expect(kernels.arena.read(result)).toEqual(naiveProduct(transposed(x), y));
        expectZeroPadding(kernels, result);
      }),
    );
  });

  it('maskedProduct is 0 where the mask is not above 0', () => {
    fc.assert(
      fc.property(shapes, ({ rows, inner, columns, spare, seed }) => {
        const kernels = new Kernels();
        const x = randomMatrix(rows, inner, seed);
        const y = randomMatrix(inner, columns, seed + 1);
        const mask = randomMatrix(rows, columns, seed + 2);
        mask.data[0] = 0;
        const result = kernels.arena.allocate(rows + spare, columns);
        kernels.maskedProduct(
          blockOf(kernels, x, spare),
          blockOf(kernels, y),
          blockOf(kernels, mask, spare),
          result,
          rows,
        );
        const expected = naiveProduct(x, y).data.map((sum, i) => (mask.data[i] > 0 ? sum : 0));
        expect(kernels.arena.read(result, rows).data).toEqual(expected);
        expectZeroPadding(kernels, result);
      }),
    );
  });

  it('columnSums sums the rows of the batch only', () => {
    fc.assert(
      fc.property(shapes, ({ rows, columns, spare, seed }) => {
        const kernels = new Kernels();
        const x = randomMatrix(rows, columns, seed);
        const result = kernels.arena.allocate(1, columns);
        kernels.columnSums(blockOf(kernels, x, spare), result, rows);
        const ones = createMatrix(1, rows, new Float32Array(rows).fill(1));
        expect(kernels.arena.read(result)).toEqual(naiveProduct(ones, x));
        expectZeroPadding(kernels, result);
      }),
    );
  });

  it('transpose swaps rows and columns', () => {
    fc.assert(
      fc.property(shapes, ({ rows, columns, seed }) => {
        const kernels = new Kernels();
        const x = randomMatrix(rows, columns, seed);
        const result = kernels.arena.allocate(columns, rows);
        kernels.transpose(blockOf(kernels, x), result);
        expect(kernels.arena.read(result)).toEqual(transposed(x));
        expectZeroPadding(kernels, result);
      }),
    );
  });

  it('does nothing for a batch without rows', () => {
    const kernels = new Kernels();
    const x = blockOf(kernels, randomMatrix(3, 3, 0));
    const result = blockOf(kernels, randomMatrix(3, 3, 1));
    const before = kernels.arena.read(result);
    kernels.affine(x, x, x, result, 0, true);
    expect(kernels.arena.read(result)).toEqual(before);
  });
});
