import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Labels } from '../core/learners/learner.ts';
import { createMatrix, type Matrix } from '../core/table/matrix.ts';

/** Rows with their labels. */
export interface LabelledRows {
  readonly matrix: Matrix;
  readonly labels: Labels;
}

/**
 * Writes rows for peers/exchange.py: `<name>.json` holds the shape, `<name>.f32` the cells as little-endian single
 * precision, row after row, `<name>.u8` the labels. Both sides thus work on the same bits.
 */
export function writeRows(directory: string, name: string, { matrix, labels }: LabelledRows): void {
  writeFileSync(join(directory, `${name}.json`), JSON.stringify({ rows: matrix.rows, columns: matrix.columns }));
  writeFileSync(join(directory, `${name}.f32`), bytes(matrix.data));
  writeFileSync(join(directory, `${name}.u8`), labels);
}

/** Reads what `writeRows` wrote. */
export function readRows(directory: string, name: string): LabelledRows {
  const { rows, columns } = JSON.parse(readFileSync(join(directory, `${name}.json`), 'utf8'));
  const matrix = createMatrix(rows, columns);
  bytes(matrix.data).set(readFileSync(join(directory, `${name}.f32`)));
  return { matrix, labels: new Uint8Array(readFileSync(join(directory, `${name}.u8`))) };
}

function bytes({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
