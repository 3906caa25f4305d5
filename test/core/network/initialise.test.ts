import { describe, expect, it } from 'vitest';
import type { Head } from '../../../core/network/heads.ts';
import { initialiseNetwork } from '../../../core/network/initialise.ts';
import { rngOf } from './samples.ts';

const linear = (size: number): Head[] => [{ kind: 'linear', size }];

describe('initialiseNetwork', () => {
  it('draws hidden weights by He, the last by Glorot, uniformly, and starts with biases of 0', () => {
    const { layers } = initialiseNetwork({ inputs: 50, hidden: [80], heads: linear(30) }, rngOf(0));
    expect(layers.map(({ weights }) => [weights.rows, weights.columns])).toEqual([
      [50, 80],
      [80, 30],
    ]);
    [Math.sqrt(6 / 50), Math.sqrt(6 / (80 + 30))].forEach((limit, layer) => {
      const values = Array.from(layers[layer].weights.data);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      expect(Math.max(...values)).toBeLessThanOrEqual(limit);
      expect(Math.max(...values)).toBeGreaterThan(0.99 * limit);
      expect(Math.min(...values)).toBeLessThan(-0.99 * limit);
      expect(Math.abs(mean)).toBeLessThan(0.05 * limit);
      expect(variance / (limit ** 2 / 3)).toBeCloseTo(1, 1);
    });
    expect(layers.map(({ biases }) => biases)).toEqual([new Float32Array(80), new Float32Array(30)]);
  });

  it('gives the same weights for the same seed, others for another', () => {
    const of = (seed: number) => initialiseNetwork({ inputs: 3, hidden: [2], heads: linear(1) }, rngOf(seed)).layers;
    expect(of(0)).toEqual(of(0));
    expect(of(0)).not.toEqual(of(1));
  });

  it('refuses architectures that are none', () => {
    const initialise = (inputs: number, hidden: number[], heads: readonly Head[]) => () =>
      initialiseNetwork({ inputs, hidden, heads }, rngOf(0));
    expect(initialise(0, [], linear(1))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: inputs: found 0, needed a whole number of at least 1]`,
    );
    expect(initialise(3, [4, 2.5], linear(1))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: hidden[1]: found 2.5, needed a whole number of at least 1]`,
    );
    expect(initialise(3, [], [])).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: heads: found none, needed at least one]`,
    );
    expect(initialise(3, [], linear(0))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: heads[0].size: found 0, needed a whole number of at least 1]`,
    );
    expect(initialise(3, [], [{ kind: 'tanh' as 'linear', size: 1 }])).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: heads[0].kind: found tanh, needed one of softmax, sigmoid, linear]`,
    );
  });
});
