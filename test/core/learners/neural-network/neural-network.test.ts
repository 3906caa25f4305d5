import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FittedLearner } from '../../../../core/learners/learner.ts';
import {
  NEURAL_NETWORK_DEFAULTS,
  type NeuralNetworkOptions,
  neuralNetwork,
  neuralNetworkFromJSON,
} from '../../../../core/learners/neural-network/neural-network.ts';
import { networkFromJSON } from '../../../../core/network/serialise.ts';
import { createRng } from '../../../../core/random/rng.ts';
import { createMatrix } from '../../../../core/table/matrix.ts';
import { itKeepsTheLearnerContract } from '../learner-contract.ts';
import { drawTrainingSet, type TrainingSet, takeTrainingRows, trainingSets } from '../training-sets.ts';

/** Batches and validation rows on the small tables of the contract, too. */
const SMALL: NeuralNetworkOptions = { hidden: [8, 4], epochs: 12, batchSize: 8, learningRate: 0.02, dropout: 0.1 };

itKeepsTheLearnerContract('neural network', () => neuralNetwork());
itKeepsTheLearnerContract('neural network in small batches', () => neuralNetwork(SMALL));
itKeepsTheLearnerContract('neural network of focal loss, without early stopping', () =>
  neuralNetwork({ ...SMALL, loss: 'focal', earlyStopping: false }),
);

function fit({ matrix, labels, weights }: TrainingSet, options: NeuralNetworkOptions = {}, seed = 0): FittedLearner {
  return neuralNetwork(options).fit(matrix, labels, weights, createRng(seed, 'neural-network'));
}

function errorRate(fitted: FittedLearner, { matrix, labels }: TrainingSet): number {
  return fitted.predict(matrix).filter((label, row) => label !== labels[row]).length / labels.length;
}

function meanScore(fitted: FittedLearner, { matrix }: TrainingSet): number {
  return fitted.scores(matrix).reduce((sum, score) => sum + score, 0) / matrix.rows;
}

const TRAIN = drawTrainingSet(600, 4, createRng(0, 'train'));
const TEST = drawTrainingSet(600, 4, createRng(0, 'test'));

/** Labels that no line tells apart: 1 where two normals have the same sign. */
function quadrants(rows: number, seed: number): TrainingSet {
  const set = drawTrainingSet(rows, 2, createRng(seed, 'quadrants'));
  const { data } = set.matrix;
  return { ...set, labels: set.labels.map((_, row) => (data[2 * row] * data[2 * row + 1] > 0 ? 1 : 0)) };
}

describe('a neural network', () => {
  it('scores by probabilities, and predicts the minority above a half', () => {
    const fitted = fit(TRAIN);
    const scores = fitted.scores(TEST.matrix);
    expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
    expect(fitted.predict(TEST.matrix)).toEqual(Uint8Array.from(scores, (score) => (score > 0.5 ? 1 : 0)));
    const minority = TEST.labels.reduce((sum, label) => sum + label, 0) / TEST.labels.length;
    expect(Math.abs(meanScore(fitted, TEST) - minority)).toBeLessThan(0.05);
  });

  it('learns what a linear model cannot', () => {
    const [train, test] = [quadrants(800, 0), quadrants(800, 1)];
    expect(errorRate(fit(train), test)).toBeLessThan(0.1);
    expect(errorRate(fit(train, { hidden: [] }), test)).toBeGreaterThan(0.4);
  });

  it('does not mind on what scale a column is', () => {
    const { matrix } = TRAIN;
    const scales = [1e-30, 1, 1e30, 1e6];
    const scaled = matrix.data.map((value, i) => value * scales[i % 4]);
    // One batch of all rows: which rows share a batch depends on their values.
    const options = { batchSize: 600, earlyStopping: false } as const;
    const expected = fit(TRAIN, options).scores(matrix);
    const found = fit({ ...TRAIN, matrix: createMatrix(600, 4, scaled) }, options);
    const scores = found.scores(createMatrix(600, 4, scaled));
    expect(Math.max(...scores.map((score, row) => Math.abs(score - expected[row])))).toBeLessThan(1e-3);
  });

  it('scores numbers far beyond those that it has seen', () => {
    const extremes = createMatrix(2, 4, Float32Array.from([3e38, -3e38, 3e38, 3e38, -3e38, 3e38, 1e-45, 0]));
    expect(
      fit(TRAIN)
        .scores(extremes)
        .every((score) => score >= 0 && score <= 1),
    ).toBe(true);
  });

  it('gives other networks for other seeds', () => {
    expect(fit(TRAIN, {}, 1).scores(TEST.matrix)).not.toEqual(fit(TRAIN, {}, 0).scores(TEST.matrix));
  });

  // The hash of the saved network, the same on every machine. It changes with the numerics only: if it does, so does what
  // every seed gives, and that belongs into the release notes.
  it('gives the bits that it always gave', () => {
    const saved = fit(TRAIN, { ...SMALL, loss: 'focal', earlyStopping: { patience: 3 } }).toJSON();
    expect(createHash('sha256').update(JSON.stringify(saved)).digest('hex')).toMatchInlineSnapshot(
      `"ed9bd02ee6d42265faaf2ae9a1c3443d081d1a208a873b78c6bb2b859a505cbb"`,
    );
  });
});

describe('the weights of a neural network', () => {
  const rare = drawTrainingSet(400, 3, createRng(3, 'rare'));

  it('move its scores towards the class that counts more', () => {
    const weighted = (minority: number): TrainingSet => ({
      ...rare,
      weights: Float64Array.from(rare.labels, (label) => (label === 1 ? minority : 1)),
    });
    const [lighter, equal, heavier] = [1 / 10, 1, 10].map((weight) => meanScore(fit(weighted(weight)), rare));
    expect(lighter).toBeLessThan(equal - 0.1);
    expect(heavier).toBeGreaterThan(equal + 0.1);
  });

  it('of 2 count as the row given twice, whatever the batches', () => {
    const twice = Array.from(rare.labels.keys()).flatMap((row) => (row % 3 === 0 ? [row, row] : [row]));
    const weights = Float64Array.from(rare.labels, (_, row) => (row % 3 === 0 ? 2 : 1));
    const options = { ...SMALL, batchSize: 7 };
    expect(fit({ ...rare, weights }, options).toJSON()).toEqual(fit(takeTrainingRows(rare, twice), options).toJSON());
  });

  it('matter only in proportion', () => {
    const weights = rare.weights.map((_, row) => 1 + (row % 5));
    const scaled = { ...rare, weights: weights.map((weight) => weight * 2 ** -100) };
    expect(fit(scaled, SMALL).toJSON()).toEqual(fit({ ...rare, weights }, SMALL).toJSON());
  });

  it('may differ as far as weights can', () => {
    const weights = rare.weights.map((_, row) => (row % 2 === 0 ? 1e-60 : 1e60));
    const scores = fit({ ...rare, weights }, SMALL).scores(rare.matrix);
    expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
  });
});

describe('the focal loss of a neural network', () => {
  it('is cross-entropy where gamma is 0', () => {
    const expected = fit(TRAIN, { ...SMALL, epochs: 3 }).scores(TEST.matrix);
    const found = fit(TRAIN, { ...SMALL, epochs: 3, loss: 'focal', focalGamma: 0 }).scores(TEST.matrix);
    expect(Math.max(...found.map((score, row) => Math.abs(score - expected[row])))).toBeLessThan(1e-4);
  });

  it('cares less for rows that are right, so that scores are less extreme', () => {
    const distance = (options: NeuralNetworkOptions): number =>
      fit(TRAIN, options)
        .scores(TEST.matrix)
        .reduce((sum, score) => sum + Math.abs(score - 0.5), 0) / 600;
    expect(distance({ loss: 'focal', focalGamma: 3 })).toBeLessThan(0.8 * distance({}));
  });
});

describe('the early stopping of a neural network', () => {
  const noise: TrainingSet = { ...TRAIN, labels: drawTrainingSet(600, 4, createRng(1, 'noise')).labels };
  const options = { weightDecay: 0, learningRate: 0.01, epochs: 150 };

  it('keeps it from learning noise by heart', () => {
    expect(errorRate(fit(noise, { ...options, earlyStopping: false }), noise)).toBeLessThan(0.1);
    expect(errorRate(fit(noise, options), noise)).toBeGreaterThan(0.25);
  });

  it('is left out where a class is too small to hold out a row of it', () => {
    const few = takeTrainingRows(TRAIN, [
      ...Array.from(TRAIN.labels.keys()).filter((row) => TRAIN.labels[row] === 0),
      ...Array.from(TRAIN.labels.keys())
        .filter((row) => TRAIN.labels[row] === 1)
        .slice(0, 2),
    ]);
    // A fifth of 2 rows is none, rounded; half of them is one.
    const saved = (earlyStopping: NeuralNetworkOptions['earlyStopping']) =>
      JSON.stringify(fit(few, { ...SMALL, earlyStopping: earlyStopping ?? {} }).toJSON());
    expect(saved({ validationFraction: 0.2 })).toBe(saved(false));
    expect(saved({ validationFraction: 0.5 })).not.toBe(saved(false));
  });
});

describe('the scaling of a neural network', () => {
  const scalingOf = (set: TrainingSet) =>
    (fit(set, { ...SMALL, epochs: 1 }).toJSON() as { scaling: { centers: number[]; spreads: number[] } }).scaling;

  it('is by mean and standard deviation, but for columns of two values or one', () => {
    const cells = [1, 0, 7, -2, 3, 1, 7, 6, 8, 0, 7, -2, 4, 0, 7, 6];
    const set: TrainingSet = {
      matrix: createMatrix(4, 4, Float32Array.from(cells)),
      labels: Uint8Array.of(0, 1, 0, 1),
      weights: Float64Array.of(1, 5, 1, 1),
    };
    const { centers, spreads } = scalingOf(set);
    const mean = (1 + 3 + 8 + 4) / 4;
    const squares = (1 - mean) ** 2 + (3 - mean) ** 2 + (8 - mean) ** 2 + (4 - mean) ** 2;
    expect(centers).toEqual([mean, 0, 7, -2]);
    expect(spreads).toEqual([Math.sqrt(squares / 4), 1, 1, 6 - -2]);
  });

  it('takes 0 and -0 for one value', () => {
    const zeros = { ...TRAIN, matrix: createMatrix(600, 4, TRAIN.matrix.data.map(Math.trunc)) };
    const unsigned = {
      ...zeros,
      matrix: createMatrix(
        600,
        4,
        zeros.matrix.data.map((value) => value + 0),
      ),
    };
    expect(zeros.matrix.data.some((value) => Object.is(value, -0))).toBe(true);
    expect(fit(zeros, SMALL).toJSON()).toEqual(fit(unsigned, SMALL).toJSON());
  });
});

describe('a saved neural network', () => {
  const fitted = fit(TRAIN, SMALL);
  const saved = () => JSON.parse(JSON.stringify(fitted.toJSON()));

  it('comes back bit by bit', () => {
    fc.assert(
      fc.property(trainingSets(fc.constant(1)), (set) => {
        const before = fit(set, SMALL);
        const after = neuralNetworkFromJSON(JSON.parse(JSON.stringify(before.toJSON())));
        expect(after.scores(set.matrix)).toEqual(before.scores(set.matrix));
        expect(after.predict(set.matrix)).toEqual(before.predict(set.matrix));
        expect(after.toJSON()).toEqual(before.toJSON());
      }),
      { numRuns: 30 },
    );
  });

  it('holds a network that can be read by itself', () => {
    const { architecture } = networkFromJSON(saved().network);
    expect(architecture).toEqual({ inputs: 4, hidden: [8, 4], heads: [{ kind: 'sigmoid', size: 1 }] });
  });

  it('is refused where it is none', () => {
    const restore = (change: object) => () => neuralNetworkFromJSON({ ...saved(), ...change });
    expect(() => neuralNetworkFromJSON(undefined)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved learner: found type undefined, needed "neural-network"]`,
    );
    expect(restore({ type: 'svm' })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved learner: found type "svm", needed "neural-network"]`,
    );
    expect(restore({ network: {} })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: network: found {}, needed an architecture (inputs, hidden, heads) and its layers]`,
    );
    expect(restore({ scaling: undefined })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved neural network, scaling, centers: found no list of numbers, needed one per column]`,
    );
    expect(restore({ scaling: { ...saved().scaling, spreads: [1, 1, 0, 1] } })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved neural network, scaling, spreads: found 0 in column 2, needed above 0]`,
    );
    const { architecture, layers } = saved().network;
    const linear = { architecture: { ...architecture, heads: [{ kind: 'linear', size: 1 }] }, layers };
    expect(restore({ network: linear })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved neural network: found heads [{"kind":"linear","size":1}], needed [{"kind":"sigmoid","size":1}]]`,
    );
  });
});

describe('the options of a neural network', () => {
  it('default to what the docstrings say', () => {
    expect(NEURAL_NETWORK_DEFAULTS).toEqual({
      hidden: [64, 32],
      epochs: 60,
      batchSize: 64,
      learningRate: 1e-3,
      weightDecay: 0.5,
      dropout: 0,
      loss: 'cross-entropy',
      focalGamma: 2,
      earlyStopping: { validationFraction: 0.2, patience: 10 },
    });
    const part = takeTrainingRows(
      TRAIN,
      Array.from({ length: 60 }, (_, row) => row),
    );
    const { earlyStopping, ...others } = NEURAL_NETWORK_DEFAULTS;
    const expected = fit(part, { ...others, earlyStopping }).toJSON();
    expect(fit(part).toJSON()).toEqual(expected);
    expect(fit(part, { earlyStopping: { patience: 10 } }).toJSON()).toEqual(expected);
  });

  it('are refused where they make no sense, before there are any rows', () => {
    const create = (options: object) => () => neuralNetwork(options as NeuralNetworkOptions);
    expect(create({ hidden: [64, 0] })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: hidden[1]: found 0, needed a whole number of at least 1]`,
    );
    expect(create({ epochs: 0.5 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: epochs: found 0.5, needed a whole number of at least 1]`,
    );
    expect(create({ batchSize: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: batchSize: found 0, needed a whole number of at least 1]`,
    );
    expect(create({ learningRate: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: learningRate: found -1, needed a finite number above 0]`,
    );
    expect(create({ weightDecay: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: weightDecay: found -1, needed a number from 0 to 1000, which is 1 / learningRate]`,
    );
    expect(create({ dropout: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: dropout: found 1, needed a number from 0, below 1]`,
    );
    expect(create({ loss: 'hinge' })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: loss: found hinge, needed one of cross-entropy, focal]`,
    );
    expect(create({ focalGamma: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: loss.gamma: found -1, needed a finite number from 0]`,
    );
    expect(create({ earlyStopping: { validationFraction: 1 } })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: validationFraction: found 1, needed a number between 0 and 1]`,
    );
    expect(create({ earlyStopping: { patience: 0 } })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: patience: found 0, needed a whole number of at least 1]`,
    );
  });

  it('name the learning rate where training diverges', () => {
    expect(() => fit(TRAIN, { learningRate: 1e30, weightDecay: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteValueError: training loss: found NaN in epoch 1, needed finite numbers; choose a learning rate below 1e+30 or bring inputs and targets to a scale of about 1]`,
    );
  });
});
