import { createMatrix, type Matrix } from '../../table/matrix.ts';
import { distinctRows } from '../distinct-rows.ts';
import type { Labels } from '../learner.ts';

/** Training rows in which no two have the same cells and the same label. */
export interface TrainingRows {
  readonly matrix: Matrix;
  readonly labels: Labels;
  readonly weights: Float64Array;
}

/**
 * Makes one row of equal ones, with the sum of their weights, in an order that follows from the rows alone. For a
 * support vector machine nothing changes by that: its dual sees only the sum of equal rows' multipliers, which may be
 * anything from 0 to the sum of their bounds. -0 becomes 0.
 */
export function trainingRows(matrix: Matrix, labels: Labels, weights: Float64Array): TrainingRows {
  const distinct = distinctRows(matrix, labels, weights);
  const { columns, data } = matrix;
  const taken = createMatrix(distinct.rows.length, columns);
  for (const [i, row] of distinct.rows.entries()) {
    for (let column = 0; column < columns; column++)
      taken.data[i * columns + column] = data[row * columns + column] + 0;
  }
  return { matrix: taken, labels: distinct.labels, weights: distinct.weights };
}
