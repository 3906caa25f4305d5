import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gradientBoostedTrees } from '../../../../core/learners/gradient-boosted-trees/gradient-boosted-trees.ts';
import { createRng } from '../../../../core/random/rng.ts';
import { createMatrix } from '../../../../core/table/matrix.ts';

describe('gradient-boosted trees against scikit-learn', () => {
  /** Made by ../golden/gradient-boosted-trees.py. */
  interface GoldenCase {
    readonly name: string;
    readonly columns: number;
    readonly options: {
      readonly max_iter: number;
      readonly max_leaf_nodes?: number;
      readonly max_depth?: number;
      readonly min_samples_leaf?: number;
      readonly learning_rate?: number;
      readonly l2_regularization?: number;
      readonly max_bins?: number;
    };
    readonly data: number[];
    readonly labels: number[];
    readonly weights: number[];
    readonly scored: number[];
    readonly scores: number[];
  }
  const golden = readFileSync(new URL('../golden/gradient-boosted-trees.json', import.meta.url), 'utf8');
  const cases: readonly GoldenCase[] = JSON.parse(golden);

  it('has cases to compare', () => expect(cases.length).toBe(8));

  it.each(cases)('gives the same probabilities: $name', ({ columns, options, data, labels, weights, ...wanted }) => {
    const learner = gradientBoostedTrees({
      rounds: options.max_iter,
      maxLeaves: options.max_leaf_nodes ?? 31,
      maxDepth: options.max_depth,
      minSamplesLeaf: options.min_samples_leaf ?? 20,
      learningRate: options.learning_rate ?? 0.1,
      l2: options.l2_regularization ?? 0,
      maxBins: options.max_bins ?? 255,
    });
    const matrix = createMatrix(labels.length, columns, Float32Array.from(data));
    const fitted = learner.fit(matrix, Uint8Array.from(labels), Float64Array.from(weights), createRng(0, 'golden'));
    const rows = wanted.scored.length / columns;
    const scores = fitted.scores(createMatrix(rows, columns, Float32Array.from(wanted.scored)));
    const errors = wanted.scores.map((score, row) => Math.abs(scores[row] - score));
    expect(Math.max(...errors)).toBeLessThan(1e-5);
  });
});
