import type { Rng } from '../core/random/rng.ts';
import { createMatrix } from '../core/table/matrix.ts';
import type { LabelledRows } from './exchange.ts';

/** Rows of `columns` standard normals; a tenth of the labels, roughly, are 1, by a smooth rule and some chance. */
export function drawContinuous(count: number, columns: number, rng: Rng): LabelledRows {
  const matrix = createMatrix(count, columns);
  const labels = new Uint8Array(count);
  for (let r = 0; r < count; r++) {
    const row = matrix.data.subarray(r * columns, (r + 1) * columns);
    for (let c = 0; c < columns; c++) row[c] = rng.nextNormal();
    const signal = row[0] + row[1] * row[2] + 0.7 * Math.sin(2 * row[3]) + 0.5 * row[4] * row[4];
    labels[r] = signal + 0.8 * rng.nextNormal() > 2.5 ? 1 : 0;
  }
  return { matrix, labels };
}
