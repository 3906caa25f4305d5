import { logarithm } from '../../numeric/exp-log.ts';
import type { Labels } from '../learner.ts';
import { logLoss, sigmoid } from '../logistic-function.ts';
import { solveSymmetric } from './cholesky.ts';
import { addOuterProducts, addRows, multiplyRows, type SparseRows } from './rows.ts';

/**
 * What is minimized: the sum of each row's factor times its log loss, plus half the squared length of the coefficients.
 */
export interface LogisticProblem {
  readonly rows: SparseRows;
  readonly labels: Labels;
  /** one per row: C times its weight */
  readonly factors: Float64Array;
}

/**
 * When the squared Newton decrement, twice what a step is expected to gain, is this small beside the objective, the
 * step is the last. It is still taken, and near the minimum it squares the error.
 */
const TOLERANCE = 2 ** -40;
/** The share of the expected gain that a step must bring (Armijo 1966). */
const SUFFICIENT_GAIN = 1e-4;

/** A point, the log-odds that it gives each row, and the objective there. */
interface Point {
  readonly coefficients: Float64Array;
  readonly logOdds: Float64Array;
  readonly objective: number;
}

/**
 * The coefficients of least objective, the intercept last, by Newton's method with the exact Hessian and backtracking
 * (Boyd & Vandenberghe 2004, Convex Optimization, 9.5): the steps do not depend on the columns' scales, and the
 * objective is convex and falls by a fixed share of its remaining gain at least, so that the method ends.
 *
 * The gradient's length is measured by the inverse Hessian (the Newton decrement). As the penalty bends the objective
 * at least as much as half the squared distance does, the coefficients are no farther from the best than the decrement.
 */
export function minimizeLogLoss(problem: LogisticProblem): Float64Array {
  let point = pointAt(problem, startingCoefficients(problem));
  for (;;) {
    const { gradient, hessian } = derivatives(problem, point);
    const step = solveSymmetric(hessian, gradient).map((value) => -value);
    const decrement = -dot(gradient, step);
    if (!(decrement > TOLERANCE * point.objective)) return add(point.coefficients, step, 1);
    const next = descend(problem, point, step, decrement);
    if (next === undefined) return point.coefficients;
    point = next;
  }
}

/** No slope, and the intercept that is best then: the log-odds of the classes' weights. */
function startingCoefficients({ rows, labels, factors }: LogisticProblem): Float64Array {
  const sums = [0, 0];
  for (let row = 0; row < labels.length; row++) sums[labels[row]] += factors[row];
  const coefficients = new Float64Array(rows.width);
  coefficients[rows.width - 1] = logarithm(sums[1]) - logarithm(sums[0]);
  return coefficients;
}

function pointAt({ rows, labels, factors }: LogisticProblem, coefficients: Float64Array): Point {
  const logOdds = multiplyRows(rows, coefficients);
  let objective = 0;
  for (let i = 0; i < rows.width - 1; i++) objective += (coefficients[i] * coefficients[i]) / 2;
  for (let row = 0; row < logOdds.length; row++) objective += factors[row] * logLoss(logOdds[row], labels[row]);
  return { coefficients, logOdds, objective };
}

function derivatives({ rows, labels, factors }: LogisticProblem, { coefficients, logOdds }: Point) {
  const slopes = new Float64Array(rows.rows);
  const curvatures = new Float64Array(rows.rows);
  for (let row = 0; row < rows.rows; row++) {
    // The probability of the other class, from its own log-odds: 1 - p would round to 0 where the row is certain.
    const wrong = sigmoid(labels[row] === 1 ? -logOdds[row] : logOdds[row]);
    slopes[row] = (labels[row] === 1 ? -wrong : wrong) * factors[row];
    curvatures[row] = wrong * (1 - wrong) * factors[row];
  }
  const gradient = coefficients.slice();
  gradient[rows.width - 1] = 0;
  addRows(rows, slopes, gradient);
  const hessian = new Float64Array(rows.width * rows.width);
  for (let i = 0; i < rows.width - 1; i++) hessian[i * rows.width + i] = 1;
  addOuterProducts(rows, curvatures, hessian);
  return { gradient, hessian };
}

/** Half the step, and half again, until it gains enough; undefined where rounding hides every gain. */
function descend(problem: LogisticProblem, from: Point, step: Float64Array, decrement: number): Point | undefined {
  for (let length = 1; length > Number.EPSILON; length /= 2) {
    const to = pointAt(problem, add(from.coefficients, step, length));
    if (from.objective - to.objective >= SUFFICIENT_GAIN * length * decrement) return to;
  }
  return undefined;
}

function add(a: Float64Array, b: Float64Array, times: number): Float64Array {
  return a.map((value, i) => value + times * b[i]);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
