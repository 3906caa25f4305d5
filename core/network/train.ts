import { InvalidArgumentError, NonFiniteValueError } from '../errors.ts';
import type { Rng } from '../random/rng.ts';
import { permutation } from '../random/sample.ts';
import { type Matrix, requireFinite } from '../table/matrix.ts';
import { Adam } from './adam.ts';
import { requireCount, requireOneOf } from './arguments.ts';
import { BackwardPass } from './backward.ts';
import { ForwardPass } from './forward.ts';
import { outputColumns, placeHeads } from './heads.ts';
import { LOSSES, type Loss, lossAndGradient, requireTargets } from './loss.ts';
import type { Network } from './network.ts';

export interface TrainingOptions {
  /** passes over all rows, at least 1 */
  readonly epochs: number;
  /** rows per gradient step, at least 1; the last batch of an epoch may be smaller */
  readonly batchSize: number;
  /** Adam's, above 0 */
  readonly learningRate: number;
  readonly loss: Loss;
}

/** News after each epoch. */
export interface EpochReport {
  /** from 1 */
  readonly epoch: number;
  readonly epochs: number;
  /** mean over the epoch's rows, each measured before the step that it took part in */
  readonly loss: number;
}

export interface TrainedNetwork {
  readonly network: Network;
  /** the last epoch's, as in `EpochReport` */
  readonly loss: number;
}

/**
 * Trains `network` by Adam on mini-batches, shuffled anew for each epoch. One thread, single precision, the same bits on
 * every machine.
 *
 * @param inputs rows x the network's inputs, at least one row, finite
 * @param targets rows x the columns that the heads cover, finite; see `requireTargets` for cross-entropy
 * @param rng orders the rows
 * @returns another network; `network` stays as it is
 * @throws InvalidArgumentError (shapes, options, targets), NonFiniteValueError (in the data, or where training diverges)
 */
export function trainNetwork(
  network: Network,
  inputs: Matrix,
  targets: Matrix,
  options: TrainingOptions,
  rng: Rng,
  onEpoch?: (report: EpochReport) => void,
): TrainedNetwork {
  const { epochs, batchSize, learningRate, loss } = options;
  const heads = placeHeads(network.architecture.heads);
  requireTrainingOptions(options);
  if (inputs.rows === 0) throw new InvalidArgumentError('training rows: found none, needed at least one');
  requireShape(inputs, 'inputs', network.architecture.inputs, inputs.rows);
  requireShape(targets, 'targets', outputColumns(heads), inputs.rows);
  requireTargets(targets, heads, loss);

  const capacity = Math.min(batchSize, inputs.rows);
  const forward = new ForwardPass(network, capacity);
  const backward = new BackwardPass(forward);
  const adam = new Adam(forward, backward, learningRate);
  const { kernels, sums } = forward;
  const batchTargets = kernels.arena.allocate(capacity, targets.columns);

  const trainOnBatch = (order: Int32Array, start: number, end: number): number => {
    const rows = end - start;
    kernels.arena.writeRows(forward.inputs, inputs, order, start, end);
    kernels.arena.writeRows(batchTargets, targets, order, start, end);
    forward.run(rows);
    const total = lossAndGradient(kernels, heads, loss, sums, batchTargets, backward.sumsGradient, rows);
    backward.run(rows);
    adam.step();
    return total;
  };

  let meanLoss = Number.NaN;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = permutation(inputs.rows, rng);
    let total = 0;
    for (let start = 0; start < inputs.rows; start += batchSize) {
      total += trainOnBatch(order, start, Math.min(start + batchSize, inputs.rows));
    }
    meanLoss = total / inputs.rows;
    if (!Number.isFinite(meanLoss)) throw diverged(meanLoss, epoch, learningRate);
    onEpoch?.({ epoch, epochs, loss: meanLoss });
  }
  return { network: forward.readNetwork(), loss: meanLoss };
}

function requireTrainingOptions({ epochs, batchSize, learningRate, loss }: TrainingOptions): void {
  requireCount(epochs, 'epochs');
  requireCount(batchSize, 'batchSize');
  if (!(learningRate > 0 && learningRate < Number.POSITIVE_INFINITY)) {
    throw new InvalidArgumentError(`learningRate: found ${learningRate}, needed a finite number above 0`);
  }
  requireOneOf(loss, LOSSES, 'loss');
}

function requireShape(matrix: Matrix, what: string, columns: number, rows: number): void {
  if (matrix.columns !== columns || matrix.rows !== rows) {
    throw new InvalidArgumentError(
      `${what}: found ${matrix.rows} rows x ${matrix.columns} columns, needed ${rows} x ${columns}`,
    );
  }
  requireFinite(matrix, what);
}

function diverged(loss: number, epoch: number, learningRate: number): NonFiniteValueError {
  return new NonFiniteValueError(
    `training loss: found ${loss} in epoch ${epoch}, needed finite numbers; choose a learning rate below ${learningRate} or ` +
      'bring inputs and targets to a scale of about 1',
  );
}
