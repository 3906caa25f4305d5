import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decisionTree } from '../../../../core/learners/decision-tree/decision-tree.ts';
import { pruneTree } from '../../../../core/learners/decision-tree/pruning.ts';
import { createRng } from '../../../../core/random/rng.ts';
import { createMatrix } from '../../../../core/table/matrix.ts';
import type { SavedNodes } from '../exhaustive-tree.ts';
import { itKeepsTheLearnerContract } from '../learner-contract.ts';
import { type TrainingSet, trainingSets } from '../training-sets.ts';

itKeepsTheLearnerContract('a pruned decision tree', () => decisionTree({ ccpAlpha: 0.01 }));

/** A root that asks column 0, whose left child is a leaf and whose right child asks column 1; quarters of the weight. */
const nodes = {
  column: Int32Array.of(0, -1, 1, -1, -1),
  threshold: Float64Array.of(5, 0, 6, 0, 0),
  right: Int32Array.of(2, -1, 4, -1, -1),
  score: Float64Array.of(0.5, 0.25, 0.75, 0.5, 1),
};
const weights = Float64Array.of(8, 4, 4, 2, 2);
const gini = (score: number) => 2 * score * (1 - score);

describe('pruneTree', () => {
  const weakest = (4 / 8) * gini(0.75) - (2 / 8) * gini(0.5) - (2 / 8) * gini(1);

  it('keeps a branch that saves more than its leaves cost', () => {
    expect(pruneTree(nodes, weights, weakest * 0.99)).toEqual(nodes);
  });

  it('cuts a branch that saves as much as its leaves cost, or less', () => {
    const cut = {
      column: Int32Array.of(0, -1, -1),
      threshold: Float64Array.of(5, 0, 0),
      right: Int32Array.of(2, -1, -1),
      score: Float64Array.of(0.5, 0.25, 0.75),
    };
    expect(pruneTree(nodes, weights, weakest)).toEqual(cut);
    const root = gini(0.5) - (4 / 8) * gini(0.25) - (4 / 8) * gini(0.75);
    expect(pruneTree(nodes, weights, root * 0.99)).toEqual(cut);
  });

  it('leaves the root alone where nothing pays', () => {
    expect([...pruneTree(nodes, weights, 1).column]).toEqual([-1]);
  });
});

describe('the pruned decision tree', () => {
  const nodesOf = ({ matrix, labels, weights }: TrainingSet, ccpAlpha: number): SavedNodes => {
    const fitted = decisionTree({ ccpAlpha }).fit(matrix, labels, weights, createRng(0, 'pruning'));
    return (fitted.toJSON() as { nodes: SavedNodes }).nodes;
  };

  it('costs no more than the whole tree or its root, and is no larger where leaves cost more', () => {
    const alpha = fc.double({ min: 1e-4, max: 0.2, noNaN: true });
    fc.assert(
      fc.property(trainingSets(fc.constant(1)), alpha, (set, ccpAlpha) => {
        const whole = nodesOf(set, 0);
        const pruned = nodesOf(set, ccpAlpha);
        expect(cost(set, pruned, ccpAlpha)).toBeLessThanOrEqual(cost(set, whole, ccpAlpha) + 1e-12);
        const rootOnly = { column: [-1], threshold: [0], right: [-1], score: [whole.score[0]] };
        expect(cost(set, pruned, ccpAlpha)).toBeLessThanOrEqual(cost(set, rootOnly, ccpAlpha) + 1e-12);
        expect(nodesOf(set, ccpAlpha * 2).column.length).toBeLessThanOrEqual(pruned.column.length);
      }),
    );
  });

  it('refuses an alpha that makes no sense', () => {
    expect(() => decisionTree({ ccpAlpha: -0.1 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: decision tree, ccpAlpha: found -0.1, needed a finite number from 0]`,
    );
    expect(() => decisionTree({ ccpAlpha: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: decision tree, ccpAlpha: found NaN, needed a finite number from 0]`,
    );
  });
});

describe('the pruned decision tree against scikit-learn', () => {
  /** Made by ../golden/decision-tree-pruning.py. */
  interface GoldenCase {
    readonly name: string;
    readonly columns: number;
    readonly maxDepth: number;
    readonly minSamplesLeaf: number;
    readonly data: number[];
    readonly labels: number[];
    readonly weights: number[];
    readonly pruned: readonly { readonly ccpAlpha: number; readonly nodes: SavedNodes }[];
  }
  const golden = readFileSync(new URL('../golden/decision-tree-pruning.json', import.meta.url), 'utf8');
  const cases: readonly GoldenCase[] = JSON.parse(golden);

  it('has cases to compare', () => expect(cases.map(({ pruned }) => pruned.length > 5)).toEqual([true, true]));

  it.each(cases)(
    'is the same subtree at every alpha: $name',
    ({ columns, data, labels, weights, pruned, ...limits }) => {
      const matrix = createMatrix(labels.length, columns, Float32Array.from(data));
      const { maxDepth, minSamplesLeaf } = limits;
      for (const { ccpAlpha, nodes } of pruned) {
        const learner = decisionTree({ maxDepth, minSamplesLeaf, ccpAlpha });
        const fitted = learner.fit(matrix, Uint8Array.from(labels), Float64Array.from(weights), createRng(0, 'golden'));
        const found = (fitted.toJSON() as { nodes: SavedNodes }).nodes;
        expect({ ...found, score: null }).toEqual({ ...nodes, score: null });
        for (const [node, score] of nodes.score.entries()) expect(found.score[node]).toBeCloseTo(score, 12);
      }
    },
  );
});

/** Weighted impurity of the leaves of rows of equal weight, plus alpha for each. */
function cost({ matrix, labels }: TrainingSet, { column, threshold, right, score }: SavedNodes, alpha: number): number {
  let impurity = 0;
  for (let row = 0; row < labels.length; row++) {
    let node = 0;
    while (column[node] >= 0) {
      node = matrix.data[row * matrix.columns + column[node]] <= threshold[node] ? node + 1 : right[node];
    }
    impurity += gini(score[node]) / labels.length;
  }
  return impurity + alpha * column.filter((asked) => asked < 0).length;
}
