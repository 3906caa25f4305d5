import { InvalidArgumentError } from '../errors.ts';
import { requireTrainingSet } from './arguments.ts';
import { requireBothClasses } from './class-counts.ts';
import { toExactWeights } from './exact-weights.ts';
import type { Labels, Learner } from './learner.ts';

/**
 * What a wrong answer costs, by its kind. Only the proportion of the two moves what is learned, up to regularization.
 */
export interface MisclassificationCosts {
  /** a majority row called minority: the weight of a majority row */
  readonly costFalsePositive: number;
  /** a minority row called majority: the weight of a minority row */
  readonly costFalseNegative: number;
}

/** How much more a row of one class counts than one of the other. */
export type ClassWeight = 'none' | 'balanced' | 'sqrt-balanced' | MisclassificationCosts;

/** The names among the class weights. */
export const CLASS_WEIGHT_NAMES = ['none', 'balanced', 'sqrt-balanced'] as const;

/** A factor per class, for the weights of its rows. */
export interface ClassWeights {
  readonly majority: number;
  readonly minority: number;
}

/**
 * The factor for each class:
 *
 * - `none`: 1 for both.
 * - `balanced`: inverse frequency, N / (2 N_c) (King & Zeng 2001, Logistic Regression in Rare Events Data). N and N_c
 *   are sums of the rows' weights, as in scikit-learn's `compute_class_weight` with `sample_weight`; so both classes
 *   weigh N / 2 after. They are rounded to single precision: products with whole weights are then exact, so that a
 *   weight of 2 still counts as the row given twice.
 * - `sqrt-balanced`: its square root, halfway between the two on a logarithmic scale.
 * - costs: a majority row weighs `costFalsePositive`, a minority row `costFalseNegative` (Elkan 2001, The Foundations
 *   of Cost-Sensitive Learning).
 *
 * @param weights one per row, positive
 * @throws InvalidArgumentError (a class weight that there is not, a cost that is not positive and finite),
 * OneClassError
 */
export function resolveClassWeight(classWeight: ClassWeight, labels: Labels, weights: Float64Array): ClassWeights {
  requireClassWeight(classWeight);
  requireBothClasses(labels);
  if (typeof classWeight === 'object') {
    return { majority: classWeight.costFalsePositive, minority: classWeight.costFalseNegative };
  }
  if (classWeight === 'none') return { majority: 1, minority: 1 };
  const [majority, minority] = weightPerClass(labels, weights);
  const total = majority + minority;
  const root = classWeight === 'sqrt-balanced' ? Math.sqrt : (frequency: number) => frequency;
  return {
    majority: Math.fround(root(total / (2 * majority))),
    minority: Math.fround(root(total / (2 * minority))),
  };
}

/** The weights, each times the factor of its row's class, as a new list. @throws as resolveClassWeight does */
export function applyClassWeight(classWeight: ClassWeight, labels: Labels, weights: Float64Array): Float64Array {
  const { majority, minority } = resolveClassWeight(classWeight, labels, weights);
  return weights.map((weight, row) => weight * (labels[row] === 1 ? minority : majority));
}

/**
 * The same learner, fitted to rows weighted by class; so every learner supports every class weight alike. What it fits
 * is saved and restored as the learner's own.
 *
 * @throws InvalidArgumentError (a class weight that there is not, a cost that is not positive and finite)
 */
export function withClassWeight(learner: Learner, classWeight: ClassWeight): Learner {
  requireClassWeight(classWeight);
  if (classWeight === 'none') return learner;
  return {
    fit(matrix, labels, weights, rng) {
      requireTrainingSet(matrix, labels, weights);
      return learner.fit(matrix, labels, applyClassWeight(classWeight, labels, weights), rng);
    },
  };
}

/** @throws InvalidArgumentError (a class weight that there is not, a cost that is not positive and finite) */
function requireClassWeight(classWeight: ClassWeight): void {
  if (typeof classWeight === 'object' && classWeight !== null) {
    requireCost('costFalsePositive', classWeight.costFalsePositive);
    requireCost('costFalseNegative', classWeight.costFalseNegative);
  } else if (!CLASS_WEIGHT_NAMES.includes(classWeight)) {
    throw new InvalidArgumentError(
      `classWeight: found ${JSON.stringify(classWeight)}, needed ${CLASS_WEIGHT_NAMES.join(', ')}, or costFalsePositive and costFalseNegative`,
    );
  }
}

function requireCost(name: keyof MisclassificationCosts, cost: number): void {
  if (!(Number.isFinite(cost) && cost > 0)) {
    throw new InvalidArgumentError(`classWeight, ${name}: found ${cost}, needed a positive finite number`);
  }
}

/** Summed exactly, in units that the two sums share, so that the factors do not depend on the order of the rows. */
function weightPerClass(labels: Labels, weights: Float64Array): [majority: number, minority: number] {
  const sums: [number, number] = [0, 0];
  const exact = toExactWeights(weights);
  for (let row = 0; row < labels.length; row++) sums[labels[row]] += exact[row];
  return sums;
}
