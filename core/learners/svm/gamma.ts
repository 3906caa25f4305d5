import type { TrainingRows } from './training-rows.ts';

/**
 * scikit-learn's gamma `scale`: 1 / (columns * variance of all cells), or 1 where they are all the same. Each row
 * counts with its weight, so that a weight of 2 is the row given twice.
 */
export function scaleGamma({ matrix, weights }: TrainingRows): number {
  const means = columnMeans({ matrix, weights });
  const mean = means.reduce((sum, value) => sum + value, 0) / matrix.columns;
  const variance = weightedCells({ matrix, weights }, (value) => (value - mean) ** 2).reduce((sum, x) => sum + x, 0);
  return variance > 0 ? 1 / variance : 1;
}

/** The weighted mean of each column. */
export function columnMeans(rows: Pick<TrainingRows, 'matrix' | 'weights'>): Float64Array {
  return weightedCells(rows, (value) => value);
}

/** For each column the weighted mean of `of` over its cells, added in the rows' order. */
function weightedCells(
  { matrix: { rows, columns, data }, weights }: Pick<TrainingRows, 'matrix' | 'weights'>,
  of: (value: number) => number,
): Float64Array {
  const sums = new Float64Array(columns);
  let total = 0;
  for (let row = 0; row < rows; row++) {
    total += weights[row];
    for (let column = 0; column < columns; column++) sums[column] += weights[row] * of(data[row * columns + column]);
  }
  return sums.map((sum) => sum / total);
}
