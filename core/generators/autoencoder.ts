import { InvalidArgumentError, TooFewRowsError } from '../errors.ts';
import type { Head } from '../network/heads.ts';
import { initialiseNetwork } from '../network/initialise.ts';
import type { Network } from '../network/network.ts';
import { predict } from '../network/predict.ts';
import { type NetworkJson, networkFromJSON, networkToJSON } from '../network/serialise.ts';
import { type EpochReport, type TrainingOptions, trainNetwork } from '../network/train.ts';
import type { Rng } from '../random/rng.ts';
import type { Matrix } from '../table/matrix.ts';
import { drawNoise, type Noise, requireNoise } from './noise.ts';

export interface AutoencoderOptions extends TrainingOptions {
  readonly noise: Noise;
  /** units of the hidden layers, from the noise on */
  readonly hidden: readonly number[];
}

export const AUTOENCODER_DEFAULTS: AutoencoderOptions = {
  noise: { distribution: 'normal', dimension: 16 },
  hidden: [64, 32, 64],
  epochs: 300,
  batchSize: 64,
  learningRate: 1e-3,
  loss: 'squared-error',
};

/** A trained generator. Immutable. */
export interface FittedAutoencoder {
  readonly noise: Noise;
  /** mean loss of a row in the last epoch of training: squared error (or the chosen loss), summed over the columns */
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
  readonly noise: Noise;
  readonly reconstructionLoss: number;
  readonly network: NetworkJson;
}

/**
 * Line 1 of Algorithm 1: a network is taught to answer noise z ~ p(z) with minority rows. Each row x_i gets its z_i once,
 * before training, and keeps it: the pairs (z_i, x_i) are random but fixed, and what lies between the z_i is what
 * `generate` draws from.
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
  const { noise, hidden, ...training } = { ...AUTOENCODER_DEFAULTS, ...options };
  requireNoise(noise);
  if (targets.rows === 0) throw new TooFewRowsError('minority rows: found 0, needed at least 1 to teach the generator');
  const untrained = initialiseNetwork({ inputs: noise.dimension, hidden, heads }, rng);
  const inputs = drawNoise(noise, targets.rows, rng);
  const { network, loss } = trainNetwork(untrained, inputs, targets, training, rng, onEpoch);
  return fittedAutoencoder(network, noise, loss);
}

/** @throws InvalidArgumentError where `json` is nothing that a fitted autoencoder's `toJSON` gave */
export function fittedAutoencoderFromJSON(json: unknown): FittedAutoencoder {
  const { type, noise, reconstructionLoss, network } = (json ?? {}) as Partial<AutoencoderJson>;
  if (type !== 'autoencoder' || !noise || typeof reconstructionLoss !== 'number') {
    throw new InvalidArgumentError(
      `generator: found ${JSON.stringify(json)?.slice(0, 60)}, needed type "autoencoder", noise, reconstructionLoss and network`,
    );
  }
  requireNoise(noise);
  const restored = networkFromJSON(network);
  if (restored.architecture.inputs !== noise.dimension) {
    throw new InvalidArgumentError(
      `generator: found a network with ${restored.architecture.inputs} inputs, needed ${noise.dimension} as its noise has`,
    );
  }
  return fittedAutoencoder(restored, noise, reconstructionLoss);
}

function fittedAutoencoder(network: Network, noise: Noise, reconstructionLoss: number): FittedAutoencoder {
  return {
    noise,
    reconstructionLoss,
    generate: (count, rng) => predict(network, drawNoise(noise, count, rng)),
    decode: (given) => predict(network, given),
    toJSON: () => ({ type: 'autoencoder', noise, reconstructionLoss, network: networkToJSON(network) }),
  };
}
