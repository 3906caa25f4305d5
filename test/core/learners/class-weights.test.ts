import { describe, expect, it } from 'vitest';
import {
  applyClassWeight,
  CLASS_WEIGHT_NAMES,
  type ClassWeight,
  resolveClassWeight,
  withClassWeight,
} from '../../../core/learners/class-weights.ts';
import { decisionTree } from '../../../core/learners/decision-tree/decision-tree.ts';
import type { Learner } from '../../../core/learners/learner.ts';
import { createRng } from '../../../core/random/rng.ts';
import { itKeepsTheLearnerContract } from './learner-contract.ts';
import { drawTrainingSet } from './training-sets.ts';

const labels = Uint8Array.of(0, 0, 0, 0, 1, 0);
const ones = new Float64Array(6).fill(1);

describe('resolveClassWeight', () => {
  it('is 1 for both classes where there is none', () => {
    expect(resolveClassWeight('none', labels, ones)).toEqual({ majority: 1, minority: 1 });
  });

  it('is the inverse frequency of rows of equal weight, in single precision', () => {
    expect(resolveClassWeight('balanced', labels, ones)).toEqual({
      majority: Math.fround(6 / (2 * 5)),
      minority: Math.fround(6 / (2 * 1)),
    });
  });

  it('counts rows by their weights, as scikit-learn does', () => {
    const weights = Float64Array.of(1, 2, 3, 4, 2.5, 5);
    const [majority, minority] = [1 + 2 + 3 + 4 + 5, 2.5];
    const total = majority + minority;
    const found = resolveClassWeight('balanced', labels, weights);
    expect(found).toEqual({
      majority: Math.fround(total / (2 * majority)),
      minority: Math.fround(total / (2 * minority)),
    });
    expect(found.majority * majority).toBeCloseTo(found.minority * minority, 5);
  });

  it('is the square root of the inverse frequency', () => {
    const { majority, minority } = resolveClassWeight('sqrt-balanced', labels, ones);
    expect([majority, minority]).toEqual([Math.sqrt(6 / (2 * 5)), Math.sqrt(6 / (2 * 1))].map(Math.fround));
  });

  it('is what a wrong answer for a row of the class costs', () => {
    const costs = { costFalsePositive: 2, costFalseNegative: 9 };
    expect(resolveClassWeight(costs, labels, ones)).toEqual({ majority: 2, minority: 9 });
  });

  it('does not depend on the order of the rows, to the last bit', () => {
    const weights = Float64Array.of(0.1, 1e9, 0.7, 3e-7, 1.1, 0.3);
    const reversed = resolveClassWeight('balanced', labels.toReversed(), weights.toReversed());
    expect(resolveClassWeight('balanced', labels, weights)).toEqual(reversed);
  });

  it('refuses what is no class weight', () => {
    const resolve = (classWeight: unknown) => () => resolveClassWeight(classWeight as ClassWeight, labels, ones);
    expect(resolve('even')).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: classWeight: found "even", needed none, balanced, sqrt-balanced, or costFalsePositive and costFalseNegative]`,
    );
    expect(resolve(null)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: classWeight: found null, needed none, balanced, sqrt-balanced, or costFalsePositive and costFalseNegative]`,
    );
    expect(resolve({ costFalsePositive: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: classWeight, costFalseNegative: found undefined, needed a positive finite number]`,
    );
    expect(resolve({ costFalsePositive: 0, costFalseNegative: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: classWeight, costFalsePositive: found 0, needed a positive finite number]`,
    );
    expect(() => resolveClassWeight('balanced', new Uint8Array(6), ones)).toThrowErrorMatchingInlineSnapshot(
      `[OneClassError: labels: found 6 majority and 0 minority rows, needed at least one of each]`,
    );
  });
});

describe('applyClassWeight', () => {
  it('multiplies the weights of the rows, and leaves them as they were', () => {
    const weights = Float64Array.of(1, 2, 3, 4, 5, 6);
    const costs = { costFalsePositive: 10, costFalseNegative: 100 };
    expect(applyClassWeight(costs, labels, weights)).toEqual(Float64Array.of(10, 20, 30, 40, 500, 60));
    expect(weights).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6));
  });
});

describe('withClassWeight', () => {
  const set = drawTrainingSet(300, 3, createRng(0, 'class-weights'));
  const fit = (learner: Learner, weights = set.weights) =>
    learner.fit(set.matrix, set.labels, weights, createRng(0, 'fit')).toJSON();

  it.each([...CLASS_WEIGHT_NAMES, { costFalsePositive: 1, costFalseNegative: 5 }])(
    'fits to the rows weighted by class: %j',
    (classWeight) => {
      const weighted = fit(decisionTree(), applyClassWeight(classWeight, set.labels, set.weights));
      expect(fit(withClassWeight(decisionTree(), classWeight))).toEqual(weighted);
      const isPlain = classWeight === 'none';
      expect(JSON.stringify(weighted) === JSON.stringify(fit(decisionTree()))).toBe(isPlain);
    },
  );

  it('refuses what is no class weight before there are rows', () => {
    expect(() => withClassWeight(decisionTree(), 'even' as ClassWeight)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: classWeight: found "even", needed none, balanced, sqrt-balanced, or costFalsePositive and costFalseNegative]`,
    );
  });
});

itKeepsTheLearnerContract('a learner with balanced classes', () => withClassWeight(decisionTree(), 'balanced'));
