import { describe, expect, it } from 'vitest';
import { BackwardPass } from '../../../core/network/backward.ts';
import { ForwardPass } from '../../../core/network/forward.ts';
import { outputColumns, placeHeads } from '../../../core/network/heads.ts';
import { initialiseNetwork } from '../../../core/network/initialise.ts';
import { LOSSES, type Loss, lossAndGradient } from '../../../core/network/loss.ts';
import type { Layer, Network } from '../../../core/network/network.ts';
import type { Matrix } from '../../../core/table/matrix.ts';
import { referenceLoss } from './reference.ts';
import { MIXED_HEADS, normalMatrix, randomTargets, rngOf } from './samples.ts';

interface Gradient {
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

/** The engine's gradient of the mean loss in every parameter. */
function gradients(network: Network, loss: Loss, inputs: Matrix, targets: Matrix): Gradient[] {
  const forward = new ForwardPass(network, inputs.rows + 3);
  const backward = new BackwardPass(forward);
  const { arena } = forward.kernels;
  const batchTargets = arena.allocate(inputs.rows + 3, targets.columns);
  const order = Int32Array.from({ length: inputs.rows }, (_, row) => row);
  arena.writeRows(forward.inputs, inputs, order, 0, inputs.rows);
  arena.writeRows(batchTargets, targets, order, 0, inputs.rows);
  forward.run(inputs.rows);
  const heads = placeHeads(network.architecture.heads);
  lossAndGradient(forward.kernels, heads, loss, forward.sums, batchTargets, backward.sumsGradient, inputs.rows);
  backward.run(inputs.rows);
  return backward.gradients.map(({ weights, biases }) => ({
    weights: arena.read(weights).data,
    biases: arena.read(biases).data,
  }));
}

/** `network` with one parameter moved; in double precision, so that small steps are not rounded away. */
function moved(network: Network, layer: number, part: keyof Layer, index: number, by: number): Network {
  const layers = network.layers.map(({ weights, biases }, l) => {
    const copies = { weights: Float64Array.from(weights.data), biases: Float64Array.from(biases) };
    if (l === layer) copies[part][index] += by;
    return {
      weights: { ...weights, data: copies.weights as unknown as Float32Array },
      biases: copies.biases as unknown as Float32Array,
    };
  });
  return { ...network, layers };
}

describe.each(LOSSES)('gradients of %s', (loss) => {
  it.each([
    ['no hidden layer', []],
    ['one hidden layer', [9]],
    ['three hidden layers, none a multiple of a tile', [13, 6, 3]],
  ])('are the central differences of the reference in double precision: %s', (_, hidden) => {
    const rng = rngOf(hidden.length);
    const untrained = initialiseNetwork({ inputs: 5, hidden, heads: MIXED_HEADS }, rng);
    const network: Network = {
      ...untrained,
      layers: untrained.layers.map((layer) => ({ ...layer, biases: layer.biases.map(() => rng.nextNormal() / 4) })),
    };
    const inputs = normalMatrix(6, 5, rng);
    const targets = randomTargets(6, MIXED_HEADS, rng);
    expect(targets.columns).toBe(outputColumns(MIXED_HEADS));
    const step = 1e-6;
    let largest = 0;
    gradients(network, loss, inputs, targets).forEach((gradient, layer) => {
      for (const part of ['weights', 'biases'] as const) {
        gradient[part].forEach((found, index) => {
          const above = referenceLoss(moved(network, layer, part, index, step), loss, inputs, targets);
          const below = referenceLoss(moved(network, layer, part, index, -step), loss, inputs, targets);
          const expected = (above - below) / (2 * step);
          expect(Math.abs(found - expected), `layer ${layer}, ${part}[${index}]`).toBeLessThan(5e-6);
          largest = Math.max(largest, Math.abs(expected));
        });
      }
    });
    // Gradients of 0 would agree with anything that is small.
    expect(largest).toBeGreaterThan(0.1);
  });
});
