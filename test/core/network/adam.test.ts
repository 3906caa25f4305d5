import { describe, expect, it } from 'vitest';
import { Adam } from '../../../core/network/adam.ts';
import { BackwardPass } from '../../../core/network/backward.ts';
import { ForwardPass } from '../../../core/network/forward.ts';
import { initialiseNetwork } from '../../../core/network/initialise.ts';
import { rngOf } from './samples.ts';

const LEARNING_RATE = 0.01;
const ARCHITECTURE = { inputs: 3, hidden: [], heads: [{ kind: 'linear', size: 2 }] } as const;

/** The weights after each step, where step t is taken with the gradients `gradientsOf(t)`. */
function weightsAfterSteps(
  steps: number,
  gradientsOf: (step: number) => number[],
  weightDecay?: number,
): Float32Array[] {
  const forward = new ForwardPass(initialiseNetwork(ARCHITECTURE, rngOf(0)), 1);
  const backward = new BackwardPass(forward);
  const adam = new Adam(forward, backward, LEARNING_RATE, weightDecay);
  const weights = [forward.network.layers[0].weights.data];
  for (let step = 1; step <= steps; step++) {
    forward.kernels.arena.write(backward.gradients[0].weights, Float32Array.from(gradientsOf(step)));
    adam.step();
    weights.push(forward.readNetwork().layers[0].weights.data);
  }
  return weights;
}

describe('Adam', () => {
  it('first moves each parameter by the learning rate, whatever the size of its gradient', () => {
    const [before, after] = weightsAfterSteps(1, () => [1e-3, -1e-3, 5, -5, 1000, 0]);
    const moves = Array.from(after, (weight, i) => weight - before[i]);
    [-1, 1, -1, 1, -1, 0].forEach((direction, i) => {
      expect(moves[i]).toBeCloseTo(direction * LEARNING_RATE, 5);
    });
  });

  it.each([
    ['algorithm 1 of the paper', undefined],
    ['algorithm 2 of Loshchilov & Hutter, with weight decay', 0.7],
  ])('is %s, step by step in double precision', (_, weightDecay) => {
    const gradientsOf = (step: number): number[] => [1, -2, 0.5, Math.sin(step), step % 3, 10 / step];
    const found = weightsAfterSteps(40, gradientsOf, weightDecay);
    const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-7];
    const weights = Array.from(found[0]);
    const means = weights.map(() => 0);
    const squares = weights.map(() => 0);
    for (let step = 1; step <= 40; step++) {
      gradientsOf(step).forEach((gradient, i) => {
        means[i] = beta1 * means[i] + (1 - beta1) * gradient;
        squares[i] = beta2 * squares[i] + (1 - beta2) * gradient ** 2;
        const root = Math.sqrt(squares[i] / (1 - beta2 ** step));
        weights[i] -= LEARNING_RATE * (weightDecay ?? 0) * weights[i];
        weights[i] -= (LEARNING_RATE * means[i]) / (1 - beta1 ** step) / (root + epsilon);
        expect(Math.abs(found[step][i] - weights[i]), `parameter ${i} after step ${step}`).toBeLessThan(1e-6 * step);
      });
    }
  });

  it('lets weights decay, and no biases, where there is no gradient', () => {
    const network = initialiseNetwork(ARCHITECTURE, rngOf(0));
    const [{ weights }] = network.layers;
    const biases = Float32Array.of(3, -4);
    const forward = new ForwardPass({ ...network, layers: [{ weights, biases }] }, 1);
    new Adam(forward, new BackwardPass(forward), LEARNING_RATE, 5).step();
    const [after] = forward.readNetwork().layers;
    after.weights.data.forEach((weight, i) => {
      expect(weight / weights.data[i]).toBeCloseTo(1 - LEARNING_RATE * 5, 6);
    });
    expect(after.biases).toEqual(biases);
  });

  it('leaves parameters alone whose gradients have died', () => {
    const found = weightsAfterSteps(2000, (step) => (step === 1 ? [1, 1, 1, 1, 1, 1] : [0, 0, 0, 0, 0, 0]));
    expect(found[2000]).toEqual(found[1500]);
    expect(found[1]).not.toEqual(found[0]);
  });
});
