import type { Block } from '../kernels/arena.ts';
import { allocateLayer, type ForwardPass, type LayerBlocks } from './forward.ts';

/** The way back (Rumelhart, Hinton & Williams 1986): from the gradient in the last layer's sums to that in all parameters. */
export class BackwardPass {
  /** what `run` writes, in the order of the forward pass's layers */
  readonly gradients: readonly LayerBlocks[];
  /** the gradient in the last layer's sums, to be filled before `run` */
  readonly sumsGradient: Block;
  readonly #forward: ForwardPass;
  /** per hidden layer: the gradient in its sums */
  readonly #hiddenGradients: readonly Block[];
  /** per layer but the first: its weights transposed */
  readonly #transposed: readonly Block[];

  constructor(forward: ForwardPass) {
    const { kernels, layers, activations, sums } = forward;
    const { arena } = kernels;
    this.#forward = forward;
    this.gradients = layers.map(({ weights }) => allocateLayer(kernels, weights.rows, weights.columns));
    this.sumsGradient = arena.allocate(sums.rows, sums.columns);
    this.#hiddenGradients = activations.slice(1).map(({ rows, columns }) => arena.allocate(rows, columns));
    this.#transposed = layers.slice(1).map(({ weights }) => arena.allocate(weights.columns, weights.rows));
  }

  /**
   * @param rows of the batch that the forward pass has just run over
   * @param masks those of that pass
   */
  run(rows: number, masks?: readonly Block[]): void {
    const { kernels, layers, activations } = this.#forward;
    for (let index = layers.length - 1; index >= 0; index--) {
      const gradient = this.#hiddenGradients[index] ?? this.sumsGradient;
      kernels.transposedProduct(activations[index], gradient, this.gradients[index].weights, rows);
      kernels.columnSums(gradient, this.gradients[index].biases, rows);
      if (index === 0) return;
      const transposed = this.#transposed[index - 1];
      kernels.transpose(layers[index].weights, transposed);
      // relu passes the gradient on where its output is above 0.
      const below = this.#hiddenGradients[index - 1];
      kernels.maskedProduct(gradient, transposed, activations[index], below, rows);
      if (masks) kernels.multiply(below, masks[index - 1], rows);
    }
  }
}
