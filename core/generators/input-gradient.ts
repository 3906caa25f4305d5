import type { Block } from '../kernels/arena.ts';
import type { BackwardPass } from '../network/backward.ts';
import type { ForwardPass } from '../network/forward.ts';
import type { Matrix } from '../table/matrix.ts';

/** Takes a network's gradient one step further than `BackwardPass` does: to the network's inputs. */
export class InputGradient {
  readonly #forward: ForwardPass;
  readonly #backward: BackwardPass;
  /** per layer: its weights transposed */
  readonly #transposed: readonly Block[];
  /** per layer: the gradient in what it reads */
  readonly #gradients: readonly Block[];
  /** what lets the gradient through: above 0 everywhere, since no relu comes before the inputs */
  readonly #open: Block;

  constructor(forward: ForwardPass, backward: BackwardPass) {
    const { kernels, layers, activations } = forward;
    const { arena } = kernels;
    this.#forward = forward;
    this.#backward = backward;
    this.#transposed = layers.map(({ weights }) => arena.allocate(weights.columns, weights.rows));
    this.#gradients = activations.map(({ rows, columns }) => arena.allocate(rows, columns));
    const { rows, columns } = forward.inputs;
    this.#open = arena.allocate(rows, columns);
    arena.write(this.#open, new Float32Array(rows * columns).fill(1));
  }

  /**
   * The gradient that belongs to `sumsGradient` of the backward pass. Call it before the parameters move.
   *
   * @param rows of the batch that the forward pass has just run over
   * @returns rows x the network's inputs
   */
  run(rows: number): Matrix {
    const { kernels, layers, activations } = this.#forward;
    let gradient = this.#backward.sumsGradient;
    for (let index = layers.length - 1; index >= 0; index--) {
      kernels.transpose(layers[index].weights, this.#transposed[index]);
      const mask = index === 0 ? this.#open : activations[index];
      kernels.maskedProduct(gradient, this.#transposed[index], mask, this.#gradients[index], rows);
      gradient = this.#gradients[index];
    }
    return kernels.arena.read(gradient, rows);
  }
}
