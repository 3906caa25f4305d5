import fc from 'fast-check';
import type { Labels } from '../../../core/learners/learner.ts';
import type { Rng } from '../../../core/random/rng.ts';
import { createMatrix, type Matrix, takeMatrixRows } from '../../../core/table/matrix.ts';

export interface TrainingSet {
  readonly matrix: Matrix;
  readonly labels: Labels;
  readonly weights: Float64Array;
}

/** The rows at `indices`, in that order. */
export function takeTrainingRows({ matrix, labels, weights }: TrainingSet, indices: ArrayLike<number>): TrainingSet {
  return {
    matrix: takeMatrixRows(matrix, indices),
    labels: Uint8Array.from(indices, (row) => labels[row]),
    weights: Float64Array.from(indices, (row) => weights[row]),
  };
}

/**
 * Small training sets of both classes: 2 to 40 rows, 1 to 5 columns, of two values (0/1, mostly one of them), of few whole
 * numbers (many ties) or of any single-precision numbers.
 */
export function trainingSets(weight: fc.Arbitrary<number>): fc.Arbitrary<TrainingSet> {
  const column = fc.constantFrom(
    fc.constantFrom(0, 0, 0, 1),
    fc.integer({ min: -2, max: 2 }),
    fc.float({ noNaN: true, noDefaultInfinity: true }),
  );
  return fc.array(column, { minLength: 1, maxLength: 5 }).chain((columns) => {
    const row = fc.record({ cells: fc.tuple(...columns), label: fc.integer({ min: 0, max: 1 }), weight });
    return fc.array(row, { minLength: 2, maxLength: 40 }).map((rows) => ({
      matrix: createMatrix(rows.length, columns.length, Float32Array.from(rows.flatMap(({ cells }) => cells))),
      labels: Uint8Array.from(rows, ({ label }, i) => (i < 2 ? i : label)),
      weights: Float64Array.from(rows, (given) => given.weight),
    }));
  });
}

/** Standard normal columns and labels that lean on them, with equal weights: no two values are equal. */
export function drawTrainingSet(rows: number, columns: number, rng: Rng): TrainingSet {
  const matrix = createMatrix(rows, columns);
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      const value = rng.nextNormal();
      matrix.data[row * columns + column] = value;
      sum += column % 2 === 0 ? value : -value;
    }
    labels[row] = sum + rng.nextNormal() > 0.5 ? 1 : 0;
  }
  labels.set([0, 1]);
  return { matrix, labels, weights: new Float64Array(rows).fill(1) };
}

/** A dense majority, and a quarter of the rows, the minority, all around it: what one-class learners can tell apart. */
export function drawSurroundedSet(rows: number, columns: number, rng: Rng): TrainingSet {
  const matrix = createMatrix(rows, columns);
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    labels[row] = row % 4 === 1 ? 1 : 0;
    const spread = labels[row] === 1 ? 4 : 1;
    for (let column = 0; column < columns; column++) matrix.data[row * columns + column] = spread * rng.nextNormal();
  }
  return { matrix, labels, weights: new Float64Array(rows).fill(1) };
}
