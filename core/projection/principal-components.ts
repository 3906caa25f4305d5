import { InvalidArgumentError } from '../errors.ts';
import type { Matrix } from '../table/matrix.ts';

/** Where most of the variance lies: a plane through the mean. */
export interface PrincipalComponents {
  /** one per column */
  readonly mean: Float64Array;
  /** unit vectors, the one with the most variance first; the largest entry of each is positive */
  readonly axes: readonly Float64Array[];
  /** share of the whole variance along each axis, in [0, 1]; 0 where the rows do not vary */
  readonly explained: readonly number[];
}

const ITERATIONS = 300;
const CONVERGED = 1e-12;

/**
 * The first principal components (Pearson 1901), by power iteration with deflation on the covariance matrix. Where two
 * variances are nearly equal, the axes are some pair in their plane: good for pictures.
 *
 * @param matrix finite, at least one row
 * @param count axes, from 1 to the number of columns
 * @throws InvalidArgumentError
 */
export function principalComponents(matrix: Matrix, count: number): PrincipalComponents {
  const { rows, columns } = matrix;
  if (rows === 0 || !(Number.isInteger(count) && count >= 1 && count <= columns)) {
    throw new InvalidArgumentError(
      `principal components: found ${rows} rows x ${columns} columns, needed a row and ${count} columns at least`,
    );
  }
  const mean = columnMeans(matrix);
  const covariance = covarianceOf(matrix, mean);
  const total = mean.reduce((sum, _, i) => sum + covariance[i * columns + i], 0);
  const axes: Float64Array[] = [];
  const explained: number[] = [];
  for (let n = 0; n < count; n++) {
    const { axis, variance } = leadingAxis(covariance, columns);
    axes.push(axis);
    explained.push(total > 0 ? Math.min(1, Math.max(0, variance / total)) : 0);
    deflate(covariance, axis, variance);
  }
  return { mean, axes, explained };
}

/** The rows on the axes: one list of coordinates per axis. @throws InvalidArgumentError where the widths differ */
export function project({ mean, axes }: PrincipalComponents, { rows, columns, data }: Matrix): Float64Array[] {
  if (columns !== mean.length) {
    throw new InvalidArgumentError(`projection: found ${columns} columns, needed ${mean.length}`);
  }
  return axes.map((axis) =>
    Float64Array.from({ length: rows }, (_, row) => {
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += (data[row * columns + c] - mean[c]) * axis[c];
      return sum;
    }),
  );
}

function columnMeans({ rows, columns, data }: Matrix): Float64Array {
  const mean = new Float64Array(columns);
  for (let i = 0; i < data.length; i++) mean[i % columns] += data[i];
  return mean.map((sum) => sum / rows);
}

function covarianceOf({ rows, columns, data }: Matrix, mean: Float64Array): Float64Array {
  const covariance = new Float64Array(columns * columns);
  const centred = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < columns; c++) centred[c] = data[row * columns + c] - mean[c];
    for (let i = 0; i < columns; i++) {
      const at = i * columns;
      if (centred[i] !== 0) for (let j = 0; j < columns; j++) covariance[at + j] += centred[i] * centred[j];
    }
  }
  return covariance.map((sum) => sum / rows);
}

function leadingAxis(covariance: Float64Array, columns: number): { axis: Float64Array; variance: number } {
  // Not along any axis that symmetric data could make orthogonal to the component looked for.
  let axis = normalized(Float64Array.from({ length: columns }, (_, i) => 1 + i / columns));
  let variance = 0;
  for (let n = 0; n < ITERATIONS; n++) {
    const product = times(covariance, axis);
    const length = Math.sqrt(product.reduce((sum, x) => sum + x * x, 0));
    if (length === 0) return { axis, variance: 0 };
    const next = product.map((x) => x / length);
    const moved = next.reduce((most, x, i) => Math.max(most, Math.abs(x - axis[i])), 0);
    axis = next;
    variance = length;
    if (moved < CONVERGED) break;
  }
  return { axis: withPositivePeak(axis), variance };
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return vector.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += matrix[i * size + j] * vector[j];
    return sum;
  });
}

function deflate(covariance: Float64Array, axis: Float64Array, variance: number): void {
  const size = axis.length;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) covariance[i * size + j] -= variance * axis[i] * axis[j];
  }
}

function normalized(vector: Float64Array): Float64Array {
  const length = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
  return vector.map((x) => x / length);
}

/** A component has no sign of its own: without a rule for it, the picture could come out mirrored. */
function withPositivePeak(axis: Float64Array): Float64Array {
  const peak = axis.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
  return peak < 0 ? axis.map((x) => -x) : axis;
}
