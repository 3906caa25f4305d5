import { InvalidArgumentError } from '../../errors.ts';
import type { Matrix } from '../../table/matrix.ts';
import { requireRowsToScore, requireTrainingSet } from '../arguments.ts';
import type { FittedLearner, Learner } from '../learner.ts';
import { predictAbove } from '../predict-above.ts';
import { readCount, savedLearner, savedPart } from '../saved.ts';
import { growTree } from './growth.ts';
import { readTreeNodes, scoreRows, type TreeNodes, treeNodesToJSON } from './nodes.ts';
import { pruneTree } from './pruning.ts';

export const DECISION_TREE = 'decision-tree';

/**
 * Limits to growth, which count rows, whatever their weights, as scikit-learn's `min_samples_…` do; and what is pruned
 * after.
 */
export interface DecisionTreeOptions {
  /** questions from the root to a leaf at most: a whole number from 1, or Infinity. @default 8 */
  readonly maxDepth?: number;
  /** rows in a leaf at least: a whole number from 1. @default 1 */
  readonly minSamplesLeaf?: number;
  /** rows in a node that is split at least: a whole number from 2. @default 2 */
  readonly minSamplesSplit?: number;
  /**
   * cost-complexity pruning: what a leaf must save in impurity, as a share of the whole training weight; a finite
   * number from 0. @default 0 (no pruning)
   */
  readonly ccpAlpha?: number;
}

/**
 * A classification tree: exact CART (Breiman, Friedman, Olshen & Stone 1984, Classification and Regression Trees) with
 * Gini impurity, the tree of scikit-learn's `DecisionTreeClassifier`.
 *
 * - `scores` are probabilities from 0 to 1: the minority's share of the training weight in the row's leaf.
 * - `predict` says minority where the score is above 0.5; a leaf that is half and half says majority.
 * - A node asks whether a value is at most the midpoint between two neighbouring values that occur in it. It is split
 *   as long as both classes are in it and the limits allow, even by a question that gains nothing by itself.
 * - Of equally good splits the one of the lowest column is taken, and in it the lowest threshold. (scikit-learn takes
 *   one at random, and takes values that differ by less than 1e-7 for equal.)
 * - Nothing is drawn: `rng` is not used. The tree does not depend on the order of the rows: weights are added exactly.
 * - A weight of 2 counts as the row given twice in everything but the limits, which count rows.
 *
 * @throws InvalidArgumentError where an option is out of range
 */
export function decisionTree(options: DecisionTreeOptions = {}): Learner {
  const limits = {
    maxDepth: requireLimit('maxDepth', options.maxDepth ?? 8, 1, Number.POSITIVE_INFINITY),
    minSamplesLeaf: requireLimit('minSamplesLeaf', options.minSamplesLeaf ?? 1, 1),
    minSamplesSplit: requireLimit('minSamplesSplit', options.minSamplesSplit ?? 2, 2),
  };
  const ccpAlpha = requireAlpha(options.ccpAlpha ?? 0);
  return {
    fit(matrix, labels, weights) {
      requireTrainingSet(matrix, labels, weights);
      const grown = growTree(matrix, labels, weights, limits);
      const nodes = ccpAlpha > 0 ? pruneTree(grown.nodes, grown.weights, ccpAlpha) : grown.nodes;
      return fittedDecisionTree(matrix.columns, nodes);
    },
  };
}

/** Restores what `toJSON` of a fitted tree gave. @throws InvalidArgumentError where it is not that */
export function decisionTreeFromJSON(json: unknown): FittedLearner {
  const saved = savedLearner(json, DECISION_TREE, 'saved decision tree');
  const columns = readCount(saved, 'columns');
  return fittedDecisionTree(columns, readTreeNodes(savedPart(saved.json.nodes, saved.what), columns));
}

function fittedDecisionTree(columns: number, nodes: TreeNodes): FittedLearner {
  const scores = (matrix: Matrix) => {
    requireRowsToScore(matrix, columns);
    return scoreRows(nodes, matrix);
  };
  return {
    scores,
    predict: (matrix) => predictAbove(0.5, scores(matrix)),
    toJSON: () => ({ type: DECISION_TREE, columns, nodes: treeNodesToJSON(nodes) }),
  };
}

function requireLimit(name: string, found: number, least: number, noLimit?: number): number {
  if (found !== noLimit && !(Number.isInteger(found) && found >= least)) {
    const orNoLimit = noLimit === undefined ? '' : `, or ${noLimit}`;
    throw new InvalidArgumentError(
      `decision tree, ${name}: found ${found}, needed a whole number from ${least}${orNoLimit}`,
    );
  }
  return found;
}

function requireAlpha(found: number): number {
  if (!(Number.isFinite(found) && found >= 0)) {
    throw new InvalidArgumentError(`decision tree, ccpAlpha: found ${found}, needed a finite number from 0`);
  }
  return found;
}
