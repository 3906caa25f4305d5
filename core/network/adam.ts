import type { AdamCoefficients } from '../kernels/kernels.ts';
import type { BackwardPass } from './backward.ts';
import { allocateLayer, type ForwardPass, type LayerBlocks } from './forward.ts';

// Single precision, as the kernel sees them, so that the bias corrections are those of the same numbers.
const BETA1 = Math.fround(0.9);
const BETA2 = Math.fround(0.999);
const EPSILON = 1e-7;

/**
 * Adam (Kingma & Ba 2015, algorithm 1, https://arxiv.org/abs/1412.6980), bias corrections included:
 * parameter -= learningRate m' / (sqrt(v') + epsilon) with m' = m / (1 - beta1^t), v' = v / (1 - beta2^t).
 * beta1 = 0.9 and beta2 = 0.999 as there; epsilon = 1e-7, which is the default of Keras and TensorFlow.js for single precision
 * (the paper's 1e-8 is meant for double).
 */
export class Adam {
  readonly #forward: ForwardPass;
  readonly #backward: BackwardPass;
  readonly #learningRate: number;
  readonly #means: readonly LayerBlocks[];
  readonly #squares: readonly LayerBlocks[];
  #beta1Power = 1;
  #beta2Power = 1;

  constructor(forward: ForwardPass, backward: BackwardPass, learningRate: number) {
    const zeros = (): LayerBlocks[] =>
      forward.layers.map(({ weights }) => allocateLayer(forward.kernels, weights.rows, weights.columns));
    this.#forward = forward;
    this.#backward = backward;
    this.#learningRate = learningRate;
    this.#means = zeros();
    this.#squares = zeros();
  }

  /** Moves the forward pass's parameters against the backward pass's gradients. */
  step(): void {
    this.#beta1Power *= BETA1;
    this.#beta2Power *= BETA2;
    const coefficients: AdamCoefficients = {
      step: this.#learningRate / (1 - this.#beta1Power),
      rootFactor: 1 / Math.sqrt(1 - this.#beta2Power),
      beta1: BETA1,
      beta2: BETA2,
      epsilon: EPSILON,
    };
    this.#forward.layers.forEach((layer, index) => {
      const gradients = this.#backward.gradients[index];
      const means = this.#means[index];
      const squares = this.#squares[index];
      this.#forward.kernels.adamStep(layer.weights, gradients.weights, means.weights, squares.weights, coefficients);
      this.#forward.kernels.adamStep(layer.biases, gradients.biases, means.biases, squares.biases, coefficients);
    });
  }
}
