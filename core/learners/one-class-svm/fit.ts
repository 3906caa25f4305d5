import type { Matrix } from '../../table/matrix.ts';
import { solveRbf, stepsFor } from '../svm/fit.ts';
import { scaleGamma } from '../svm/gamma.ts';
import type { RbfModel } from '../svm/rbf-model.ts';
import { type DualSolution, type KernelMatrix, type SolverSettings, solveDual } from '../svm/solver.ts';
import { trainingRows } from '../svm/training-rows.ts';

export interface OneClassSettings extends Omit<SolverSettings, 'steps' | 'remedy'> {
  readonly nu: number;
  readonly gamma: 'scale' | number;
}

const REMEDY = 'choose a larger tolerance';

/** The least bound of a row, beside a mean of 1: weights may be so far apart that the share of one vanishes. */
const LEAST_BOUND = 1e-30;

/**
 * Minimizes alpha K alpha / 2 with 0 <= alpha_i <= 1 and sum(alpha) = nu * rows (Schoelkopf et al. 2001, Estimating the
 * Support of a High-Dimensional Distribution, Neural Computation 13:7; as LIBSVM scales it), by the solver of the
 * classifier: all signs are positive, and the decision value should be nothing in particular. The model is then scaled
 * so that its coefficients' sum is 1, as in the paper. With weights the bound of a row is its weight beside their mean.
 *
 * @throws InvalidArgumentError where gamma is out of proportion to the numbers, or the solver does not get there
 */
export function fitOneClass(
  matrix: Matrix,
  weights: Float64Array,
  { nu, gamma, ...settings }: OneClassSettings,
): RbfModel {
  const rows = trainingRows(matrix, new Uint8Array(matrix.rows), weights);
  const bounds = relativeBounds(rows.weights);
  const solve = (kernel: KernelMatrix): DualSolution =>
    solveDual(
      kernel,
      new Int8Array(kernel.rows).fill(1),
      bounds,
      { ...settings, steps: stepsFor(kernel.rows), remedy: REMEDY },
      { alphas: firstAlphas(bounds, nu), targets: new Float64Array(kernel.rows) },
    );
  const model = solveRbf(rows.matrix, gamma === 'scale' ? scaleGamma({ ...rows, weights: bounds }) : gamma, solve);
  const total = model.coefficients.reduce((sum, coefficient) => sum + coefficient, 0);
  return {
    ...model,
    intercept: model.intercept / total,
    coefficients: model.coefficients.map((coefficient) => coefficient / total),
  };
}

/** In single precision, so that a factor that all weights share changes no bit. */
function relativeBounds(weights: Float64Array): Float64Array {
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return weights.map((weight) => Math.max(Math.fround(weight / mean), LEAST_BOUND));
}

/** As in LIBSVM: the first rows are at their bounds, as many as it takes for the sum, and all others at 0. */
function firstAlphas(bounds: Float64Array, nu: number): Float64Array {
  let left = nu * bounds.reduce((sum, bound) => sum + bound, 0);
  return bounds.map((bound) => {
    const alpha = Math.min(bound, left);
    left -= alpha;
    return alpha;
  });
}
