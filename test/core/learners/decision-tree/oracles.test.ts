import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { DecisionTreeClassifier } from 'ml-cart';
import { describe, expect, it } from 'vitest';
import { decisionTree } from '../../../../core/learners/decision-tree/decision-tree.ts';
import { createRng } from '../../../../core/random/rng.ts';
import { createMatrix, type Matrix } from '../../../../core/table/matrix.ts';
import { growExhaustively, type SavedNodes } from '../exhaustive-tree.ts';
import { drawTrainingSet, trainingSets } from '../training-sets.ts';

describe('decision tree against an exhaustive search in exact fractions', () => {
  it('is the same tree', () => {
    const options = fc.record({
      maxDepth: fc.constantFrom(1, 2, 3, Infinity),
      minSamplesLeaf: fc.integer({ min: 1, max: 4 }),
      minSamplesSplit: fc.integer({ min: 2, max: 8 }),
    });
    fc.assert(
      fc.property(trainingSets(fc.integer({ min: 1, max: 4 })), options, (set, limits) => {
        const { matrix, labels, weights } = set;
        const fitted = decisionTree(limits).fit(matrix, labels, weights, createRng(0, 'exhaustive'));
        const nodes = growExhaustively(set, limits);
        expect(fitted.toJSON()).toEqual({ type: 'decision-tree', columns: matrix.columns, nodes });
      }),
      { numRuns: 300 },
    );
  });
});

describe('decision tree against ml-cart', () => {
  // Its default gainThreshold of 0.01 stops at splits that gain little; its minNumSamples is the largest size of a leaf.
  const peerOptions = { gainFunction: 'gini' as const, gainThreshold: 0, minNumSamples: 1 };

  it.each([1, 2, 3, 4])('predicts the same with %i levels', (maxDepth) => {
    for (let seed = 0; seed < 5; seed++) {
      const { matrix, labels, weights } = drawTrainingSet(150, 4, createRng(seed, 'ml-cart-train'));
      const test = drawTrainingSet(200, 4, createRng(seed, 'ml-cart-test')).matrix;
      const peer = new DecisionTreeClassifier({ ...peerOptions, maxDepth });
      peer.train(rowsOf(matrix), [...labels]);
      const fitted = decisionTree({ maxDepth }).fit(matrix, labels, weights, createRng(0, 'ml-cart'));
      expect([...fitted.predict(test)]).toEqual(peer.predict(rowsOf(test)));
    }
  });
});

describe('decision tree against scikit-learn', () => {
  /** Made by ../golden/decision-tree.py. */
  interface GoldenCase {
    readonly name: string;
    readonly columns: number;
    readonly limits: {
      readonly max_depth: number;
      readonly min_samples_leaf?: number;
      readonly min_samples_split?: number;
    };
    readonly data: number[];
    readonly labels: number[];
    readonly weights: number[];
    readonly nodes: SavedNodes;
  }
  const golden = readFileSync(new URL('../golden/decision-tree.json', import.meta.url), 'utf8');
  const cases: readonly GoldenCase[] = JSON.parse(golden);

  it('has cases to compare', () => expect(cases.length).toBe(6));

  it.each(cases)('grows the same tree: $name', ({ columns, limits, data, labels, weights, nodes }) => {
    const learner = decisionTree({
      maxDepth: limits.max_depth,
      minSamplesLeaf: limits.min_samples_leaf ?? 1,
      minSamplesSplit: limits.min_samples_split ?? 2,
    });
    const matrix = createMatrix(labels.length, columns, Float32Array.from(data));
    const fitted = learner.fit(matrix, Uint8Array.from(labels), Float64Array.from(weights), createRng(0, 'golden'));
    const found = (fitted.toJSON() as { nodes: SavedNodes }).nodes;
    expect({ ...found, score: null }).toEqual({ ...nodes, score: null });
    for (const [node, score] of nodes.score.entries()) expect(found.score[node]).toBeCloseTo(score, 12);
  });
});

function rowsOf({ rows, columns, data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, row) => [...data.subarray(row * columns, (row + 1) * columns)]);
}
