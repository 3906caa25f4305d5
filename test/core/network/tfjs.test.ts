import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { BackwardPass } from '../../../core/network/backward.ts';
import { Dropout } from '../../../core/network/dropout.ts';
import { ForwardPass } from '../../../core/network/forward.ts';
import { type Head, outputColumns, placeHeads } from '../../../core/network/heads.ts';
import { initialiseNetwork } from '../../../core/network/initialise.ts';
import { LOSSES, type Loss, lossAndGradient } from '../../../core/network/loss.ts';
import type { Network } from '../../../core/network/network.ts';
import { predict } from '../../../core/network/predict.ts';
import { trainNetwork } from '../../../core/network/train.ts';
import { createMatrix, type Matrix } from '../../../core/table/matrix.ts';
import { MIXED_HEADS, normalMatrix, randomTargets, rngOf } from './samples.ts';

const INPUTS = 7;
const HIDDEN = [12, 5];
const ROWS = 9;
const LEARNING_RATE = 0.01;

const tensorOf = ({ rows, columns, data }: Matrix): tf.Tensor2D => tf.tensor2d(data, [rows, columns]);

function problem(heads: readonly Head[]): { network: Network; inputs: Matrix; targets: Matrix } {
  const rng = rngOf(11);
  return {
    network: initialiseNetwork({ inputs: INPUTS, hidden: HIDDEN, heads }, rng),
    inputs: normalMatrix(ROWS, INPUTS, rng),
    targets: randomTargets(ROWS, heads, rng),
  };
}

/** weights, biases, weights, biases, ... */
function variablesOf(network: Network): tf.Variable[] {
  return network.layers.flatMap(({ weights, biases }) => [
    tf.variable(tensorOf(weights)),
    tf.variable(tf.tensor1d(biases)),
  ]);
}

/** @param masks per hidden layer what its outputs are multiplied by */
function tfSums(variables: tf.Variable[], inputs: tf.Tensor2D, masks: readonly tf.Tensor2D[] = []): tf.Tensor2D {
  let x = inputs;
  for (let i = 0; i < variables.length; i += 2) {
    const sums = tf.add(tf.matMul(x, variables[i] as tf.Tensor2D), variables[i + 1]) as tf.Tensor2D;
    x = i + 2 < variables.length ? tf.relu(sums) : sums;
    const mask = masks[i / 2];
    if (mask) x = tf.mul(x, mask);
  }
  return x;
}

function tfOutputs(heads: readonly Head[], sums: tf.Tensor2D): tf.Tensor2D {
  const parts = placeHeads(heads).map(({ kind, column, size }) => {
    const own = tf.slice2d(sums, [0, column], [ROWS, size]);
    if (kind === 'softmax') return tf.softmax(own);
    return kind === 'sigmoid' ? tf.sigmoid(own) : own;
  });
  return tf.concat2d(parts, 1);
}

/** tfjs's own losses, head by head: each is a mean over rows and columns, or over rows only for a softmax. */
function tfLoss(heads: readonly Head[], loss: Loss, sums: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  const outputs = tfOutputs(heads, sums);
  const parts = placeHeads(heads).map(({ kind, column, size }): tf.Scalar => {
    const own = (from: tf.Tensor2D): tf.Tensor2D => tf.slice2d(from, [0, column], [ROWS, size]);
    if (loss === 'squared-error' || kind === 'linear') {
      return tf.mul(tf.losses.meanSquaredError(own(targets), own(outputs)), size) as tf.Scalar;
    }
    if (kind === 'softmax') return tf.losses.softmaxCrossEntropy(own(targets), own(sums)) as tf.Scalar;
    return tf.mul(tf.losses.sigmoidCrossEntropy(own(targets), own(sums)), size) as tf.Scalar;
  });
  return parts.reduce((total, part) => tf.add(total, part) as tf.Scalar);
}

/** All rows in one batch, so that shuffling cannot matter beyond the order of sums. */
function train(network: Network, inputs: Matrix, targets: Matrix, loss: Loss, epochs: number): number[][] {
  const options = { epochs, batchSize: ROWS, learningRate: LEARNING_RATE, loss };
  const trained = trainNetwork(network, inputs, targets, options, rngOf(0)).network;
  return trained.layers.flatMap(({ weights, biases }) => [Array.from(weights.data), Array.from(biases)]);
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(found.length).toBe(expected.length);
  const largest = Array.from(found).reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
  expect(largest).toBeLessThan(tolerance);
}

beforeAll(async () => {
  // Otherwise it recommends another backend on stderr.
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

describe('against tfjs-core', () => {
  it('the outputs of all heads agree', () => {
    const { network, inputs } = problem(MIXED_HEADS);
    const expected = tfOutputs(MIXED_HEADS, tfSums(variablesOf(network), tensorOf(inputs)));
    expectClose(predict(network, inputs).data, expected.dataSync(), 1e-6);
  });

  it.each(LOSSES)('%s: the loss agrees', (loss) => {
    const { network, inputs, targets } = problem(MIXED_HEADS);
    const expected = tfLoss(MIXED_HEADS, loss, tfSums(variablesOf(network), tensorOf(inputs)), tensorOf(targets));
    const options = { epochs: 1, batchSize: ROWS, learningRate: LEARNING_RATE, loss };
    const found = trainNetwork(network, inputs, targets, options, rngOf(0)).loss;
    expect(found / expected.dataSync()[0]).toBeCloseTo(1, 5);
  });

  it.each(LOSSES.flatMap((loss) => [1, 2, 50].map((steps) => ({ loss, steps }))))(
    '$loss: $steps steps of Adam lead to the same parameters',
    ({ loss, steps }) => {
      const { network, inputs, targets } = problem(MIXED_HEADS);
      const variables = variablesOf(network);
      const [x, y] = [tensorOf(inputs), tensorOf(targets)];
      const adam = tf.train.adam(LEARNING_RATE, 0.9, 0.999, 1e-7);
      for (let i = 0; i < steps; i++) {
        adam.minimize(() => tfLoss(MIXED_HEADS, loss, tfSums(variables, x), y), false, variables);
      }
      const found = train(network, inputs, targets, loss, steps);
      // A step moves a parameter by about the learning rate; rounding may add up to a ten-thousandth of that per step.
      variables.forEach((variable, i) => {
        expectClose(found[i], variable.dataSync(), LEARNING_RATE * 1e-4 * steps);
        expect(found[i].length).toBe(variable.size);
      });
    },
  );
});

describe('against tfjs-core, a classifier', () => {
  const heads: Head[] = [{ kind: 'sigmoid', size: 1 }];
  const rowWeights = Float64Array.of(1, 2, 0.5, 4, 3, 8, 1, 0.25, 1.25);
  const gamma = 2;

  /** The weighted mean over the rows of cross-entropy, or of focal loss from its definition. */
  function tfClassifierLoss(loss: Loss, sums: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
    const weights = tf.tensor2d(Float32Array.from(rowWeights), [ROWS, 1]);
    if (loss === 'cross-entropy') {
      const mean = tf.losses.sigmoidCrossEntropy(targets, sums, weights, 0, tf.Reduction.SUM) as tf.Scalar;
      return tf.div(mean, tf.sum(weights)) as tf.Scalar;
    }
    const outputs = tf.sigmoid(sums);
    const right = tf.add(tf.mul(targets, outputs), tf.mul(tf.sub(1, targets), tf.sub(1, outputs)));
    const rowLosses = tf.neg(tf.mul(tf.pow(tf.sub(1, right), gamma), tf.log(right)));
    return tf.div(tf.sum(tf.mul(weights, rowLosses)), tf.sum(weights)) as tf.Scalar;
  }

  it.each([
    ['cross-entropy', 'cross-entropy'],
    ['focal loss', { kind: 'focal', gamma }],
  ] satisfies [string, Loss][])('weighted %s: loss and 30 steps of Adam agree', (_, loss) => {
    const { network, inputs } = problem(heads);
    const targets = createMatrix(ROWS, 1, Float32Array.of(0, 1, 1, 0, 1, 0, 0, 0, 1));
    const variables = variablesOf(network);
    const [x, y] = [tensorOf(inputs), tensorOf(targets)];
    const adam = tf.train.adam(LEARNING_RATE, 0.9, 0.999, 1e-7);
    const steps = 30;
    let last = Number.NaN;
    for (let i = 0; i < steps; i++) {
      last =
        adam.minimize(() => tfClassifierLoss(loss, tfSums(variables, x), y), true, variables)?.dataSync()[0] ?? last;
    }
    const options = { epochs: steps, batchSize: ROWS, learningRate: LEARNING_RATE, loss, rowWeights };
    const trained = trainNetwork(network, inputs, targets, options, rngOf(0));
    expect(trained.loss / last).toBeCloseTo(1, 4);
    const found = trained.network.layers.flatMap(({ weights, biases }) => [weights.data, biases]);
    variables.forEach((variable, i) => {
      expectClose(found[i], variable.dataSync(), LEARNING_RATE * 1e-4 * steps);
    });
  });

  it('units left out: outputs and gradients agree', () => {
    const { network, inputs, targets } = problem(heads);
    const forward = new ForwardPass(network, ROWS);
    const backward = new BackwardPass(forward);
    const { arena } = forward.kernels;
    const masks = new Dropout(forward, 0.4, rngOf(2)).draw();
    const blocks = { sums: forward.sums, targets: arena.allocate(ROWS, 1), gradient: backward.sumsGradient };
    arena.write(forward.inputs, inputs.data);
    arena.write(blocks.targets, targets.data);
    forward.run(ROWS, masks);
    const total = lossAndGradient(forward.kernels, placeHeads(heads), 'cross-entropy', blocks, ROWS);
    backward.run(ROWS, masks);

    const variables = variablesOf(network);
    const tfMasks = masks.map((mask) => tensorOf(arena.read(mask)));
    const { value, grads } = tf.variableGrads(() => {
      const sums = tfSums(variables, tensorOf(inputs), tfMasks);
      return tf.losses.sigmoidCrossEntropy(tensorOf(targets), sums) as tf.Scalar;
    }, variables);
    expect(total / ROWS / value.dataSync()[0]).toBeCloseTo(1, 5);
    const found = backward.gradients.flatMap((layer) => [
      arena.read(layer.weights).data,
      arena.read(layer.biases).data,
    ]);
    variables.forEach(({ name }, i) => {
      expectClose(found[i], grads[name].dataSync(), 1e-6);
    });
  });
});

describe('against tfjs-layers', () => {
  it.each([
    ['linear', 'squared-error'],
    ['sigmoid', 'cross-entropy'],
    ['softmax', 'cross-entropy'],
  ] as const)('a model with a %s output learns the same by %s', async (kind, loss) => {
    const heads: Head[] = [{ kind, size: 4 }];
    const { network, inputs, targets } = problem(heads);
    const model = tfl.sequential();
    HIDDEN.forEach((units, index) => {
      model.add(tfl.layers.dense({ units, activation: 'relu', ...(index === 0 ? { inputShape: [INPUTS] } : {}) }));
    });
    model.add(tfl.layers.dense({ units: outputColumns(heads), activation: kind }));
    model.setWeights(variablesOf(network));
    const rowLoss = (y: tf.Tensor, o: tf.Tensor): tf.Tensor => {
      if (loss === 'squared-error') return tf.sum(tf.squaredDifference(y, o), -1);
      const positive = tf.sum(tf.mul(y, tf.log(o)), -1);
      if (kind === 'softmax') return tf.neg(positive);
      return tf.neg(tf.add(positive, tf.sum(tf.mul(tf.sub(1, y), tf.log(tf.sub(1, o))), -1)));
    };
    model.compile({ optimizer: tf.train.adam(LEARNING_RATE), loss: rowLoss });
    const steps = 20;
    for (let i = 0; i < steps; i++) await model.trainOnBatch(tensorOf(inputs), tensorOf(targets));
    const found = train(network, inputs, targets, loss, steps);
    model.getWeights().forEach((weights, i) => {
      expectClose(found[i], weights.dataSync(), LEARNING_RATE * 1e-4 * steps);
    });
  });
});
