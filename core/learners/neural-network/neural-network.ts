import { InvalidArgumentError } from '../../errors.ts';
import { requireCount, requireOneOf } from '../../network/arguments.ts';
import type { EarlyStopping } from '../../network/early-stopping.ts';
import type { Head } from '../../network/heads.ts';
import { initialiseNetwork } from '../../network/initialise.ts';
import { type Loss, requireLoss } from '../../network/loss.ts';
import type { Network } from '../../network/network.ts';
import { predict } from '../../network/predict.ts';
import { networkFromJSON, networkToJSON } from '../../network/serialise.ts';
import { trainNetwork } from '../../network/train.ts';
import { requireTrainingOptions } from '../../network/training-arguments.ts';
import type { Rng } from '../../random/rng.ts';
import { sampleWithoutReplacement } from '../../random/sample.ts';
import { createMatrix, type Matrix, takeMatrixRows } from '../../table/matrix.ts';
import { rowsOfClass } from '../../table/split.ts';
import { requireRowsToScore, requireTrainingSet } from '../arguments.ts';
import { distinctRows } from '../distinct-rows.ts';
import type { FittedLearner, Labels, Learner } from '../learner.ts';
import { predictAbove } from '../predict-above.ts';
import { savedLearner, savedPart } from '../saved.ts';
import { fitScaling, readScaling, type Scaling, scaleColumns } from './scaling.ts';

export const NEURAL_NETWORK = 'neural-network';

export interface NeuralNetworkOptions {
  /** units of the hidden layers, from the inputs on; none makes a linear model. @default [64, 32] */
  readonly hidden?: readonly number[];
  /** passes over the training rows at most: a whole number from 1. @default 60 */
  readonly epochs?: number;
  /** rows per step: a whole number from 1. @default 64 */
  readonly batchSize?: number;
  /** Adam's, above 0. @default 0.001 */
  readonly learningRate?: number;
  /** AdamW's: what share of itself, times the learning rate, a weight loses with every step; from 0. @default 0.5 */
  readonly weightDecay?: number;
  /** share of the hidden units that each row is trained without: from 0, below 1. @default 0 */
  readonly dropout?: number;
  /** @default 'cross-entropy' */
  readonly loss?: 'cross-entropy' | 'focal';
  /** the focal loss's exponent, from 0, which is cross-entropy. @default 2 */
  readonly focalGamma?: number;
  /** false: all rows are trained on, in all epochs. @default { validationFraction: 0.2, patience: 10 } */
  readonly earlyStopping?: EarlyStoppingOptions | false;
}

export interface EarlyStoppingOptions {
  /** share of each class that is held out for measuring the loss: between 0 and 1. @default 0.2 */
  readonly validationFraction?: number;
  /**
   * epochs without a new lowest loss on the rows held out, after which training ends: a whole number from 1.
   *
   * @default 10
   */
  readonly patience?: number;
}

/**
 * Chosen on UCI Adult's training rows alone: 20 times a fifth of them was split off and scored by networks trained on
 * the rest, on all of it and on it under-sampled to equal classes. Weight decay 0.5 gave the highest PR-AUC on both
 * (means .546 and .517, without decay .543 and .512; standard errors .004 and .005); dropout of 0.2 and a focal gamma
 * of 1 or 2 gave no more.
 */
export const NEURAL_NETWORK_DEFAULTS = {
  hidden: [64, 32],
  epochs: 60,
  batchSize: 64,
  learningRate: 1e-3,
  weightDecay: 0.5,
  dropout: 0,
  loss: 'cross-entropy',
  focalGamma: 2,
  earlyStopping: { validationFraction: 0.2, patience: 10 },
} as const satisfies NeuralNetworkOptions;

/** One probability. */
const HEADS: readonly Head[] = [{ kind: 'sigmoid', size: 1 }];

/**
 * A multilayer perceptron: hidden layers of rectified linear units and one sigmoid output, trained by AdamW on
 * mini-batches.
 *
 * - `scores` are probabilities from 0 to 1; `predict` says minority where they are above 0.5.
 * - Columns are scaled as the training rows say; see `fitScaling`. The fitted learner keeps the scaling.
 * - Equal rows are made one, with the sum of their weights, and put into an order of their own; see `distinctRows`. So
 *   the order in which rows are given does not matter, and a weight of 2 counts as the row given twice, mini-batches or
 *   not, to the bit as long as the sums of weights are exact (those of whole numbers are). An epoch is a pass over the
 *   distinct rows, and limits such as `batchSize` count these.
 * - The validation rows of early stopping are drawn from the training rows, class by class; the network returned is
 *   that of the epoch with the lowest loss on them, with the same weights. Where a class is too small for a row of its
 *   own among them, nothing is held out, and all epochs run.
 * - `rng` draws the validation rows, the first weights, the batches and what is dropped out.
 *
 * @throws InvalidArgumentError where an option is out of range. Fitting throws NonFiniteValueError where training
 * diverges.
 */
export function neuralNetwork(options: NeuralNetworkOptions = {}): Learner {
  const { hidden, loss, focalGamma, earlyStopping, ...steps } = { ...NEURAL_NETWORK_DEFAULTS, ...options };
  const training = { ...steps, loss: lossOf(loss, focalGamma) };
  const stopping = earlyStopping && { ...NEURAL_NETWORK_DEFAULTS.earlyStopping, ...earlyStopping };
  requireHidden(hidden);
  requireTrainingOptions(training);
  if (stopping) requireStopping(stopping);
  return {
    fit(matrix, labels, weights, rng) {
      requireTrainingSet(matrix, labels, weights);
      const distinct = distinctRows(matrix, labels, weights);
      const rows = takeMatrixRows(matrix, distinct.rows);
      const scaling = fitScaling(rows);
      const inputs = scaleColumns(scaling, rows, rows);
      const targets = createMatrix(rows.rows, 1, new Float32Array(distinct.labels));
      const heldOut = stopping && holdOut(distinct.labels, stopping, rng);
      const untrained = initialiseNetwork({ inputs: inputs.columns, hidden, heads: HEADS }, rng);
      const task = { ...training, rowWeights: distinct.weights, ...(heldOut && { earlyStopping: heldOut }) };
      const { network } = trainNetwork(untrained, inputs, targets, task, rng);
      return fittedNeuralNetwork(scaling, network);
    },
  };
}

/** Restores what `toJSON` of a fitted network gave. @throws InvalidArgumentError where it is not that */
export function neuralNetworkFromJSON(json: unknown): FittedLearner {
  const saved = savedLearner(json, NEURAL_NETWORK, 'saved neural network');
  const restored = networkFromJSON(saved.json.network);
  const { inputs, heads } = restored.architecture;
  if (heads.length !== 1 || heads[0].kind !== 'sigmoid' || heads[0].size !== 1) {
    throw new InvalidArgumentError(
      `${saved.what}: found heads ${JSON.stringify(heads)}, needed ${JSON.stringify(HEADS)}`,
    );
  }
  return fittedNeuralNetwork(readScaling(savedPart(saved.json.scaling, `${saved.what}, scaling`), inputs), restored);
}

function fittedNeuralNetwork(scaling: Scaling, network: Network): FittedLearner {
  const scores = (matrix: Matrix) => {
    requireRowsToScore(matrix, network.architecture.inputs);
    return Float64Array.from(predict(network, scaleColumns(scaling, matrix)).data);
  };
  return {
    scores,
    predict: (matrix) => predictAbove(0.5, scores(matrix)),
    toJSON: () => ({ type: NEURAL_NETWORK, scaling, network: networkToJSON(network) }),
  };
}

/** Validation rows of both classes, ascending; nothing where a class is too small. */
function holdOut(
  labels: Labels,
  { validationFraction, patience }: Required<EarlyStoppingOptions>,
  rng: Rng,
): EarlyStopping | undefined {
  const classes = [rowsOfClass(labels, 0), rowsOfClass(labels, 1)];
  const counts = classes.map(({ length }) => Math.round(length * validationFraction));
  if (counts.some((count, label) => count === 0 || count === classes[label].length)) return undefined;
  const validationRows = new Int32Array(counts[0] + counts[1]);
  validationRows.set(sampleWithoutReplacement(classes[0], counts[0], rng));
  validationRows.set(sampleWithoutReplacement(classes[1], counts[1], rng), counts[0]);
  return { validationRows: validationRows.sort(), patience };
}

function lossOf(loss: 'cross-entropy' | 'focal', focalGamma: number): Loss {
  requireOneOf(loss, ['cross-entropy', 'focal'], 'loss');
  const focal = { kind: 'focal', gamma: focalGamma } as const;
  requireLoss(focal, HEADS);
  return loss === 'focal' ? focal : loss;
}

function requireHidden(hidden: readonly number[]): void {
  hidden.forEach((units, layer) => {
    requireCount(units, `hidden[${layer}]`);
  });
}

function requireStopping({ validationFraction, patience }: Required<EarlyStoppingOptions>): void {
  if (!(validationFraction > 0 && validationFraction < 1)) {
    throw new InvalidArgumentError(`validationFraction: found ${validationFraction}, needed a number between 0 and 1`);
  }
  requireCount(patience, 'patience');
}
