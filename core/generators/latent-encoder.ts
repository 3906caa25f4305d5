import { Adam } from '../network/adam.ts';
import { BackwardPass } from '../network/backward.ts';
import { ForwardPass } from '../network/forward.ts';
import { initialiseNetwork } from '../network/initialise.ts';
import { exponential } from '../numeric/exp-log.ts';
import type { Rng } from '../random/rng.ts';
import { createMatrix, type Matrix } from '../table/matrix.ts';
import { type LatentNoise, latentNoise } from './latent-noise.ts';
import type { Noise } from './noise.ts';

/** Log variances are kept within this, so that no exponential overflows before training has settled. */
const LARGEST_LOG_VARIANCE = 10;

export interface LatentEncoderOptions {
  readonly noise: Noise;
  /** units of the hidden layers, from the rows on */
  readonly hidden: readonly number[];
  readonly learningRate: number;
  /** the most rows that a batch may have */
  readonly batchSize: number;
  /** how much a unit of divergence counts beside a unit of the loss */
  readonly divergenceWeight: number;
}

/**
 * Where in the noise each row has its place: a network that answers a row x with q(z|x), a mean and a log variance for each
 * number of z.
 */
export class LatentEncoder {
  readonly #rows: Matrix;
  readonly #dimension: number;
  readonly #latent: LatentNoise;
  readonly #divergenceWeight: number;
  readonly #forward: ForwardPass;
  readonly #backward: BackwardPass;
  readonly #adam: Adam;
  /** 0, 1, 2, ...: a batch's rows are where they are */
  readonly #inPlace: Int32Array;
  /** of the batch that was drawn last: the network's answers, and the standard normal numbers that were drawn */
  #answers: Matrix;
  #drawn: Matrix;

  /** @param rows what is to be placed, encoded */
  constructor(rows: Matrix, options: LatentEncoderOptions, rng: Rng) {
    const { noise, hidden, learningRate, batchSize, divergenceWeight } = options;
    const heads = [{ kind: 'linear', size: 2 * noise.dimension }] as const;
    this.#rows = rows;
    this.#dimension = noise.dimension;
    this.#latent = latentNoise(noise);
    this.#divergenceWeight = divergenceWeight;
    this.#forward = new ForwardPass(initialiseNetwork({ inputs: rows.columns, hidden, heads }, rng), batchSize);
    this.#backward = new BackwardPass(this.#forward);
    this.#adam = new Adam(this.#forward, this.#backward, learningRate);
    this.#inPlace = Int32Array.from({ length: batchSize }, (_, row) => row);
    this.#answers = createMatrix(0, 2 * noise.dimension);
    this.#drawn = createMatrix(0, noise.dimension);
  }

  /** One z ~ q(z|x) for each of the rows `order[start..end-1]`. */
  draw(order: Int32Array, start: number, end: number, rng: Rng): Matrix {
    const rows = end - start;
    const { arena } = this.#forward.kernels;
    arena.writeRows(this.#forward.inputs, this.#rows, order, start, end);
    this.#forward.run(rows);
    this.#answers = arena.read(this.#forward.sums, rows);
    this.#drawn = createMatrix(rows, this.#dimension);
    for (let i = 0; i < this.#drawn.data.length; i++) this.#drawn.data[i] = rng.nextNormal();
    const codes = createMatrix(rows, this.#dimension);
    this.#forEachCode((code, mean, logVariance) => {
      codes.data[code] = this.#latent.value(this.#latentNormal(code, mean, logVariance));
    });
    return codes;
  }

  /**
   * The divergence of q(z|x) from p(z), summed over the rows drawn last: half the sum of mean^2 + variance - log variance - 1
   * (Kingma & Welling 2014, appendix B). It is the same for a uniform z, which is a function of the normal one.
   */
  divergence(): number {
    let total = 0;
    this.#forEachCode((_, mean, logVariance) => {
      total += (mean * mean + exponential(logVariance) - logVariance - 1) / 2;
    });
    return total;
  }

  /**
   * One step against the gradient of the batch's mean loss and weighted divergence.
   *
   * @param codesGradient that of the mean loss in the codes that `draw` has just given, of their shape
   */
  learn(codesGradient: Matrix): void {
    const { rows } = codesGradient;
    const gradient = createMatrix(rows, 2 * this.#dimension);
    const share = this.#divergenceWeight / rows;
    this.#forEachCode((code, mean, logVariance, at) => {
      const slope = codesGradient.data[code] * this.#latent.slope(this.#latentNormal(code, mean, logVariance));
      const deviation = exponential(logVariance / 2);
      gradient.data[at] = slope + share * mean;
      gradient.data[at + this.#dimension] =
        (slope * this.#drawn.data[code] * deviation + share * (deviation * deviation - 1)) / 2;
    });
    this.#forward.kernels.arena.writeRows(this.#backward.sumsGradient, gradient, this.#inPlace, 0, rows);
    this.#backward.run(rows);
    this.#adam.step();
  }

  #latentNormal(code: number, mean: number, logVariance: number): number {
    return mean + exponential(logVariance / 2) * this.#drawn.data[code];
  }

  /** @param visit gets a code's place in the codes, its distribution, and the place of its mean in the answers */
  #forEachCode(visit: (code: number, mean: number, logVariance: number, at: number) => void): void {
    const { data } = this.#answers;
    const dimension = this.#dimension;
    for (let code = 0; code < this.#drawn.data.length; code++) {
      const at = Math.floor(code / dimension) * 2 * dimension + (code % dimension);
      const logVariance = Math.max(-LARGEST_LOG_VARIANCE, Math.min(LARGEST_LOG_VARIANCE, data[at + dimension]));
      visit(code, data[at], logVariance, at);
    }
  }
}
