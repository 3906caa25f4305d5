import { describe, expect, it } from 'vitest';
import { paddedLength } from '../../../core/kernels/arena.ts';
import { Kernels } from '../../../core/kernels/kernels.ts';
import { createMatrix } from '../../../core/table/matrix.ts';

describe('Arena', () => {
  it('hands out zeros, row after row padded to whole tiles', () => {
    const { arena } = new Kernels();
    const block = arena.allocate(5, 9);
    expect(block.stride).toBe(16);
    expect(paddedLength(block)).toBe(8 * 16);
    expect(arena.read(block)).toEqual(createMatrix(5, 9));
  });

  it('keeps what was written when its memory grows', () => {
    const { arena } = new Kernels();
    const block = arena.allocate(3, 5);
    const values = Float32Array.from({ length: 15 }, (_, i) => i + 1);
    arena.write(block, values);
    arena.allocate(1000, 1000);
    expect(arena.read(block).data).toEqual(values);
  });

  it('does not let blocks overlap', () => {
    const { arena } = new Kernels();
    const blocks = [arena.allocate(1, 1), arena.allocate(4, 8), arena.allocate(5, 9), arena.allocate(2, 3)];
    blocks.forEach((block, index) => {
      arena.write(block, new Float32Array(block.rows * block.columns).fill(index + 1));
    });
    blocks.forEach((block, index) => {
      expect(new Set(arena.read(block).data)).toEqual(new Set([index + 1]));
    });
  });

  it('writes the rows that an order names, and reads the first ones', () => {
    const { arena } = new Kernels();
    const matrix = createMatrix(4, 2, Float32Array.of(0, 1, 10, 11, 20, 21, 30, 31));
    const block = arena.allocate(3, 2);
    arena.writeRows(block, matrix, Int32Array.of(2, 0, 3, 1), 1, 4);
    expect(arena.read(block).data).toEqual(Float32Array.of(0, 1, 30, 31, 10, 11));
    arena.writeRows(block, matrix, Int32Array.of(2, 0, 3, 1), 0, 1);
    expect(arena.read(block, 1)).toEqual(createMatrix(1, 2, Float32Array.of(20, 21)));
  });

  it('says so where the memory cannot grow that far, and stays usable', () => {
    const { arena } = new Kernels();
    expect(() => arena.allocate(100_000, 100_000)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: network: found no room in WebAssembly's memory for a matrix of 100000 x 100000, needed 4 GiB to hold all; choose smaller layers or batches]`,
    );
    expect(arena.read(arena.allocate(1, 2)).data).toEqual(new Float32Array(2));
  });
});
