import type { Rng } from '../random/rng.ts';
import type { Matrix } from '../table/matrix.ts';
import { Adam } from './adam.ts';
import { BackwardPass } from './backward.ts';
import { Dropout } from './dropout.ts';
import { ForwardPass } from './forward.ts';
import { type PlacedHead, placeHeads } from './heads.ts';
import { type Loss, type LossBlocks, lossAndGradient } from './loss.ts';
import type { Network } from './network.ts';

/** Rows and what the network shall answer them with. */
export interface Examples {
  readonly inputs: Matrix;
  readonly targets: Matrix;
  /** one per row; without them, all are 1 */
  readonly weights: Float64Array | undefined;
}

/** How a step is made. */
export interface StepOptions {
  readonly loss: Loss;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly dropout: number;
}

/** A network in training, batch by batch. */
export class Trainer {
  readonly #examples: Examples;
  readonly #heads: readonly PlacedHead[];
  readonly #loss: Loss;
  readonly #capacity: number;
  readonly #forward: ForwardPass;
  readonly #backward: BackwardPass;
  readonly #adam: Adam;
  readonly #dropout: Dropout | undefined;
  readonly #blocks: LossBlocks;
  readonly #batchWeights: Float64Array | undefined;

  /**
   * @param capacity the most rows that a batch may have
   * @param rng draws what is dropped out
   */
  constructor(network: Network, examples: Examples, capacity: number, options: StepOptions, rng: Rng) {
    const { loss, learningRate, weightDecay, dropout } = options;
    this.#examples = examples;
    this.#heads = placeHeads(network.architecture.heads);
    this.#loss = loss;
    this.#capacity = capacity;
    this.#forward = new ForwardPass(network, capacity);
    this.#backward = new BackwardPass(this.#forward);
    this.#adam = new Adam(this.#forward, this.#backward, learningRate, weightDecay);
    this.#dropout = dropout > 0 ? new Dropout(this.#forward, dropout, rng) : undefined;
    this.#blocks = {
      sums: this.#forward.sums,
      targets: this.#forward.kernels.arena.allocate(capacity, examples.targets.columns),
      gradient: this.#backward.sumsGradient,
    };
    this.#batchWeights = examples.weights && new Float64Array(capacity);
  }

  /**
   * One step on the rows `order[start..end-1]`.
   *
   * @returns their loss before it, weighted and summed
   */
  step(order: Int32Array, start: number, end: number): number {
    this.#load(order, start, end);
    const masks = this.#dropout?.draw();
    this.#forward.run(end - start, masks);
    const total = this.#lossAndGradient(end - start);
    this.#backward.run(end - start, masks);
    this.#adam.step();
    return total;
  }

  /** The loss of these rows with nothing dropped out, weighted and summed. Teaches nothing. */
  measure(rows: Int32Array): number {
    let total = 0;
    for (let start = 0; start < rows.length; start += this.#capacity) {
      const end = Math.min(start + this.#capacity, rows.length);
      this.#load(rows, start, end);
      this.#forward.run(end - start);
      total += this.#lossAndGradient(end - start);
    }
    return total;
  }

  /** The parameters as they are now. */
  readNetwork(): Network {
    return this.#forward.readNetwork();
  }

  #load(order: Int32Array, start: number, end: number): void {
    const { inputs, targets, weights } = this.#examples;
    const { arena } = this.#forward.kernels;
    arena.writeRows(this.#forward.inputs, inputs, order, start, end);
    arena.writeRows(this.#blocks.targets, targets, order, start, end);
    if (weights && this.#batchWeights) {
      for (let i = start; i < end; i++) this.#batchWeights[i - start] = weights[order[i]];
    }
  }

  #lossAndGradient(rows: number): number {
    return lossAndGradient(this.#forward.kernels, this.#heads, this.#loss, this.#blocks, rows, this.#batchWeights);
  }
}
