import { InvalidArgumentError, TooFewRowsError } from '../errors.ts';
import { requireOneOf } from '../network/arguments.ts';
import type { Head } from '../network/heads.ts';
import { initialiseNetwork } from '../network/initialise.ts';
import { LOSSES, type NamedLoss } from '../network/loss.ts';
import type { Network } from '../network/network.ts';
import { predict } from '../network/predict.ts';
import { type NetworkJson, networkFromJSON, networkToJSON } from '../network/serialise.ts';
import { type EpochReport, trainNetwork } from '../network/train.ts';
import type { Rng } from '../random/rng.ts';
import type { Matrix } from '../table/matrix.ts';
import { drawNoise, type Noise, requireNoise } from './noise.ts';
import { trainVariational } from './variational-training.ts';

/**
 * Which z is paired with which teacher x in line 1 of Algorithm 1. With either, line 2 is kept to the letter: rows are
 * generated from fresh noise of the same p(z).
 *
 * - `fixed`: the source's. Each x gets a z ~ p(z) at random, once, before training. Neighbours in the noise are strangers, so
 *   between them the network can only blend rows.
 * - `variational`: each x gets another z ~ q(z|x) in each epoch, from a region of the noise that is learned along, such that
 *   alike rows have neighbouring regions and all regions together make up p(z). See `trainVariational`.
 */
export type Pairing = 'fixed' | 'variational';

export const PAIRINGS = ['fixed', 'variational'] as const satisfies readonly Pairing[];

export interface AutoencoderOptions {
  readonly pairing: Pairing;
  readonly noise: Noise;
  /** units of the hidden layers, from the noise on; an encoder, where there is one, has them in reverse order */
  readonly hidden: readonly number[];
  /** passes over the rows, at least 1 */
  readonly epochs: number;
  /** rows per gradient step, at least 1; the last batch of an epoch may be smaller */
  readonly batchSize: number;
  /** Adam's, above 0 */
  readonly learningRate: number;
  /** the source's is `squared-error` */
  readonly loss: NamedLoss;
}

export const AUTOENCODER_DEFAULTS: AutoencoderOptions = {
  pairing: 'variational',
  noise: { distribution: 'normal', dimension: 16 },
  hidden: [128],
  epochs: 300,
  batchSize: 64,
  learningRate: 1e-3,
  loss: 'cross-entropy',
};

/** A trained generator. Immutable. */
export interface FittedAutoencoder {
  readonly pairing: Pairing;
  readonly noise: Noise;
  /** mean loss of a row in the last epoch of training, summed over the columns; without the divergence of variational pairing */
  readonly reconstructionLoss: number;
  /**
   * Outputs for `count` draws of fresh noise from the same p(z).
   *
   * @returns count x the columns that the heads cover, softmax and sigmoid applied
   * @throws InvalidArgumentError where `count` is no whole number of at least 0
   */
  generate(count: number, rng: Rng): Matrix;
  /**
   * Outputs for given noise.
   *
   * @param noise rows x the noise's dimension, finite
   * @throws InvalidArgumentError (another width), NonFiniteValueError (with row and column)
   */
  decode(noise: Matrix): Matrix;
  /** Plain JSON that `fittedAutoencoderFromJSON` restores bit by bit. */
  toJSON(): AutoencoderJson;
}

export interface AutoencoderJson {
  readonly type: 'autoencoder';
  readonly pairing: Pairing;
  readonly noise: Noise;
  readonly reconstructionLoss: number;
  readonly network: NetworkJson;
}

/**
 * Line 1 of Algorithm 1: a network is taught to answer noise z ~ p(z) with minority rows, paired as `options.pairing` says.
 *
 * @param targets the minority rows, encoded; at least one, finite
 * @param heads the layout of the targets' columns
 * @param options what is not given is as in `AUTOENCODER_DEFAULTS`
 * @param rng draws noise and first weights and orders the batches
 * @throws TooFewRowsError (no row), InvalidArgumentError (options, shapes, targets), NonFiniteValueError (in the targets, or
 * where training diverges)
 */
export function trainAutoencoder(
  targets: Matrix,
  heads: readonly Head[],
  options: Partial<AutoencoderOptions>,
  rng: Rng,
  onEpoch?: (report: EpochReport) => void,
): FittedAutoencoder {
  const { pairing, noise, hidden, ...training } = requireAutoencoderOptions(options);
  if (targets.rows === 0) throw new TooFewRowsError('minority rows: found 0, needed at least 1 to teach the generator');
  const untrained = initialiseNetwork({ inputs: noise.dimension, hidden, heads }, rng);
  const { network, loss } =
    pairing === 'variational'
      ? trainVariational(untrained, targets, { noise, ...training }, rng, onEpoch)
      : trainNetwork(untrained, drawNoise(noise, targets.rows, rng), targets, training, rng, onEpoch);
  return fittedAutoencoder(network, pairing, noise, loss);
}

/** @throws InvalidArgumentError where `json` is nothing that a fitted autoencoder's `toJSON` gave */
export function fittedAutoencoderFromJSON(json: unknown): FittedAutoencoder {
  const { type, pairing, noise, reconstructionLoss, network } = (json ?? {}) as Partial<AutoencoderJson>;
  if (type !== 'autoencoder' || !pairing || !noise || typeof reconstructionLoss !== 'number') {
    throw new InvalidArgumentError(
      `generator: found ${JSON.stringify(json)?.slice(0, 60)}, needed type "autoencoder", pairing, noise, ` +
        'reconstructionLoss and network',
    );
  }
  requireOneOf(pairing, PAIRINGS, 'pairing');
  requireNoise(noise);
  const restored = networkFromJSON(network);
  if (restored.architecture.inputs !== noise.dimension) {
    throw new InvalidArgumentError(
      `generator: found a network with ${restored.architecture.inputs} inputs, needed ${noise.dimension} as its noise has`,
    );
  }
  return fittedAutoencoder(restored, pairing, noise, reconstructionLoss);
}

/**
 * The options with defaults filled in.
 *
 * @throws InvalidArgumentError where pairing, loss or noise is none that there is; training checks the others
 */
export function requireAutoencoderOptions(options: Partial<AutoencoderOptions>): AutoencoderOptions {
  const complete = { ...AUTOENCODER_DEFAULTS, ...options };
  requireOneOf(complete.pairing, PAIRINGS, 'pairing');
  requireOneOf(complete.loss, LOSSES, 'loss');
  requireNoise(complete.noise);
  return complete;
}

function fittedAutoencoder(
  network: Network,
  pairing: Pairing,
  noise: Noise,
  reconstructionLoss: number,
): FittedAutoencoder {
  return {
    pairing,
    noise,
    reconstructionLoss,
    generate: (count, rng) => predict(network, drawNoise(noise, count, rng)),
    decode: (given) => predict(network, given),
    toJSON: () => ({ type: 'autoencoder', pairing, noise, reconstructionLoss, network: networkToJSON(network) }),
  };
}
