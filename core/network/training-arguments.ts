import { InvalidArgumentError } from '../errors.ts';
import { type Matrix, requireFinite, requireRowIndices } from '../table/matrix.ts';
import { requireCount } from './arguments.ts';
import { outputColumns, placeHeads } from './heads.ts';
import { requireLoss, requireTargets } from './loss.ts';
import type { Architecture } from './network.ts';
import type { RowOptions, TrainingOptions } from './training-options.ts';

/** @throws InvalidArgumentError where an option is out of range; the loss has checks of its own */
export function requireTrainingOptions(options: Required<Omit<TrainingOptions, 'loss'>>): void {
  const { epochs, batchSize, learningRate, weightDecay, dropout } = options;
  requireCount(epochs, 'epochs');
  requireCount(batchSize, 'batchSize');
  if (!(learningRate > 0 && learningRate < Number.POSITIVE_INFINITY)) {
    throw new InvalidArgumentError(`learningRate: found ${learningRate}, needed a finite number above 0`);
  }
  if (!(weightDecay >= 0 && weightDecay * learningRate <= 1)) {
    throw new InvalidArgumentError(
      `weightDecay: found ${weightDecay}, needed a number from 0 to ${1 / learningRate}, which is 1 / learningRate`,
    );
  }
  if (!(dropout >= 0 && dropout < 1)) {
    throw new InvalidArgumentError(`dropout: found ${dropout}, needed a number from 0, below 1`);
  }
}

/**
 * @throws InvalidArgumentError (shapes, a loss that does not fit, targets, weights, validation rows), NonFiniteValueError (in
 * inputs or targets, with row and column)
 */
export function requireExamples(
  { inputs: columns, heads }: Architecture,
  inputs: Matrix,
  targets: Matrix,
  { loss, rowWeights, earlyStopping }: Pick<TrainingOptions, 'loss'> & RowOptions,
): void {
  const { rows } = inputs;
  if (rows === 0) throw new InvalidArgumentError('training rows: found none, needed at least one');
  requireShape(inputs, 'inputs', columns, rows);
  requireShape(targets, 'targets', outputColumns(heads), rows);
  requireLoss(loss, heads);
  requireTargets(targets, placeHeads(heads), loss);
  if (rowWeights) requireRowWeights(rowWeights, rows);
  if (earlyStopping) {
    requireCount(earlyStopping.patience, 'patience');
    requireValidationRows(earlyStopping.validationRows, rows);
  }
}

function requireShape(matrix: Matrix, what: string, columns: number, rows: number): void {
  if (matrix.columns !== columns || matrix.rows !== rows) {
    throw new InvalidArgumentError(
      `${what}: found ${matrix.rows} rows x ${matrix.columns} columns, needed ${rows} x ${columns}`,
    );
  }
  requireFinite(matrix, what);
}

function requireRowWeights(weights: Float64Array, rows: number): void {
  if (weights.length !== rows) {
    throw new InvalidArgumentError(`row weights: found ${weights.length}, needed ${rows}, one per row`);
  }
  const row = weights.findIndex((weight) => !(weight > 0 && weight < Number.POSITIVE_INFINITY));
  if (row >= 0) {
    throw new InvalidArgumentError(`row weights: found ${weights[row]} at row ${row}, needed finite numbers above 0`);
  }
}

function requireValidationRows(validationRows: Int32Array, rows: number): void {
  requireRowIndices(validationRows, rows);
  const distinct = new Set(validationRows).size;
  if (distinct !== validationRows.length) {
    throw new InvalidArgumentError(
      `validation rows: found ${validationRows.length - distinct} of ${validationRows.length} twice, needed each once`,
    );
  }
  if (distinct === 0 || distinct === rows) {
    throw new InvalidArgumentError(
      `validation rows: found ${distinct} of ${rows} rows, needed at least one, and one to train on`,
    );
  }
}
