import { createRng } from '../../core/random/rng.ts';
import { permutation } from '../../core/random/sample.ts';
import { type Matrix, takeMatrixRows } from '../../core/table/matrix.ts';
import type { LabelledRows } from '../exchange.ts';

/** `count` of the rows, drawn at random; those of a smaller count are among those of a larger. */
export function takeSome({ matrix, labels }: LabelledRows, count: number): LabelledRows {
  const indices = permutation(labels.length, createRng(0, 'bench-asked-for')).subarray(0, count);
  return { matrix: takeMatrixRows(matrix, indices), labels: Uint8Array.from(indices, (row) => labels[row]) };
}

/** As the packages take rows. */
export function toArrays({ rows, columns, data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, r) => Array.from(data.subarray(r * columns, (r + 1) * columns)));
}
