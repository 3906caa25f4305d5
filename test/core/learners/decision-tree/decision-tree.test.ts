import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecisionTreeOptions, decisionTree } from '../../../../core/learners/decision-tree/decision-tree.ts';
import type { FittedLearner } from '../../../../core/learners/learner.ts';
import { createRng } from '../../../../core/random/rng.ts';
import { createMatrix } from '../../../../core/table/matrix.ts';
import type { SavedNodes } from '../exhaustive-tree.ts';
import { itKeepsTheLearnerContract } from '../learner-contract.ts';
import { drawTrainingSet, type TrainingSet, trainingSets } from '../training-sets.ts';

itKeepsTheLearnerContract('decision tree', () => decisionTree());
itKeepsTheLearnerContract('decision tree without a depth limit', () => decisionTree({ maxDepth: Infinity }));

function fit({ matrix, labels, weights }: TrainingSet, options: DecisionTreeOptions = {}): FittedLearner {
  return decisionTree(options).fit(matrix, labels, weights, createRng(0, 'decision-tree'));
}

function nodesOf(fitted: FittedLearner): SavedNodes {
  return (fitted.toJSON() as { nodes: SavedNodes }).nodes;
}

function rowsOf(cells: number[][], labels: number[], weights = labels.map(() => 1)): TrainingSet {
  return {
    matrix: createMatrix(cells.length, cells[0].length, Float32Array.from(cells.flat())),
    labels: Uint8Array.from(labels),
    weights: Float64Array.from(weights),
  };
}

describe('the splits of a decision tree', () => {
  it('lie halfway between neighbouring values', () => {
    const nodes = nodesOf(fit(rowsOf([[1], [2], [5], [6]], [0, 0, 1, 1])));
    expect(nodes).toEqual({
      column: [0, -1, -1],
      threshold: [(2 + 5) / 2, 0, 0],
      right: [2, -1, -1],
      score: [0.5, 0, 1],
    });
  });

  it('tell the closest numbers of single precision apart, at either end of its range', () => {
    const pairs = [
      [1, 1 + 2 ** -23],
      [-(2 ** -149), 2 ** -149],
      [3.4028234663852886e38, 3.4028232635611926e38],
      [-3.4028234663852886e38, 3.4028234663852886e38],
    ];
    for (const [a, b] of pairs) {
      const set = rowsOf([[a], [b], [b]], [1, 0, 0]);
      expect([...fit(set).scores(set.matrix)]).toEqual([1, 0, 0]);
    }
  });

  it('do not tell 0 from -0', () => {
    expect(nodesOf(fit(rowsOf([[0], [-0], [0], [-0]], [0, 1, 1, 0]))).column).toEqual([-1]);
    expect(nodesOf(fit(rowsOf([[0], [-0], [1], [2]], [0, 0, 1, 1]))).threshold[0]).toBe(1 / 2);
  });

  it('are the same whichever of two values is the rarer one', () => {
    const mostlyOnes = rowsOf([[1], [1], [1], [0]], [0, 0, 0, 1]);
    const mostlyZeros = rowsOf([[0], [0], [0], [1]], [0, 0, 0, 1]);
    expect(nodesOf(fit(mostlyOnes))).toMatchObject({ threshold: [1 / 2, 0, 0], score: [1 / 4, 1, 0] });
    expect(nodesOf(fit(mostlyZeros))).toMatchObject({ threshold: [1 / 2, 0, 0], score: [1 / 4, 0, 1] });
  });

  it('of the lowest column, then of the lowest threshold, are taken where others are as good', () => {
    const twins = rowsOf(
      [
        [9, 0, 1, 0],
        [9, 1, 2, 1],
        [9, 0, 3, 0],
        [9, 1, 4, 1],
      ],
      [0, 1, 0, 1],
    );
    expect(nodesOf(fit(twins)).column[0]).toBe(1);
    const symmetric = rowsOf([[1], [2], [3], [4]], [1, 0, 0, 1]);
    expect(nodesOf(fit(symmetric)).threshold[0]).toBe((1 + 2) / 2);
  });

  it('are made even where one alone gains nothing', () => {
    const exclusiveOr = rowsOf(
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ],
      [0, 1, 1, 0],
    );
    expect([...fit(exclusiveOr).predict(exclusiveOr.matrix)]).toEqual([0, 1, 1, 0]);
  });
});

describe('the leaves of a decision tree', () => {
  it('score the minority share of their weight', () => {
    const constant = rowsOf([[1], [1], [1]], [1, 0, 0], [2, 0.5, 1]);
    expect([...fit(constant).scores(constant.matrix)]).toEqual([2, 2, 2].map((minority) => minority / (2 + 0.5 + 1)));
  });

  it('say majority where they are half and half', () => {
    const half = rowsOf([[1], [1]], [1, 0]);
    const fitted = fit(half);
    expect([...fitted.scores(half.matrix)]).toEqual([1 / 2, 1 / 2]);
    expect([...fitted.predict(half.matrix)]).toEqual([0, 0]);
  });

  it('are pure where nothing limits the tree and no two rows are alike', () => {
    const set = drawTrainingSet(500, 2, createRng(0, 'pure'));
    expect(fit(set, { maxDepth: Infinity }).predict(set.matrix)).toEqual(set.labels);
  });
});

describe('the weights of a decision tree', () => {
  const overlapping = rowsOf([[1], [1], [1], [2]], [0, 0, 1, 0]);

  it('decide what a leaf says', () => {
    expect(fit(overlapping).predict(overlapping.matrix)[0]).toBe(0);
    expect(fit({ ...overlapping, weights: Float64Array.of(1, 1, 2.5, 1) }).predict(overlapping.matrix)[0]).toBe(1);
  });

  it('matter only in proportion, for proportions that are powers of two', () => {
    fc.assert(
      fc.property(
        trainingSets(fc.double({ min: 0.1, max: 10, noNaN: true })),
        fc.constantFrom(-150, -3, 7, 150),
        (set, power) => {
          const scaled = { ...set, weights: set.weights.map((weight) => weight * 2 ** power) };
          expect(nodesOf(fit(scaled))).toEqual(nodesOf(fit(set)));
        },
      ),
    );
  });

  it('do not count towards the limits, which count rows', () => {
    const set = rowsOf([[1], [2], [3]], [1, 0, 0], [100, 1, 1]);
    expect(nodesOf(fit(set, { minSamplesLeaf: 2 })).column).toEqual([-1]);
    expect(nodesOf(fit(set, { minSamplesSplit: 4 })).column).toEqual([-1]);
    expect(nodesOf(fit(set, { minSamplesSplit: 3 })).column).toEqual([0, -1, -1]);
  });
});

describe('the limits of a decision tree', () => {
  it('are kept', () => {
    const options = fc.record({
      maxDepth: fc.integer({ min: 1, max: 5 }),
      minSamplesLeaf: fc.integer({ min: 1, max: 6 }),
      minSamplesSplit: fc.integer({ min: 2, max: 12 }),
    });
    fc.assert(
      fc.property(trainingSets(fc.constant(1)), options, (set, limits) => {
        const nodes = nodesOf(fit(set, limits));
        const rows = new Array<number>(nodes.column.length).fill(0);
        for (let row = 0; row < set.matrix.rows; row++) {
          const path = pathOf(nodes, set.matrix.data.subarray(row * set.matrix.columns));
          expect(path.length - 1).toBeLessThanOrEqual(limits.maxDepth);
          for (const node of path) rows[node]++;
        }
        for (const [node, column] of nodes.column.entries()) {
          expect(rows[node]).toBeGreaterThanOrEqual(
            limits.minSamplesLeaf < set.matrix.rows ? limits.minSamplesLeaf : 1,
          );
          if (column >= 0) expect(rows[node]).toBeGreaterThanOrEqual(limits.minSamplesSplit);
        }
      }),
    );
  });

  it('default to a depth of 8', () => {
    const set = drawTrainingSet(2000, 2, createRng(0, 'deep'));
    expect(nodesOf(fit(set))).toEqual(nodesOf(fit(set, { maxDepth: 8, minSamplesLeaf: 1, minSamplesSplit: 2 })));
    expect(nodesOf(fit(set)).column.length).toBeLessThan(nodesOf(fit(set, { maxDepth: 9 })).column.length);
  });

  it('are refused where they make no sense', () => {
    expect(() => decisionTree({ maxDepth: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: decision tree, maxDepth: found 0, needed a whole number from 1, or Infinity]`,
    );
    expect(() => decisionTree({ maxDepth: 2.5 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: decision tree, maxDepth: found 2.5, needed a whole number from 1, or Infinity]`,
    );
    expect(() => decisionTree({ minSamplesLeaf: Infinity })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: decision tree, minSamplesLeaf: found Infinity, needed a whole number from 1]`,
    );
    expect(() => decisionTree({ minSamplesSplit: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: decision tree, minSamplesSplit: found 1, needed a whole number from 2]`,
    );
  });
});

/** The nodes that a row passes, the root first. */
function pathOf(nodes: SavedNodes, row: Float32Array): number[] {
  const path = [0];
  for (let node = 0; nodes.column[node] >= 0; path.push(node)) {
    node = row[nodes.column[node]] <= nodes.threshold[node] ? node + 1 : nodes.right[node];
  }
  return path;
}
