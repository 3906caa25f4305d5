import { InvalidArgumentError } from '../../errors.ts';
import type { Matrix } from '../../table/matrix.ts';
import { requireRowsToScore, requireTrainingSet } from '../arguments.ts';
import { distinctRows } from '../distinct-rows.ts';
import type { FittedLearner, Learner } from '../learner.ts';
import { sigmoid } from '../logistic-function.ts';
import { predictAbove } from '../predict-above.ts';
import { readNumber, readNumbers, savedLearner } from '../saved.ts';
import { minimizeLogLoss } from './newton.ts';
import { sparseRows } from './rows.ts';

export const LOGISTIC_REGRESSION = 'logistic-regression';

/** As for weights: no product of sums overflows or vanishes. */
const SMALLEST_C = 1e-60;
const LARGEST_C = 1e60;

export interface LogisticRegressionOptions {
  /** how much the rows count beside the penalty: from 1e-60 to 1e60, less for a stronger penalty. @default 1 */
  readonly C?: number;
}

/**
 * L2-regularized logistic regression, the model of scikit-learn's `LogisticRegression`: the coefficients w and the
 * intercept b that minimize C * sum of weight_i * logLoss_i + |w|^2 / 2, found to the precision of the numbers.
 *
 * - `scores` are probabilities from 0 to 1. `predict` says minority where the score is above 0.5.
 * - The intercept is not penalized; the coefficients are, so the columns' scales matter: numbers are best scaled to
 *   about the size of one-hot columns before. Separable classes and columns that depend on each other have a solution
 *   all the same.
 * - Nothing is drawn: `rng` is not used. Neither the order of the rows nor whether a row is given twice or with a
 *   weight of 2 changes the model.
 *
 * @throws InvalidArgumentError where C is out of range
 */
export function logisticRegression({ C = 1 }: LogisticRegressionOptions = {}): Learner {
  if (!(C >= SMALLEST_C && C <= LARGEST_C)) {
    throw new InvalidArgumentError(`logistic regression, C: found ${C}, needed from ${SMALLEST_C} to ${LARGEST_C}`);
  }
  return {
    fit(matrix, labels, weights) {
      requireTrainingSet(matrix, labels, weights);
      const distinct = distinctRows(matrix, labels, weights);
      const coefficients = minimizeLogLoss({
        rows: sparseRows(matrix, distinct.rows),
        labels: distinct.labels,
        factors: distinct.weights.map((weight) => C * weight),
      });
      return fittedLogisticRegression(coefficients.subarray(0, matrix.columns), coefficients[matrix.columns]);
    },
  };
}

/** Restores what `toJSON` of a fitted logistic regression gave. @throws InvalidArgumentError where it is not that */
export function logisticRegressionFromJSON(json: unknown): FittedLearner {
  const saved = savedLearner(json, LOGISTIC_REGRESSION, 'saved logistic regression');
  const coefficients = Float64Array.from(readNumbers(saved, 'coefficients', 'one per column'));
  return fittedLogisticRegression(coefficients, readNumber(saved, 'intercept'));
}

function fittedLogisticRegression(coefficients: Float64Array, intercept: number): FittedLearner {
  const scores = (matrix: Matrix) => {
    requireRowsToScore(matrix, coefficients.length);
    return scoreRows(coefficients, intercept, matrix);
  };
  return {
    scores,
    predict: (matrix) => predictAbove(0.5, scores(matrix)),
    toJSON: () => ({ type: LOGISTIC_REGRESSION, coefficients: [...coefficients], intercept }),
  };
}

function scoreRows(coefficients: Float64Array, intercept: number, { rows, columns, data }: Matrix): Float64Array {
  const scores = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const base = row * columns;
    let logOdds = intercept;
    for (let column = 0; column < columns; column++) logOdds += coefficients[column] * data[base + column];
    scores[row] = sigmoid(logOdds);
  }
  return scores;
}
