import { InvalidArgumentError, NonFiniteValueError } from '../errors.ts';
import { type Matrix, requireFinite } from '../table/matrix.ts';
import { requireBothClasses } from './class-counts.ts';
import type { Labels } from './learner.ts';

/** Weights outside this range are refused, so that no product of sums of them overflows or vanishes. */
const SMALLEST_WEIGHT = 1e-60;
const LARGEST_WEIGHT = 1e60;

/**
 * What every learner checks before it is fitted.
 *
 * @throws InvalidArgumentError (empty, lengths that differ, labels other than 0 and 1, weights out of range),
 * OneClassError, NonFiniteValueError (with row and column)
 */
export function requireTrainingSet(matrix: Matrix, labels: Labels, weights: Float64Array): void {
  requireCells(matrix);
  requireLength('labels', labels.length, matrix.rows);
  requireLength('weights', weights.length, matrix.rows);
  requireBothClasses(labels);
  requireWeights(weights);
  requireFinite(matrix, 'training matrix');
}

/**
 * The same for rows without labels.
 *
 * @throws InvalidArgumentError (empty, lengths that differ, weights out of range), NonFiniteValueError (with row and
 * column)
 */
export function requireUnlabelledRows(matrix: Matrix, weights: Float64Array): void {
  requireCells(matrix);
  requireLength('weights', weights.length, matrix.rows);
  requireWeights(weights);
  requireFinite(matrix, 'training matrix');
}

/**
 * What every fitted learner checks before it scores rows. No rows at all are fine: they get no scores.
 *
 * @param columns the width that the learner was fitted to
 * @throws InvalidArgumentError (another width), NonFiniteValueError (with row and column)
 */
export function requireRowsToScore(matrix: Matrix, columns: number): void {
  if (matrix.columns !== columns) {
    throw new InvalidArgumentError(
      `matrix to score: found ${matrix.columns} columns, needed ${columns} as in the training matrix`,
    );
  }
  requireFinite(matrix, 'matrix to score');
}

function requireCells({ rows, columns }: Matrix): void {
  if (rows === 0 || columns === 0) {
    throw new InvalidArgumentError(
      `training matrix: found ${rows} rows x ${columns} columns, needed at least one of each`,
    );
  }
}

function requireLength(what: string, found: number, rows: number): void {
  if (found !== rows) {
    throw new InvalidArgumentError(`${what}: found ${found}, needed ${rows}, one per row of the training matrix`);
  }
}

function requireWeights(weights: Float64Array): void {
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row];
    if (!Number.isFinite(weight)) {
      throw new NonFiniteValueError(`weights: found ${weight} at row ${row}, needed finite numbers`);
    }
    if (weight < SMALLEST_WEIGHT || weight > LARGEST_WEIGHT) {
      throw new InvalidArgumentError(
        `weights: found ${weight} at row ${row}, needed between ${SMALLEST_WEIGHT} and ${LARGEST_WEIGHT}`,
      );
    }
  }
}
