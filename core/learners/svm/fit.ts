import { KernelRows, type PackedRows, type SvmKernel } from '../../kernels/svm-kernels.ts';
import { type Matrix, takeMatrixRows } from '../../table/matrix.ts';
import { columnMeans } from './gamma.ts';
import type { LinearModel } from './linear-model.ts';
import { type RbfModel, rbfKernel, rbfPacking } from './rbf-model.ts';
import { type Packing, packRows, requireFinitePacked, withoutIndicators } from './rows.ts';
import { type DualSolution, type KernelMatrix, type SolverSettings, solveDual } from './solver.ts';
import type { TrainingRows } from './training-rows.ts';

/** So many steps, or so many per row where that is more, are what LIBSVM takes at most. */
const STEPS = 10_000_000;
const STEPS_PER_ROW = 100;

const REMEDY = 'standardize the columns, choose a smaller C or a larger tolerance';

/** What both kernels need; bounds are `C` times the weights. */
export interface FitSettings extends Omit<SolverSettings, 'steps' | 'remedy'> {
  readonly C: number;
}

/** @throws InvalidArgumentError where gamma is out of proportion to the numbers, or the solver does not get there */
export function fitRbf(rows: TrainingRows, gamma: number, settings: FitSettings): RbfModel {
  return solveRbf(rows.matrix, gamma, (kernel) => solve(kernel, rows, settings));
}

/**
 * The machine of the RBF kernel whose multipliers and intercept `solve` finds from the kernel matrix of the rows.
 *
 * @throws InvalidArgumentError where gamma is out of proportion to the numbers
 */
export function solveRbf(matrix: Matrix, gamma: number, solve: (kernel: KernelMatrix) => DualSolution): RbfModel {
  const packing = rbfPacking(matrix, gamma);
  const packed = packRows(matrix, packing);
  requireFinitePacked(packed, packing, gamma);
  const { coefficients, intercept } = solve(kernelMatrix(packed, rbfKernel(gamma)));
  const support = Int32Array.from(coefficients.keys()).filter((row) => coefficients[row] !== 0);
  return {
    gamma,
    intercept,
    supportVectors: takeMatrixRows(matrix, support),
    coefficients: Float64Array.from(support, (row) => coefficients[row]),
  };
}

/**
 * A linear machine does not depend on where the columns' zeros are, so they are put at their means: what single
 * precision rounds off from the products is then in proportion to the spread.
 *
 * @throws InvalidArgumentError where the solver does not get there
 */
export function fitLinear(rows: TrainingRows, settings: FitSettings): LinearModel {
  const packing = linearPacking(rows);
  const { offsets, scale } = packing;
  const packed = packRows(rows.matrix, packing);
  // Products of scaled rows are scale^2 times those of the rows; multipliers and bounds shrink as they grow.
  const kernel = kernelMatrix(packed, { type: 'linear' });
  const solution = solve(kernel, rows, { ...settings, C: settings.C / scale / scale });
  const coefficients = combine(packed, solution.coefficients).map((sum) => sum * scale);
  return {
    coefficients,
    intercept: coefficients.reduce(
      (sum, coefficient, column) => sum - coefficient * offsets[column],
      solution.intercept,
    ),
  };
}

function solve(kernel: KernelMatrix, { labels, weights }: TrainingRows, settings: FitSettings): DualSolution {
  const signs = Int8Array.from(labels, (label) => (label === 1 ? 1 : -1));
  const bounds = weights.map((weight) => settings.C * weight);
  return solveDual(kernel, signs, bounds, { ...settings, steps: stepsFor(kernel.rows), remedy: REMEDY });
}

/** The steps that the solver takes at most. */
export function stepsFor(rows: number): number {
  return Math.max(STEPS, STEPS_PER_ROW * rows);
}

function kernelMatrix(packed: PackedRows, kernel: SvmKernel): KernelMatrix {
  const { rows } = packed;
  const placed = new KernelRows(rows, packed, kernel);
  for (let row = 0; row < rows; row++) placed.place(row, packed, row);
  return {
    rows,
    diagonal: Float32Array.from({ length: rows }, (_, row) => placed.evaluate(packed, row, row, row + 1)[row]),
    place: (place, row) => placed.place(place, packed, row),
    evaluate: (row, from, to) => placed.evaluate(packed, row, from, to),
  };
}

/** The columns' means as offsets, and the largest distance from them scaled to between 1/2 and 1. */
function linearPacking(rows: TrainingRows): Packing {
  const offsets = columnMeans(rows);
  let scale = 1;
  const largest = largestDistance(rows.matrix, offsets);
  while (largest * scale > 1) scale /= 2;
  while (largest > 0 && largest * scale <= 0.5) scale *= 2;
  return { ...withoutIndicators(rows.matrix.columns, scale), offsets };
}

function largestDistance({ columns, data }: Matrix, offsets: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(data[i] - offsets[i % columns]));
  return largest;
}

/** The sum of the rows' numbers, each row times its coefficient. */
function combine({ rows, numberCount, numbers }: PackedRows, coefficients: Float64Array): Float64Array {
  const sums = new Float64Array(numberCount);
  for (let row = 0; row < rows; row++) {
    if (coefficients[row] === 0) continue;
    for (let column = 0; column < numberCount; column++) {
      sums[column] += coefficients[row] * numbers[row * numberCount + column];
    }
  }
  return sums;
}
