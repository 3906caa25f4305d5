import { type Head, placeHeads } from '../../../core/network/heads.ts';
import { createRng, type Rng } from '../../../core/random/rng.ts';
import { createMatrix, type Matrix } from '../../../core/table/matrix.ts';

/** Every kind of head, single columns among them, starting at columns that no vector starts at. */
export const MIXED_HEADS: readonly Head[] = [
  { kind: 'sigmoid', size: 1 },
  { kind: 'softmax', size: 6 },
  { kind: 'linear', size: 5 },
  { kind: 'softmax', size: 1 },
  { kind: 'sigmoid', size: 3 },
  { kind: 'softmax', size: 3 },
];

export function normalMatrix(rows: number, columns: number, rng: Rng): Matrix {
  return createMatrix(
    rows,
    columns,
    new Float32Array(rows * columns).map(() => rng.nextNormal()),
  );
}

/** Targets as rows of a table would be encoded: one 1 per softmax, numbers in [0, 1] elsewhere. */
export function randomTargets(rows: number, heads: readonly Head[], rng: Rng): Matrix {
  const placed = placeHeads(heads);
  const width = placed.reduce((sum, { size }) => sum + size, 0);
  const targets = createMatrix(rows, width);
  for (let row = 0; row < rows; row++) {
    for (const { kind, column, size } of placed) {
      const at = row * width + column;
      if (kind === 'softmax') targets.data[at + rng.nextInt(size)] = 1;
      else for (let j = 0; j < size; j++) targets.data[at + j] = rng.nextFloat();
    }
  }
  return targets;
}

export const rngOf = (seed: number): Rng => createRng(seed, 'test');
