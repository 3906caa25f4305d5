import { createMatrix, type Matrix } from '../table/matrix.ts';
import type { Pointer } from './instance.ts';
import { align, growTo } from './memory.ts';

/** Tiles of the kernels: results are computed 4 rows and 8 columns at a time. */
const ROW_TILE = 4;
const COLUMN_TILE = 8;

/**
 * A matrix in an arena. In memory its rows are rounded up to a multiple of 4 and its columns to a multiple of 8 (`stride`);
 * the cell (r, c) lies r * stride + c floats behind `pointer`. The padding columns hold 0 and every kernel leaves them 0;
 * what padding rows hold is nobody's concern.
 */
export interface Block {
  readonly pointer: Pointer;
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
}

/**
 * Hands out blocks of one WebAssembly memory, which grows as needed and is given back as a whole, with the arena: blocks
 * are not freed one by one.
 */
export class Arena {
  readonly #memory: WebAssembly.Memory;
  #end: Pointer;
  #floats: Float32Array;

  /** @param start the first address that may be used */
  constructor(memory: WebAssembly.Memory, start: Pointer) {
    this.#memory = memory;
    this.#end = align(start);
    this.#floats = new Float32Array(memory.buffer);
  }

  /** A block of zeros. @throws InvalidArgumentError where the memory cannot grow that far */
  allocate(rows: number, columns: number): Block {
    const block = { pointer: this.#end, rows, columns, stride: roundUp(columns, COLUMN_TILE) };
    const end = this.#end + paddedLength(block) * 4;
    const hasGrown = growTo(this.#memory, end, () => ({
      who: 'network',
      what: `a matrix of ${rows} x ${columns}`,
      advice: 'smaller layers or batches',
    }));
    // Growing detaches the views of the memory, hence the new one.
    if (hasGrown) this.#floats = new Float32Array(this.#memory.buffer);
    this.#end = end;
    return block;
  }

  /** Fills `block` with `values`, row after row. */
  write(block: Block, values: Float32Array): void {
    for (let r = 0; r < block.rows; r++) {
      this.#floats.set(values.subarray(r * block.columns, (r + 1) * block.columns), floatIndex(block, r));
    }
  }

  /** Copies the rows of `matrix` that `order[start..end-1]` names to the first rows of `block`. */
  writeRows(block: Block, matrix: Matrix, order: Int32Array, start: number, end: number): void {
    const { columns, data } = matrix;
    const floats = this.#floats;
    for (let i = start; i < end; i++) {
      const from = order[i] * columns;
      const to = floatIndex(block, i - start);
      // Element by element: a view per row would be two objects for each row of each batch.
      for (let c = 0; c < columns; c++) floats[to + c] = data[from + c];
    }
  }

  /** The first `rows` rows of `block`, without padding, as a new matrix. */
  read(block: Block, rows = block.rows): Matrix {
    const matrix = createMatrix(rows, block.columns);
    for (let r = 0; r < rows; r++) {
      const from = floatIndex(block, r);
      matrix.data.set(this.#floats.subarray(from, from + block.columns), r * block.columns);
    }
    return matrix;
  }
}

/** How many floats `block` takes, padding included. */
export function paddedLength(block: Block): number {
  return roundUp(block.rows, ROW_TILE) * block.stride;
}

function floatIndex(block: Block, row: number): number {
  return block.pointer / 4 + row * block.stride;
}

function roundUp(count: number, tile: number): number {
  return Math.ceil(count / tile) * tile;
}
