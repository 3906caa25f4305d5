import { InvalidArgumentError } from '../../errors.ts';
import type { Matrix } from '../../table/matrix.ts';
import { requireRowsToScore, requireTrainingSet } from '../arguments.ts';
import { distinctRows } from '../distinct-rows.ts';
import type { FittedLearner, Learner } from '../learner.ts';
import { predictAbove } from '../predict-above.ts';
import { savedLearner } from '../saved.ts';
import { MOST_BINS } from './bins.ts';
import { type BoostingPlan, boost } from './rounds.ts';
import { type BoostedTrees, boostedTreesToJSON, readBoostedTrees, scoreRows } from './trees.ts';
import type { EarlyStopping } from './validation.ts';

export const GRADIENT_BOOSTED_TREES = 'gradient-boosted-trees';

/**
 * The defaults are those of scikit-learn's `HistGradientBoostingClassifier`, except that rows are only held out if
 * asked.
 */
export interface GradientBoostedTreesOptions {
  /** trees at most: a whole number from 1. @default 100 */
  readonly rounds?: number;
  /** the share of a Newton step that a leaf takes: above 0, up to 1. @default 0.1 */
  readonly learningRate?: number;
  /** questions from the root to a leaf at most: a whole number from 1, or Infinity. @default Infinity */
  readonly maxDepth?: number | undefined;
  /** leaves of a tree at most: a whole number from 2. @default 31 */
  readonly maxLeaves?: number;
  /** rows in a leaf at least, whatever their weights: a whole number from 1. @default 20 */
  readonly minSamplesLeaf?: number;
  /** added to a leaf's sum of second derivatives: a finite number from 0. @default 0 */
  readonly l2?: number;
  /** bins of a column at most: a whole number from 2 to 255. @default 255 */
  readonly maxBins?: number;
  /** a factor for the weights of minority rows: from 1e-60 to 1e60. @default 1 */
  readonly scalePosWeight?: number;
  /** where given, rounds end when the loss on held-out training rows no longer falls. @default no row is held out */
  readonly earlyStopping?: Partial<EarlyStopping> | undefined;
}

/**
 * Gradient-boosted histogram trees with log loss (Friedman 2001; Chen & Guestrin 2016, XGBoost; Ke et al. 2017,
 * LightGBM), the model of scikit-learn's `HistGradientBoostingClassifier`.
 *
 * - `scores` are probabilities from 0 to 1. `predict` says minority where the score is above 0.5.
 * - Columns are cut into at most `maxBins` bins at quantiles of the weighted training rows; a tree asks whether a value
 *   is at most a threshold halfway between two values, so that rows are scored by their values, not by bins.
 * - A tree grows leaf by leaf, the one that gains most first. Both sides of a split need `minSamplesLeaf` rows and a
 *   sum of second derivatives of 0.001.
 * - With early stopping, a share of each class's training rows is drawn by `rng` and held out; the trees after the
 *   round of least weighted log loss on them are dropped. Without it, nothing is drawn.
 * - The order of the rows never matters: equal rows are one, rows have an order of their own, and histograms are sums
 *   of whole numbers. A weight of 2 counts as the row given twice in everything but `minSamplesLeaf`, which counts
 *   rows: with a `minSamplesLeaf` of 1 the two give the same model.
 *
 * @throws InvalidArgumentError where an option is out of range
 */
export function gradientBoostedTrees(options: GradientBoostedTreesOptions = {}): Learner {
  const plan = requirePlan(options);
  const scalePosWeight = requireNumber('scalePosWeight', options.scalePosWeight ?? 1, FACTOR);
  return {
    fit(matrix, labels, weights, rng) {
      requireTrainingSet(matrix, labels, weights);
      const scaled = weights.map((weight, row) => (labels[row] === 1 ? weight * scalePosWeight : weight));
      return fittedGradientBoostedTrees(boost(matrix, distinctRows(matrix, labels, scaled), plan, rng));
    },
  };
}

/** Restores what `toJSON` of fitted trees gave. @throws InvalidArgumentError where it is not that */
export function gradientBoostedTreesFromJSON(json: unknown): FittedLearner {
  const saved = savedLearner(json, GRADIENT_BOOSTED_TREES, 'saved gradient-boosted trees');
  return fittedGradientBoostedTrees(readBoostedTrees(saved));
}

function fittedGradientBoostedTrees(boosted: BoostedTrees): FittedLearner {
  const scores = (matrix: Matrix) => {
    requireRowsToScore(matrix, boosted.columns);
    return scoreRows(boosted, matrix);
  };
  return {
    scores,
    predict: (matrix) => predictAbove(0.5, scores(matrix)),
    toJSON: () => ({ type: GRADIENT_BOOSTED_TREES, ...boostedTreesToJSON(boosted) }),
  };
}

function requirePlan(options: GradientBoostedTreesOptions): BoostingPlan {
  const { maxDepth = Number.POSITIVE_INFINITY, earlyStopping } = options;
  return {
    rounds: requireNumber('rounds', options.rounds ?? 100, wholeFrom(1)),
    maxBins: requireNumber('maxBins', options.maxBins ?? MOST_BINS, WHOLE_BINS),
    limits: {
      learningRate: requireNumber('learningRate', options.learningRate ?? 0.1, RATE),
      maxDepth: maxDepth === Number.POSITIVE_INFINITY ? maxDepth : requireNumber('maxDepth', maxDepth, DEPTH),
      maxLeaves: requireNumber('maxLeaves', options.maxLeaves ?? 31, wholeFrom(2)),
      minSamplesLeaf: requireNumber('minSamplesLeaf', options.minSamplesLeaf ?? 20, wholeFrom(1)),
      l2: requireNumber('l2', options.l2 ?? 0, NOT_NEGATIVE),
    },
    earlyStopping: earlyStopping && {
      validationFraction: requireNumber('validationFraction', earlyStopping.validationFraction ?? 0.1, FRACTION),
      patience: requireNumber('patience', earlyStopping.patience ?? 10, wholeFrom(1)),
    },
  };
}

/** A range of numbers, and what to call it. */
interface NumberRange {
  readonly needed: string;
  readonly contains: (value: number) => boolean;
}

const wholeFrom = (least: number): NumberRange => ({
  needed: `a whole number from ${least}`,
  contains: (value) => Number.isInteger(value) && value >= least,
});
const DEPTH: NumberRange = { ...wholeFrom(1), needed: 'a whole number from 1, or Infinity' };
const WHOLE_BINS: NumberRange = {
  needed: `a whole number from 2 to ${MOST_BINS}`,
  contains: (value) => Number.isInteger(value) && value >= 2 && value <= MOST_BINS,
};
const RATE: NumberRange = { needed: 'above 0, up to 1', contains: (value) => value > 0 && value <= 1 };
const FRACTION: NumberRange = { needed: 'above 0, below 1', contains: (value) => value > 0 && value < 1 };
const FACTOR: NumberRange = { needed: 'from 1e-60 to 1e60', contains: (value) => value >= 1e-60 && value <= 1e60 };
const NOT_NEGATIVE: NumberRange = {
  needed: 'a finite number from 0',
  contains: (value) => Number.isFinite(value) && value >= 0,
};

function requireNumber(name: string, found: number, { needed, contains }: NumberRange): number {
  if (!contains(found)) {
    throw new InvalidArgumentError(`gradient-boosted trees, ${name}: found ${found}, needed ${needed}`);
  }
  return found;
}
