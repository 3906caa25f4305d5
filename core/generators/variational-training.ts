import { NonFiniteValueError } from '../errors.ts';
import type { NamedLoss } from '../network/loss.ts';
import type { Network } from '../network/network.ts';
import type { EpochReport, TrainedNetwork } from '../network/train.ts';
import { requireExamples, requireTrainingOptions } from '../network/training-arguments.ts';
import type { Rng } from '../random/rng.ts';
import { permutation } from '../random/sample.ts';
import { createMatrix, type Matrix } from '../table/matrix.ts';
import { LatentDecoder } from './latent-decoder.ts';
import { LatentEncoder } from './latent-encoder.ts';
import type { Noise } from './noise.ts';

export interface VariationalOptions {
  readonly noise: Noise;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly loss: NamedLoss;
}

/**
 * How much a unit of divergence counts beside a unit of the loss, so that their sum is a negative evidence lower bound:
 * cross-entropy is a log likelihood as it is, squared error is one of variance v times 2 v. Levels are 0 or 1 and their
 * variance is small: v = 0.1.
 */
const DIVERGENCE_WEIGHTS: Readonly<Record<NamedLoss, number>> = { 'cross-entropy': 1, 'squared-error': 2 * 0.1 };

/**
 * Trains `network` to answer noise with rows, where an encoder learns along which part of the noise each row belongs to: a
 * variational autoencoder (Kingma & Welling 2014, https://arxiv.org/abs/1312.6114). In each epoch each row x gets a new
 * z ~ q(z|x); what is minimised is the mean over the rows of the loss plus the weighted divergence of q(z|x) from p(z). The loss
 * makes the map from z to rows smooth, since near z are the codes of alike rows; the divergence keeps all rows' codes together
 * distributed as p(z), so that fresh noise of p(z) falls where the network has been taught.
 *
 * The encoder has the hidden layers of `network` in reverse order. It is not needed afterwards.
 *
 * @param network what becomes the generator: its inputs are z's
 * @param targets the rows, encoded; at least one, finite
 * @returns the trained network and the mean loss of a row in the last epoch, without the divergence
 * @throws InvalidArgumentError (shapes, options, targets), NonFiniteValueError (in the targets, or where training diverges)
 */
export function trainVariational(
  network: Network,
  targets: Matrix,
  { noise, epochs, batchSize, learningRate, loss }: VariationalOptions,
  rng: Rng,
  onEpoch?: (report: EpochReport) => void,
): TrainedNetwork {
  requireTrainingOptions({ epochs, batchSize, learningRate, weightDecay: 0, dropout: 0 });
  requireExamples(network.architecture, createMatrix(targets.rows, noise.dimension), targets, { loss });
  const options = { noise, learningRate, loss, batchSize: Math.min(batchSize, targets.rows) };
  const hidden = network.architecture.hidden.toReversed();
  const divergenceWeight = DIVERGENCE_WEIGHTS[loss];
  const encoder = new LatentEncoder(targets, { ...options, hidden, divergenceWeight }, rng);
  const decoder = new LatentDecoder(network, targets, options);

  let meanLoss = Number.NaN;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = permutation(targets.rows, rng);
    let totalLoss = 0;
    let totalDivergence = 0;
    for (let start = 0; start < targets.rows; start += batchSize) {
      const end = Math.min(start + batchSize, targets.rows);
      const step = decoder.step(encoder.draw(order, start, end, rng), order, start, end);
      totalLoss += step.loss;
      totalDivergence += encoder.divergence();
      encoder.learn(step.codesGradient);
    }
    meanLoss = totalLoss / targets.rows;
    if (!Number.isFinite(meanLoss + totalDivergence)) throw diverged(meanLoss + totalDivergence, epoch, learningRate);
    onEpoch?.({ epoch, epochs, loss: meanLoss });
  }
  return { network: decoder.readNetwork(), epochs, loss: meanLoss };
}

function diverged(loss: number, epoch: number, learningRate: number): NonFiniteValueError {
  return new NonFiniteValueError(
    `generator's loss: found ${loss} in epoch ${epoch}, needed finite numbers; choose a learning rate below ${learningRate}`,
  );
}
