import { describe, expect, it } from 'vitest';
import { Adam } from '../../../core/network/adam.ts';
import { BackwardPass } from '../../../core/network/backward.ts';
import { ForwardPass } from '../../../core/network/forward.ts';
import { initialiseNetwork } from '../../../core/network/initialise.ts';
import { rngOf } from './samples.ts';

const LEARNING_RATE = 0.01;
const ARCHITECTURE = { inputs: 3, hidden: [], heads: [{ kind: 'linear', size: 2 }] } as const;

/** The weights after each step, where step t is taken with the gradients `gradientsOf(t)`. */
function weightsAfterSteps(steps: number, gradientsOf: (step: number) => number[]): Float32Array[] {
  const forward = new ForwardPass(initialiseNetwork(ARCHITECTURE, rngOf(0)), 1);
  const backward = new BackwardPass(forward);
  const adam = new Adam(forward, backward, LEARNING_RATE);
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

  it('is algorithm 1 of the paper, step by step in double precision', () => {
    const gradientsOf = (step: number): number[] => [1, -2, 0.5, Math.sin(step), step % 3, 10 / step];
    const found = weightsAfterSteps(40, gradientsOf);
    const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-7];
    const weights = Array.from(found[0]);
    const means = weights.map(() => 0);
    const squares = weights.map(() => 0);
    for (let step = 1; step <= 40; step++) {
      gradientsOf(step).forEach((gradient, i) => {
        means[i] = beta1 * means[i] + (1 - beta1) * gradient;
        squares[i] = beta2 * squares[i] + (1 - beta2) * gradient ** 2;
        const root = Math.sqrt(squares[i] / (1 - beta2 ** step));
        weights[i] -= (LEARNING_RATE * means[i]) / (1 - beta1 ** step) / (root + epsilon);
        expect(Math.abs(found[step][i] - weights[i]), `parameter ${i} after step ${step}`).toBeLessThan(1e-6 * step);
      });
    }
  });

  it('leaves parameters alone whose gradients have died', () => {
    const found = weightsAfterSteps(2000, (step) => (step === 1 ? [1, 1, 1, 1, 1, 1] : [0, 0, 0, 0, 0, 0]));
    expect(found[2000]).toEqual(found[1500]);
    expect(found[1]).not.toEqual(found[0]);
  });
});
