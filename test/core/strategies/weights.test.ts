import { describe, expect, it } from 'vitest';
import { createLearner, type LearnerSettings } from '../../../core/learners/registry.ts';
import { createRng } from '../../../core/random/rng.ts';
import {
  classWeightOf,
  rowWeights,
  takesWeightsForRepeatedRows,
  trainedMinorityShare,
} from '../../../core/strategies/weights.ts';
import { drawTrainingSet, takeTrainingRows } from '../learners/training-sets.ts';
import { SETTINGS } from './sample.ts';

describe('classWeightOf', () => {
  const of = (type: Parameters<typeof classWeightOf>[0]['type'], settings = SETTINGS) =>
    classWeightOf({ type, ratio: null }, settings);

  it('is what the strategy says', () => {
    expect(of('class-weights')).toBe('balanced');
    expect(of('sqrt-class-weights')).toBe('sqrt-balanced');
    expect(of('cost-weights')).toEqual({ costFalsePositive: 1, costFalseNegative: 5 });
  });

  it("is what the learner's settings say where the strategy says nothing", () => {
    expect(of('none')).toBe('none');
    const weighted = { ...SETTINGS, learner: { ...SETTINGS.learner, classWeight: 'sqrt-balanced' } as LearnerSettings };
    for (const type of ['none', 'threshold', 'under-sampling', 'over-sampling', 'algorithm-1'] as const) {
      expect(of(type, weighted)).toBe('sqrt-balanced');
    }
    expect(of('class-weights', weighted)).toBe('balanced');
  });

  it('refuses cost weights without costs', () => {
    expect(() => of('cost-weights', { ...SETTINGS, costs: undefined })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: strategy cost-weights: found no costs, needed what each error costs]`,
    );
  });
});

describe('trainedMinorityShare', () => {
  const labels = Uint8Array.of(0, 0, 0, 1);

  it('is the share of the weight', () => {
    const tree = { type: 'decision-tree' } as const;
    expect(trainedMinorityShare(tree, labels, rowWeights('none', labels))).toBe(1 / 4);
    expect(trainedMinorityShare(tree, labels, rowWeights('balanced', labels))).toBeCloseTo(1 / 2, 6);
    const costs = rowWeights({ costFalsePositive: 1, costFalseNegative: 6 }, labels);
    expect(trainedMinorityShare(tree, labels, costs)).toBe(6 / (3 + 6));
  });

  it("has the learner's own factor for minority rows in it", () => {
    const trees = { type: 'gradient-boosted-trees', scalePosWeight: 9 } as const;
    expect(trainedMinorityShare(trees, labels, rowWeights('none', labels))).toBe(9 / (3 + 9));
  });
});

describe('takesWeightsForRepeatedRows', () => {
  const settings: LearnerSettings[] = [
    { type: 'decision-tree' },
    { type: 'svm' },
    { type: 'neural-network', epochs: 2, hidden: [4] },
    { type: 'logistic-regression' },
    { type: 'gradient-boosted-trees', minSamplesLeaf: 1, rounds: 3 },
  ];

  it.each(settings)('is true of $type, which learns the same from either', (learner) => {
    expect(takesWeightsForRepeatedRows(learner)).toBe(true);
    const set = drawTrainingSet(60, 3, createRng(0, 'rows'));
    const given = Array.from(set.labels.keys()).flatMap((row) => new Array<number>(1 + (row % 3)).fill(row));
    const fit = ({ matrix, labels, weights }: typeof set) =>
      createLearner(learner).fit(matrix, labels, weights, createRng(0, 'fit')).scores(set.matrix);
    expect(fit({ ...set, weights: set.weights.map((_, row) => 1 + (row % 3)) })).toEqual(
      fit(takeTrainingRows(set, given)),
    );
  });

  it.each<LearnerSettings>([
    { type: 'decision-tree', minSamplesLeaf: 2 },
    { type: 'decision-tree', minSamplesSplit: 10 },
    { type: 'gradient-boosted-trees' },
    { type: 'isolation-forest' },
    { type: 'one-class-svm' },
  ])('is false of %o', (learner) => {
    expect(takesWeightsForRepeatedRows(learner)).toBe(false);
  });
});
