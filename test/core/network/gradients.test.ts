import { describe, expect, it } from 'vitest';
import { BackwardPass } from '../../../core/network/backward.ts';
import { ForwardPass } from '../../../core/network/forward.ts';
import { type Head, outputColumns, placeHeads } from '../../../core/network/heads.ts';
import { initialiseNetwork } from '../../../core/network/initialise.ts';
import { LOSSES, type Loss, lossAndGradient } from '../../../core/network/loss.ts';
import type { Layer, Network } from '../../../core/network/network.ts';
import type { Rng } from '../../../core/random/rng.ts';
import type { Matrix } from '../../../core/table/matrix.ts';
import { type RowSettings, referenceLoss } from './reference.ts';
import { MIXED_HEADS, normalMatrix, randomTargets, rngOf } from './samples.ts';

interface Gradient {
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

/** The engine's gradient of the mean loss in every parameter. */
function gradients(
  network: Network,
  loss: Loss,
  inputs: Matrix,
  targets: Matrix,
  settings: readonly RowSettings[] = [],
): Gradient[] {
  const capacity = inputs.rows + 3;
  const forward = new ForwardPass(network, capacity);
  const backward = new BackwardPass(forward);
  const { arena } = forward.kernels;
  const blocks = {
    sums: forward.sums,
    targets: arena.allocate(capacity, targets.columns),
    gradient: backward.sumsGradient,
  };
  const order = Int32Array.from({ length: inputs.rows }, (_, row) => row);
  arena.writeRows(forward.inputs, inputs, order, 0, inputs.rows);
  arena.writeRows(blocks.targets, targets, order, 0, inputs.rows);
  const masks = settings[0]?.masks?.map((units, layer) => {
    const mask = arena.allocate(inputs.rows, units.length);
    arena.write(mask, Float32Array.from(settings.flatMap((row) => row.masks?.[layer] ?? [])));
    return mask;
  });
  const weights = settings[0]?.weight === undefined ? undefined : Float64Array.from(settings, (row) => row.weight ?? 1);
  forward.run(inputs.rows, masks);
  const heads = placeHeads(network.architecture.heads);
  lossAndGradient(forward.kernels, heads, loss, blocks, inputs.rows, weights);
  backward.run(inputs.rows, masks);
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

/** With biases, so that no unit is at the edge of its relu. */
function drawNetwork(hidden: readonly number[], heads: readonly Head[], rng: Rng): Network {
  const untrained = initialiseNetwork({ inputs: 5, hidden, heads }, rng);
  return {
    ...untrained,
    layers: untrained.layers.map((layer) => ({ ...layer, biases: layer.biases.map(() => rng.nextNormal() / 4) })),
  };
}

/** Holds the engine's gradients against central differences of the reference in double precision. */
function expectCentralDifferences(
  network: Network,
  loss: Loss,
  inputs: Matrix,
  targets: Matrix,
  settings: readonly RowSettings[] = [],
): void {
  const step = 1e-6;
  let largest = 0;
  gradients(network, loss, inputs, targets, settings).forEach((gradient, layer) => {
    for (const part of ['weights', 'biases'] as const) {
      gradient[part].forEach((found, index) => {
        const lossAt = (by: number): number =>
          referenceLoss(moved(network, layer, part, index, by), loss, inputs, targets, settings);
        const expected = (lossAt(step) - lossAt(-step)) / (2 * step);
        expect(Math.abs(found - expected), `layer ${layer}, ${part}[${index}]`).toBeLessThan(5e-6);
        largest = Math.max(largest, Math.abs(expected));
      });
    }
  });
  // Gradients of 0 would agree with anything that is small.
  expect(largest).toBeGreaterThan(0.1);
}

const DEPTHS: [string, number[]][] = [
  ['no hidden layer', []],
  ['one hidden layer', [9]],
  ['three hidden layers, none a multiple of a tile', [13, 6, 3]],
];

describe.each(LOSSES)('gradients of %s', (loss) => {
  it.each(DEPTHS)('are the central differences of the reference in double precision: %s', (_, hidden) => {
    const rng = rngOf(hidden.length);
    const network = drawNetwork(hidden, MIXED_HEADS, rng);
    const inputs = normalMatrix(6, 5, rng);
    const targets = randomTargets(6, MIXED_HEADS, rng);
    expect(targets.columns).toBe(outputColumns(MIXED_HEADS));
    expectCentralDifferences(network, loss, inputs, targets);
  });
});

describe('gradients with row weights and units left out', () => {
  const focal = { kind: 'focal', gamma: 2 } as const;
  const cases = (['squared-error', 'cross-entropy', focal] satisfies Loss[]).flatMap((loss) =>
    DEPTHS.map(([depth, hidden]) => ({ loss, depth, hidden })),
  );

  it.each(cases)('are the central differences of the reference: $loss, $depth', ({ loss, hidden }) => {
    const rng = rngOf(hidden.length + 20);
    const heads: Head[] = [{ kind: 'sigmoid', size: 3 }];
    const network = drawNetwork(hidden, heads, rng);
    const inputs = normalMatrix(6, 5, rng);
    const targets = randomTargets(6, heads, rng);
    const settings = Array.from({ length: 6 }, (_, row) => ({
      weight: [1, 2, 0.5, 4, 3, 8][row],
      masks: hidden.map((units) => Array.from({ length: units }, () => (rng.nextInt(4) === 0 ? 0 : 4 / 3))),
    }));
    expectCentralDifferences(network, loss, inputs, targets, settings);
  });
});
