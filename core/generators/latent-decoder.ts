import { Adam } from '../network/adam.ts';
import { BackwardPass } from '../network/backward.ts';
import { ForwardPass } from '../network/forward.ts';
import { type PlacedHead, placeHeads } from '../network/heads.ts';
import { type LossBlocks, lossAndGradient, type NamedLoss } from '../network/loss.ts';
import type { Network } from '../network/network.ts';
import type { Matrix } from '../table/matrix.ts';
import { InputGradient } from './input-gradient.ts';

export interface LatentDecoderOptions {
  readonly loss: NamedLoss;
  readonly learningRate: number;
  /** the most rows that a batch may have */
  readonly batchSize: number;
}

/** A network in training that answers codes with rows, and says where it would rather have had the codes. */
export class LatentDecoder {
  readonly #targets: Matrix;
  readonly #heads: readonly PlacedHead[];
  readonly #loss: NamedLoss;
  readonly #forward: ForwardPass;
  readonly #backward: BackwardPass;
  readonly #inputGradient: InputGradient;
  readonly #adam: Adam;
  readonly #blocks: LossBlocks;
  readonly #inPlace: Int32Array;

  /** @param targets what the network shall answer with, one per code */
  constructor(network: Network, targets: Matrix, { loss, learningRate, batchSize }: LatentDecoderOptions) {
    this.#targets = targets;
    this.#heads = placeHeads(network.architecture.heads);
    this.#loss = loss;
    this.#forward = new ForwardPass(network, batchSize);
    this.#backward = new BackwardPass(this.#forward);
    this.#inputGradient = new InputGradient(this.#forward, this.#backward);
    this.#adam = new Adam(this.#forward, this.#backward, learningRate);
    this.#blocks = {
      sums: this.#forward.sums,
      targets: this.#forward.kernels.arena.allocate(batchSize, targets.columns),
      gradient: this.#backward.sumsGradient,
    };
    this.#inPlace = Int32Array.from({ length: batchSize }, (_, row) => row);
  }

  /**
   * One step towards answering `codes` with the targets `order[start..end-1]`.
   *
   * @returns the loss before it, summed over the rows, and the gradient of its mean in the codes
   */
  step(codes: Matrix, order: Int32Array, start: number, end: number): { loss: number; codesGradient: Matrix } {
    const rows = end - start;
    const { kernels, inputs } = this.#forward;
    kernels.arena.writeRows(inputs, codes, this.#inPlace, 0, rows);
    kernels.arena.writeRows(this.#blocks.targets, this.#targets, order, start, end);
    this.#forward.run(rows);
    const loss = lossAndGradient(kernels, this.#heads, this.#loss, this.#blocks, rows);
    this.#backward.run(rows);
    const codesGradient = this.#inputGradient.run(rows);
    this.#adam.step();
    return { loss, codesGradient };
  }

  /** The parameters as they are now. */
  readNetwork(): Network {
    return this.#forward.readNetwork();
  }
}
