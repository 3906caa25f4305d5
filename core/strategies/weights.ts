import { InvalidArgumentError } from '../errors.ts';
import { applyClassWeight, type ClassWeight } from '../learners/class-weights.ts';
import type { Labels } from '../learners/learner.ts';
import type { LearnerSettings } from '../learners/registry.ts';
import type { StrategySettings } from './settings.ts';
import type { Strategy } from './strategy.ts';

/** How much the classes count: as the strategy says, or as the learner's own settings do where it says nothing. */
export function classWeightOf(strategy: Strategy, { learner, costs }: StrategySettings): ClassWeight {
  switch (strategy.type) {
    case 'class-weights':
      return 'balanced';
    case 'sqrt-class-weights':
      return 'sqrt-balanced';
    case 'cost-weights':
      if (costs === undefined) {
        throw new InvalidArgumentError('strategy cost-weights: found no costs, needed what each error costs');
      }
      return costs;
    default:
      return learner.classWeight ?? 'none';
  }
}

/** One weight per row, by its class. */
export function rowWeights(classWeight: ClassWeight, labels: Labels): Float64Array {
  return applyClassWeight(classWeight, labels, new Float64Array(labels.length).fill(1));
}

/** The share of the weight that a learner takes the minority to have: rows, times their weights, times its own factor. */
export function trainedMinorityShare(learner: LearnerSettings, labels: Labels, weights: Float64Array): number {
  const factor = learner.type === 'gradient-boosted-trees' ? (learner.scalePosWeight ?? 1) : 1;
  const sums = [0, 0];
  for (let row = 0; row < labels.length; row++) sums[labels[row]] += weights[row];
  return (sums[1] * factor) / (sums[0] + sums[1] * factor);
}

/**
 * Whether a learner of these settings learns the same, to the bit, from a row that is given twice and from one with twice the
 * weight, so that the cheaper of the two can be trained. Not where limits count rows, whatever their weights.
 */
export function takesWeightsForRepeatedRows(learner: LearnerSettings): boolean {
  switch (learner.type) {
    case 'svm':
    case 'neural-network':
    case 'logistic-regression':
      return true;
    case 'decision-tree':
      return (learner.minSamplesLeaf ?? 1) === 1 && (learner.minSamplesSplit ?? 2) === 2;
    case 'gradient-boosted-trees':
      return learner.minSamplesLeaf === 1;
    default:
      return false;
  }
}
