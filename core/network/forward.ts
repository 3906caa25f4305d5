import type { Block } from '../kernels/arena.ts';
import { Kernels } from '../kernels/kernels.ts';
import type { Layer, Network } from './network.ts';

/** A layer's parameters (or their gradients, or moments) in an arena. */
export interface LayerBlocks {
  readonly weights: Block;
  /** one row */
  readonly biases: Block;
}

/** A network's parameters in an arena of its own, and the way from a batch of inputs to the last layer's weighted sums. */
export class ForwardPass {
  readonly kernels = new Kernels();
  readonly network: Network;
  readonly layers: readonly LayerBlocks[];
  /** what each layer reads: the inputs of the network, to be filled before `run`, then the hidden layers' outputs */
  readonly activations: readonly Block[];
  /** what `run` writes: the last layer's sums, before the heads */
  readonly sums: Block;

  /** @param capacity the most rows that a batch may have */
  constructor(network: Network, capacity: number) {
    const { arena } = this.kernels;
    this.network = network;
    this.layers = network.layers.map(({ weights, biases }) => {
      const blocks = allocateLayer(this.kernels, weights.rows, weights.columns);
      arena.write(blocks.weights, weights.data);
      arena.write(blocks.biases, biases);
      return blocks;
    });
    this.activations = this.layers.map(({ weights }) => arena.allocate(capacity, weights.rows));
    this.sums = arena.allocate(capacity, this.layers[this.layers.length - 1].weights.columns);
  }

  get inputs(): Block {
    return this.activations[0];
  }

  /**
   * @param rows of the batch in `inputs`
   * @param masks what each hidden layer's outputs are multiplied by, if anything; see `Dropout`
   */
  run(rows: number, masks?: readonly Block[]): void {
    this.layers.forEach(({ weights, biases }, index) => {
      const hidden = index < this.layers.length - 1;
      const result = hidden ? this.activations[index + 1] : this.sums;
      this.kernels.affine(this.activations[index], weights, biases, result, rows, hidden);
      if (hidden && masks) this.kernels.multiply(result, masks[index], rows);
    });
  }

  /** The parameters as they are now. */
  readNetwork(): Network {
    const { arena } = this.kernels;
    const layers = this.layers.map(
      ({ weights, biases }): Layer => ({ weights: arena.read(weights), biases: arena.read(biases).data }),
    );
    return { architecture: this.network.architecture, layers };
  }
}

/** Zeros for a layer of `inputs` x `outputs`. */
export function allocateLayer({ arena }: Kernels, inputs: number, outputs: number): LayerBlocks {
  return { weights: arena.allocate(inputs, outputs), biases: arena.allocate(1, outputs) };
}
