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
 *
 * Weight decay is decoupled from the gradients (AdamW: Loshchilov & Hutter 2019, algorithm 2, https://arxiv.org/abs/1711.05101,
 * with the decay times the learning rate, as PyTorch and Keras have it): before each step every weight, but no bias, loses the
 * share learningRate x weightDecay of itself. As a penalty in the loss it would be divided by the size of
 * the gradients, as these are, and so hold the weights with large gradients back the least.
 */
export class Adam {
  readonly #forward: ForwardPass;
  readonly #backward: BackwardPass;
  readonly #learningRate: number;
  readonly #weightDecay: number;
  readonly #means: readonly LayerBlocks[];
  readonly #squares: readonly LayerBlocks[];
  #beta1Power = 1;
  #beta2Power = 1;

  /** @param weightDecay from 0, which is none */
  constructor(forward: ForwardPass, backward: BackwardPass, learningRate: number, weightDecay = 0) {
    const zeros = (): LayerBlocks[] =>
      forward.layers.map(({ weights }) => allocateLayer(forward.kernels, weights.rows, weights.columns));
    this.#forward = forward;
    this.#backward = backward;
    this.#learningRate = learningRate;
    this.#weightDecay = weightDecay;
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
    const { kernels, layers } = this.#forward;
    const kept = 1 - this.#learningRate * this.#weightDecay;
    layers.forEach((layer, index) => {
      const gradients = this.#backward.gradients[index];
      const means = this.#means[index];
      const squares = this.#squares[index];
      if (kept < 1) kernels.scale(layer.weights, kept, layer.weights.rows);
      kernels.adamStep(layer.weights, gradients.weights, means.weights, squares.weights, coefficients);
      kernels.adamStep(layer.biases, gradients.biases, means.biases, squares.biases, coefficients);
    });
  }
}
