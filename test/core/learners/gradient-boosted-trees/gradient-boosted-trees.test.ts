import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type GradientBoostedTreesOptions,
  gradientBoostedTrees,
  gradientBoostedTreesFromJSON,
} from '../../../../core/learners/gradient-boosted-trees/gradient-boosted-trees.ts';
import type { FittedLearner } from '../../../../core/learners/learner.ts';
import { createRng } from '../../../../core/random/rng.ts';
import { createMatrix, type Matrix } from '../../../../core/table/matrix.ts';
import { itKeepsTheLearnerContract } from '../learner-contract.ts';
import { drawTrainingSet, type TrainingSet, takeTrainingRows, trainingSets } from '../training-sets.ts';

const unlimited = { rounds: 10, minSamplesLeaf: 1 };
itKeepsTheLearnerContract('gradient-boosted trees', () => gradientBoostedTrees(), { weightsRepeatRows: false });
itKeepsTheLearnerContract('gradient-boosted trees with leaves of any size', () => gradientBoostedTrees(unlimited));
itKeepsTheLearnerContract('gradient-boosted trees of few bins', () =>
  gradientBoostedTrees({ ...unlimited, maxBins: 3 }),
);

interface SavedTree {
  readonly column: number[];
  readonly threshold: number[];
  readonly right: number[];
  readonly value: number[];
}

interface Saved {
  readonly baseline: number;
  readonly trees: readonly SavedTree[];
}

function fit(set: TrainingSet, options: GradientBoostedTreesOptions = {}, seed = 0): FittedLearner {
  return gradientBoostedTrees(options).fit(set.matrix, set.labels, set.weights, createRng(seed, 'boosted'));
}

const savedOf = (fitted: FittedLearner) => fitted.toJSON() as Saved;

function rowsOf(values: number[], labels: number[]): TrainingSet {
  const matrix = createMatrix(values.length, 1, Float32Array.from(values));
  return { matrix, labels: Uint8Array.from(labels), weights: new Float64Array(values.length).fill(1) };
}

describe('the first tree', () => {
  it('takes a share of a Newton step from the log-odds of the classes', () => {
    const set = rowsOf([1, 1, 2, 2, 2, 7, 7, 9], [0, 0, 0, 0, 0, 1, 1, 0]);
    const saved = savedOf(fit(set, { rounds: 1, minSamplesLeaf: 2, learningRate: 0.5, l2: 3 }));
    const p = 2 / 8;
    expect(saved.baseline).toBeCloseTo(Math.log(p / (1 - p)), 14);
    const [tree] = saved.trees;
    expect(tree.column).toEqual([0, -1, -1]);
    expect(tree.threshold).toEqual([(2 + 7) / 2, 0, 0]);
    const step = (rows: number, minorities: number) => (0.5 * (minorities - rows * p)) / (rows * p * (1 - p) + 3);
    for (const [node, value] of [0, step(5, 0), step(3, 2)].entries()) {
      expect(tree.value[node]).toBeCloseTo(value, 9);
    }
  });

  it('grows the leaf first that gains most', () => {
    const values = [1, 2, 3, 4, 5, 6, 7, 8];
    const labels = [0, 0, 0, 1, 0, 1, 1, 1];
    const grown = (maxLeaves: number) =>
      savedOf(fit(rowsOf(values, labels), { rounds: 1, minSamplesLeaf: 1, maxLeaves })).trees[0];
    expect(grown(2).threshold).toEqual([(3 + 4) / 2, 0, 0]);
    expect(grown(3).threshold).toEqual([(3 + 4) / 2, 0, (5 + 6) / 2, 0, 0]);
    expect(grown(4).threshold).toEqual([(3 + 4) / 2, 0, (5 + 6) / 2, (4 + 5) / 2, 0, 0, 0]);
  });

  it('asks the lowest column, and the lowest threshold, of equally good ones', () => {
    const twins = createMatrix(4, 3, Float32Array.of(9, 0, 0, 9, 1, 1, 9, 0, 0, 9, 1, 1));
    const set = { ...rowsOf([0, 0, 0, 0], [0, 1, 0, 1]), matrix: twins };
    expect(savedOf(fit(set, { rounds: 1, minSamplesLeaf: 1 })).trees[0].column).toEqual([1, -1, -1]);
    const symmetric = savedOf(fit(rowsOf([1, 2, 3, 4], [1, 0, 0, 1]), { rounds: 1, minSamplesLeaf: 1, maxLeaves: 2 }));
    expect(symmetric.trees[0].threshold[0]).toBe((1 + 2) / 2);
  });
});

describe('the limits of gradient-boosted trees', () => {
  it('are kept', () => {
    const options = fc.record({
      rounds: fc.constant(3),
      maxDepth: fc.constantFrom(1, 2, 3, Infinity),
      maxLeaves: fc.integer({ min: 2, max: 6 }),
      minSamplesLeaf: fc.integer({ min: 1, max: 8 }),
    });
    fc.assert(
      fc.property(trainingSets(fc.integer({ min: 1, max: 5 })), options, (set, limits) => {
        for (const tree of savedOf(fit(set, limits)).trees) {
          const leaves = tree.column.filter((column) => column < 0).length;
          expect(leaves).toBeLessThanOrEqual(limits.maxLeaves);
          const rows = new Map<number, number>();
          for (let row = 0; row < set.labels.length; row++) {
            const { leaf, depth } = walk(tree, set.matrix, row);
            rows.set(leaf, (rows.get(leaf) ?? 0) + 1);
            expect(depth).toBeLessThanOrEqual(limits.maxDepth);
          }
          expect(rows.size).toBe(leaves);
          if (leaves > 1) expect(Math.min(...rows.values())).toBeGreaterThanOrEqual(limits.minSamplesLeaf);
        }
      }),
    );
  });

  it('count rows that are alike, whatever their weights', () => {
    const alike = rowsOf([1, 1, 1, 2, 2, 2], [0, 0, 0, 1, 1, 1]);
    expect(savedOf(fit(alike, { rounds: 1, minSamplesLeaf: 3 })).trees[0].column).toEqual([0, -1, -1]);
    const heavy = { ...rowsOf([1, 2], [0, 1]), weights: Float64Array.of(100, 100) };
    expect(savedOf(fit(heavy, { rounds: 1, minSamplesLeaf: 2 })).trees[0].column).toEqual([-1]);
  });

  it('default to those of scikit-learn', () => {
    const set = drawTrainingSet(1500, 3, createRng(0, 'defaults'));
    const written = { rounds: 100, learningRate: 0.1, maxDepth: Infinity, maxLeaves: 31, minSamplesLeaf: 20, l2: 0 };
    expect(savedOf(fit(set))).toEqual(savedOf(fit(set, { ...written, maxBins: 255, scalePosWeight: 1 })));
  });
});

describe('the weights of gradient-boosted trees', () => {
  it('of the minority are multiplied by scalePosWeight', () => {
    const set = drawTrainingSet(300, 3, createRng(0, 'scale'));
    const weights = set.weights.map((weight, row) => (set.labels[row] === 1 ? weight * 3.5 : weight));
    expect(savedOf(fit(set, { rounds: 5, scalePosWeight: 3.5 }))).toEqual(
      savedOf(fit({ ...set, weights }, { rounds: 5 })),
    );
  });

  it('of any size give finite scores', () => {
    fc.assert(
      fc.property(trainingSets(fc.constantFrom(1e-60, 1e-3, 1, 1e60)), (set) => {
        const scores = fit(set, { rounds: 20, minSamplesLeaf: 1, learningRate: 1 }).scores(set.matrix);
        expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
      }),
    );
  });
});

describe('early stopping', () => {
  // Labels that hang on nothing: every tree makes the loss on other rows worse, sooner or later.
  const noise = drawTrainingSet(400, 3, createRng(0, 'noise'));
  const labels = noise.labels.map((_, row) => ((row * 7 + (row >> 3)) % 3 === 0 ? 1 : 0));
  const set = { ...noise, labels };
  const stopped = (earlyStopping: GradientBoostedTreesOptions['earlyStopping'], seed = 0) =>
    savedOf(fit(set, { earlyStopping, minSamplesLeaf: 1 }, seed));

  it('keeps the trees up to the round of least loss on the rows held out', () => {
    const patient = stopped({ patience: 1000, validationFraction: 0.25 });
    expect(patient.trees.length).toBeLessThan(100);
    expect(stopped({ patience: 15, validationFraction: 0.25 })).toEqual(patient);
    const hasty = stopped({ patience: 1, validationFraction: 0.25 });
    expect(hasty.trees).toEqual(patient.trees.slice(0, hasty.trees.length));
  });

  it('holds out other rows with another seed, and none where it is not asked for', () => {
    expect(stopped({}, 1)).not.toEqual(stopped({}, 2));
    expect(savedOf(fit(set, { rounds: 3 }, 1))).toEqual(savedOf(fit(set, { rounds: 3 }, 2)));
  });

  it('does not depend on the order of the rows', () => {
    const reversed = takeTrainingRows(set, Array.from(labels.keys()).reverse());
    expect(savedOf(fit(reversed, { earlyStopping: {} }))).toEqual(savedOf(fit(set, { earlyStopping: {} })));
  });

  it('needs two distinct rows of each class', () => {
    expect(() => fit(rowsOf([1, 2, 3, 3], [0, 0, 1, 1]), { earlyStopping: {} })).toThrowErrorMatchingInlineSnapshot(
      `[TooFewRowsError: early stopping: found 1 distinct minority rows, needed at least 2, one to train and one to validate]`,
    );
    const learned = fit(rowsOf([1, 2, 3, 4], [0, 0, 1, 1]), { earlyStopping: {}, minSamplesLeaf: 1 });
    expect(learned.scores(createMatrix(1, 1)).length).toBe(1);
  });
});

describe('what gradient-boosted trees refuse', () => {
  it('options out of range', () => {
    expect(() => gradientBoostedTrees({ rounds: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: gradient-boosted trees, rounds: found 0, needed a whole number from 1]`,
    );
    expect(() => gradientBoostedTrees({ learningRate: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: gradient-boosted trees, learningRate: found 1.5, needed above 0, up to 1]`,
    );
    expect(() => gradientBoostedTrees({ maxDepth: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: gradient-boosted trees, maxDepth: found 0, needed a whole number from 1, or Infinity]`,
    );
    expect(() => gradientBoostedTrees({ maxLeaves: Infinity })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: gradient-boosted trees, maxLeaves: found Infinity, needed a whole number from 2]`,
    );
    expect(() => gradientBoostedTrees({ minSamplesLeaf: 0.5 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: gradient-boosted trees, minSamplesLeaf: found 0.5, needed a whole number from 1]`,
    );
    expect(() => gradientBoostedTrees({ l2: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: gradient-boosted trees, l2: found -1, needed a finite number from 0]`,
    );
    expect(() => gradientBoostedTrees({ maxBins: 256 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: gradient-boosted trees, maxBins: found 256, needed a whole number from 2 to 255]`,
    );
    expect(() => gradientBoostedTrees({ scalePosWeight: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: gradient-boosted trees, scalePosWeight: found 0, needed from 1e-60 to 1e60]`,
    );
    expect(() => gradientBoostedTrees({ earlyStopping: { validationFraction: 1 } })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: gradient-boosted trees, validationFraction: found 1, needed above 0, below 1]`,
    );
    expect(() => gradientBoostedTrees({ earlyStopping: { patience: 0 } })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: gradient-boosted trees, patience: found 0, needed a whole number from 1]`,
    );
  });

  it('what are no saved trees', () => {
    const tree = { column: [0, -1, -1], threshold: [0, 0, 0], right: [2, -1, -1], value: [0, 1, 2] };
    const good = { type: 'gradient-boosted-trees', columns: 1, baseline: 0, trees: [tree] };
    expect(gradientBoostedTreesFromJSON(good).toJSON()).toEqual(good);
    const restore = (json: object) => () => gradientBoostedTreesFromJSON({ ...good, ...json });
    const restoreTree = (change: object) => restore({ trees: [tree, { ...tree, ...change }] });
    expect(restore({ type: 'svm' })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved learner: found type "svm", needed "gradient-boosted-trees"]`,
    );
    expect(restore({ columns: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved gradient-boosted trees, columns: found 0, needed a whole number from 1]`,
    );
    expect(restore({ baseline: null })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved gradient-boosted trees, baseline: found null, needed a finite number]`,
    );
    expect(restore({ trees: 'none' })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved gradient-boosted trees, trees: found "none", needed a list]`,
    );
    expect(restoreTree({ column: [1, -1, -1] })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved gradient-boosted trees, tree 1, node 0: found column 1, needed -1 (leaf) or 0 to 0]`,
    );
    expect(restoreTree({ right: [1, -1, -1] })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved gradient-boosted trees, tree 1, node 0: found right child 1, needed 2 to 2]`,
    );
    expect(restoreTree({ right: [3, -1, -1] })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved gradient-boosted trees, tree 1, node 0: found right child 3, needed 2 to 2]`,
    );
    expect(restoreTree({ value: [0, 1] })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved gradient-boosted trees, tree 1, value: found 2 numbers, needed 3]`,
    );
    expect(restoreTree({ threshold: undefined })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved gradient-boosted trees, tree 1, threshold: found no list of numbers, needed one per node]`,
    );
  });
});

/** The leaf that a row falls into, and how many questions it was asked. */
function walk(tree: SavedTree, { columns, data }: Matrix, row: number): { leaf: number; depth: number } {
  let leaf = 0;
  let depth = 0;
  for (; tree.column[leaf] >= 0; depth++) {
    leaf = data[row * columns + tree.column[leaf]] <= tree.threshold[leaf] ? leaf + 1 : tree.right[leaf];
  }
  return { leaf, depth };
}
