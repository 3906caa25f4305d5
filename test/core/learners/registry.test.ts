import { describe, expect, it } from 'vitest';
import { decisionTree } from '../../../core/learners/decision-tree/decision-tree.ts';
import type { Learner } from '../../../core/learners/learner.ts';
import { createLearner, fittedLearnerFromJSON, LEARNER_TYPES, scoreScale } from '../../../core/learners/registry.ts';
import { createRng } from '../../../core/random/rng.ts';
import { drawTrainingSet } from './training-sets.ts';

const { matrix, labels, weights } = drawTrainingSet(100, 3, createRng(0, 'registry'));
const fit = (learner: Learner) => learner.fit(matrix, labels, weights, createRng(0, 'registry'));

/** Those that are trained on the majority rows alone. */
const ONE_CLASS: readonly string[] = ['isolation-forest', 'one-class-svm'];

describe('createLearner', () => {
  it('makes a learner of its type with its options', () => {
    expect(LEARNER_TYPES).toEqual([
      'decision-tree',
      'svm',
      'neural-network',
      'logistic-regression',
      'gradient-boosted-trees',
      'isolation-forest',
      'one-class-svm',
    ]);
    const made = createLearner({ type: 'decision-tree', maxDepth: 2, minSamplesLeaf: 5 });
    expect(fit(made).toJSON()).toEqual(fit(decisionTree({ maxDepth: 2, minSamplesLeaf: 5 })).toJSON());
  });

  it.each(LEARNER_TYPES)('%s: weighs the classes as asked, and comes back from its JSON', (type) => {
    const costs = { costFalsePositive: 1, costFalseNegative: 8 };
    const weighted = fit(createLearner({ type, classWeight: costs }));
    const byHand = weights.map((weight, row) => weight * (labels[row] === 1 ? 8 : 1));
    const expected = createLearner({ type }).fit(matrix, labels, byHand, createRng(0, 'registry'));
    expect(weighted.toJSON()).toEqual(expected.toJSON());
    const unweighted = fit(createLearner({ type })).toJSON();
    // One-class learners see one class, whose rows all weigh alike.
    if (ONE_CLASS.includes(type)) expect(weighted.toJSON()).toEqual(unweighted);
    else expect(weighted.toJSON()).not.toEqual(unweighted);
    const restored = fittedLearnerFromJSON(JSON.parse(JSON.stringify(weighted)));
    expect(restored.scores(matrix)).toEqual(weighted.scores(matrix));
  });

  it('refuses a type that there is not', () => {
    const settings = JSON.parse('{ "type": "oracle" }');
    expect(() => createLearner(settings)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: learner: found type "oracle", needed decision-tree, svm, neural-network, logistic-regression, gradient-boosted-trees, isolation-forest, one-class-svm]`,
    );
    expect(() => createLearner({ type: 'decision-tree', maxDepth: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: decision tree, maxDepth: found -1, needed a whole number from 1, or Infinity]`,
    );
  });
});

describe('scoreScale', () => {
  it.each(LEARNER_TYPES)('%s: probabilities are from 0 to 1 and divided at 0.5, margins at 0', (type) => {
    const fitted = fit(createLearner({ type }));
    const scores = fitted.scores(matrix);
    const threshold = scoreScale(type) === 'probability' ? 0.5 : 0;
    expect(fitted.predict(matrix)).toEqual(Uint8Array.from(scores, (score) => Number(score > threshold)));
    expect(scores.some((score) => score < 0)).toBe(scoreScale(type) === 'margin');
    if (scoreScale(type) === 'probability') expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
  });

  it('refuses a type that there is not', () => {
    expect(() => scoreScale(JSON.parse('"oracle"'))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: learner: found type "oracle", needed decision-tree, svm, neural-network, logistic-regression, gradient-boosted-trees, isolation-forest, one-class-svm]`,
    );
  });
});

describe('fittedLearnerFromJSON', () => {
  const saved = () => JSON.parse(JSON.stringify(fit(decisionTree({ maxDepth: 2 }))));

  it('restores what was saved', () => {
    expect(fittedLearnerFromJSON(saved()).scores(matrix)).toEqual(fit(decisionTree({ maxDepth: 2 })).scores(matrix));
  });

  it('refuses what is no saved learner', () => {
    expect(() => fittedLearnerFromJSON(null)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved learner: found type undefined, needed decision-tree, svm, neural-network, logistic-regression, gradient-boosted-trees, isolation-forest, one-class-svm]`,
    );
    expect(() => fittedLearnerFromJSON({ type: 'toString' })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved learner: found type "toString", needed decision-tree, svm, neural-network, logistic-regression, gradient-boosted-trees, isolation-forest, one-class-svm]`,
    );
    expect(() => fittedLearnerFromJSON('decision-tree')).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved learner: found type undefined, needed decision-tree, svm, neural-network, logistic-regression, gradient-boosted-trees, isolation-forest, one-class-svm]`,
    );
  });

  it('refuses a tree that is not whole', () => {
    const restore = (nodes: object) => () =>
      fittedLearnerFromJSON({ ...saved(), nodes: { ...saved().nodes, ...nodes } });
    expect(
      restore({ column: [5, -1, -1], threshold: [0, 0, 0], right: [2, -1, -1], score: [0, 0, 0] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved decision tree, node 0: found column 5, needed -1 (leaf) or 0 to 2]`,
    );
    expect(
      restore({ column: [0, -1, -1], threshold: [0, 0, 0], right: [3, -1, -1], score: [0, 0, 0] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved decision tree, node 0: found right child 3, needed 2 to 2]`,
    );
    expect(
      restore({ column: [0, -1, -1], threshold: [0, 0, 0], right: [0, -1, -1], score: [0, 0, 0] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved decision tree, node 0: found right child 0, needed 2 to 2]`,
    );
    expect(restore({ column: [-1], threshold: [0], right: [-1], score: [2] })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved decision tree, node 0: found score 2, needed 0 to 1]`,
    );
    expect(restore({ column: [-1], threshold: [], right: [-1], score: [0] })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved decision tree, threshold: found no list of numbers, needed one per node]`,
    );
    expect(restore({ column: [-1], threshold: [0], right: [-1], score: [0, 1] })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved decision tree, score: found 2 numbers, needed 1]`,
    );
    expect(restore({ column: 'none' })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved decision tree, column: found no list of numbers, needed one per node]`,
    );
    expect(() => fittedLearnerFromJSON({ ...saved(), columns: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved decision tree, columns: found 0, needed a whole number from 1]`,
    );
    expect(() => fittedLearnerFromJSON({ ...saved(), nodes: undefined })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved decision tree, column: found no list of numbers, needed one per node]`,
    );
  });
});
