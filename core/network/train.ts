import { NonFiniteValueError } from '../errors.ts';
import type { Rng } from '../random/rng.ts';
import { permutation } from '../random/sample.ts';
import type { Matrix } from '../table/matrix.ts';
import { BestEpoch } from './early-stopping.ts';
import type { Network } from './network.ts';
import { Trainer } from './trainer.ts';
import { requireExamples, requireTrainingOptions } from './training-arguments.ts';
import type { RowOptions, TrainingOptions } from './training-options.ts';

/** News after each epoch. */
export interface EpochReport {
  /** from 1 */
  readonly epoch: number;
  readonly epochs: number;
  /** weighted mean over the training rows, each measured before the step that it took part in */
  readonly loss: number;
  /** weighted mean over the validation rows after the epoch, where there are any */
  readonly validationLoss?: number;
}

export interface TrainedNetwork {
  readonly network: Network;
  /** how many epochs it was trained for: with early stopping, up to the one with the lowest validation loss */
  readonly epochs: number;
  /** that epoch's, as in `EpochReport` */
  readonly loss: number;
}

/**
 * Trains `network` by Adam on mini-batches, shuffled anew for each epoch. One thread, single precision, the same bits on
 * every machine.
 *
 * @param inputs rows x the network's inputs, at least one row, finite
 * @param targets rows x the columns that the heads cover, finite; see `requireTargets` for cross-entropy
 * @param rng orders the rows and draws what is dropped out
 * @returns another network; `network` stays as it is
 * @throws InvalidArgumentError (shapes, options, targets), NonFiniteValueError (in the data, or where training diverges)
 */
export function trainNetwork(
  network: Network,
  inputs: Matrix,
  targets: Matrix,
  options: TrainingOptions & RowOptions,
  rng: Rng,
  onEpoch?: (report: EpochReport) => void,
): TrainedNetwork {
  const { epochs, batchSize, learningRate, loss, weightDecay = 0, dropout = 0, rowWeights, earlyStopping } = options;
  requireTrainingOptions({ ...options, weightDecay, dropout });
  requireExamples(network.architecture, inputs, targets, options);
  const validationRows = earlyStopping?.validationRows ?? new Int32Array();
  const trainingRows = rowsWithout(validationRows, inputs.rows);
  const weights = rowWeights && withMeanOne(rowWeights, trainingRows);
  const capacity = Math.min(batchSize, trainingRows.length);
  const step = { loss, learningRate, weightDecay, dropout };
  const trainer = new Trainer(network, { inputs, targets, weights }, capacity, step, rng);

  const trainEpoch = (): number => {
    const order = permutation(trainingRows.length, rng).map((i) => trainingRows[i]);
    let total = 0;
    for (let start = 0; start < order.length; start += batchSize) {
      total += trainer.step(order, start, Math.min(start + batchSize, order.length));
    }
    return total / order.length;
  };

  const bestEpoch = new BestEpoch(earlyStopping?.patience ?? epochs);
  const validationWeight = weights ? sumOf(weights, validationRows) : validationRows.length;
  let meanLoss = Number.NaN;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    meanLoss = trainEpoch();
    if (!Number.isFinite(meanLoss)) throw diverged('training', meanLoss, epoch, learningRate);
    if (!earlyStopping) {
      onEpoch?.({ epoch, epochs, loss: meanLoss });
      continue;
    }
    const validationLoss = trainer.measure(validationRows) / validationWeight;
    if (!Number.isFinite(validationLoss)) throw diverged('validation', validationLoss, epoch, learningRate);
    onEpoch?.({ epoch, epochs, loss: meanLoss, validationLoss });
    if (bestEpoch.notice(epoch, validationLoss, () => ({ network: trainer.readNetwork(), loss: meanLoss }))) break;
  }
  const { best } = bestEpoch;
  return best
    ? { network: best.network, epochs: best.epoch, loss: best.loss }
    : { network: trainer.readNetwork(), epochs, loss: meanLoss };
}

/** The numbers from 0 to `count` - 1 that are not in `left`, ascending. */
function rowsWithout(left: Int32Array, count: number): Int32Array {
  const out = new Uint8Array(count);
  for (const row of left) out[row] = 1;
  const rows = new Int32Array(count - left.length);
  let at = 0;
  for (let row = 0; row < count; row++) if (out[row] === 0) rows[at++] = row;
  return rows;
}

/** The weights over their mean in `rows`. */
function withMeanOne(weights: Float64Array, rows: Int32Array): Float64Array {
  const mean = sumOf(weights, rows) / rows.length;
  return weights.map((weight) => weight / mean);
}

function sumOf(weights: Float64Array, rows: Int32Array): number {
  let sum = 0;
  for (const row of rows) sum += weights[row];
  return sum;
}

function diverged(which: string, loss: number, epoch: number, learningRate: number): NonFiniteValueError {
  return new NonFiniteValueError(
    `${which} loss: found ${loss} in epoch ${epoch}, needed finite numbers; choose a learning rate below ${learningRate} or ` +
      'bring inputs and targets to a scale of about 1',
  );
}
