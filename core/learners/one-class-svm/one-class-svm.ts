import { InvalidArgumentError } from '../../errors.ts';
import type { Matrix } from '../../table/matrix.ts';
import { requireRowsToScore, requireUnlabelledRows } from '../arguments.ts';
import type { Learner } from '../learner.ts';
import { majorityLearner, type OutlierDetector, outlierDetector } from '../outlier-detector.ts';
import { readCount, savedLearner } from '../saved.ts';
import { type RbfModel, rbfModelToJSON, rbfScorer, readRbfModel } from '../svm/rbf-model.ts';
import { fitOneClass, type OneClassSettings } from './fit.ts';

export const ONE_CLASS_SVM = 'one-class-svm';

export interface OneClassSvmOptions {
  /**
   * the share of the training rows that may lie outside at most, and that are support vectors at least: above 0, up to
   * 1. scikit-learn's default is 0.5, which would call up to half of the majority minority. @default 0.1
   */
  readonly nu?: number;
  /**
   * of the kernel exp(-gamma |x - z|^2): above 0, or `scale` for 1 / (columns * variance of the rows), in which each
   * row counts with its weight. @default 'scale'
   */
  readonly gamma?: 'scale' | number;
  /**
   * how far the optimality conditions may be violated, in units of LIBSVM's decision value: above 0, up to 1.
   *
   * @default 1e-3
   */
  readonly tolerance?: number;
  /**
   * room for rows of the kernel matrix: from 1 to 4096 MB. More makes large fits faster and changes no result.
   *
   * @default 200
   */
  readonly cacheMegabytes?: number;
}

const BYTES_PER_MEGABYTE = 2 ** 20;

/**
 * A one-class support vector machine (Schoelkopf et al. 2001) as a learner: trained on the majority rows alone, it
 * takes what lies outside of their support for the minority. The machine of LIBSVM and of scikit-learn's `OneClassSVM`,
 * to the tolerance.
 *
 * - `scores` are negated decision values, from -1 to 1: positive is outside, and minority. No probabilities. LIBSVM's
 *   decision values are nu * rows times as large: here the coefficients' sum is 1, so that the number of rows does not
 *   change the scale.
 * - Weights of the classes change nothing: only the majority is learned from, and only the proportions of its rows'
 *   weights count.
 * - Columns should be of comparable size, for example standardized: the kernel sees only distances.
 * - Nothing is drawn: `rng` is not used. Neither the order of the rows nor giving a row twice, instead of with a weight
 *   of 2, changes a bit of the result.
 * - Time grows with nu times the square of the rows, at least.
 *
 * @throws InvalidArgumentError where an option is out of range
 */
export function oneClassSvm(options: OneClassSvmOptions = {}): Learner {
  requireOptions(options);
  return majorityLearner((majority, weights) => fitOneClassSvm(majority, options, weights));
}

/**
 * A one-class support vector machine of rows without labels. Its outlier scores are negated decision values, from -1 to
 * 1: above 0 is outside.
 *
 * @param matrix at least one row, finite
 * @param weights one per row, from 1e-60 to 1e60. Default: all alike
 * @throws InvalidArgumentError (an option out of range, empty, weights that do not fit, no solution within the
 * tolerance), NonFiniteValueError
 */
export function fitOneClassSvm(
  matrix: Matrix,
  options: OneClassSvmOptions = {},
  weights: Float64Array = new Float64Array(matrix.rows).fill(1),
): OutlierDetector {
  const settings = requireOptions(options);
  requireUnlabelledRows(matrix, weights);
  return detectorOf(matrix.columns, fitOneClass(matrix, weights, settings));
}

/**
 * Restores what `toJSON` of a fitted machine gave.
 *
 * @throws InvalidArgumentError, NonFiniteValueError where it is not that
 */
export function oneClassSvmFromJSON(json: unknown): OutlierDetector {
  const saved = savedLearner(json, ONE_CLASS_SVM, 'saved one-class svm');
  const columns = readCount(saved, 'columns');
  return detectorOf(columns, readRbfModel(saved, columns));
}

function detectorOf(columns: number, model: RbfModel): OutlierDetector {
  const decisionValues = rbfScorer(model);
  const outlierScores = (matrix: Matrix) => {
    requireRowsToScore(matrix, columns);
    return decisionValues(matrix).map((value) => -value);
  };
  return outlierDetector(outlierScores, 0, () => ({ type: ONE_CLASS_SVM, columns, ...rbfModelToJSON(model) }));
}

function requireOptions(options: OneClassSvmOptions): OneClassSettings {
  const { nu = 0.1, gamma = 'scale', tolerance = 1e-3, cacheMegabytes = 200 } = options;
  requireUpTo('nu', nu, 1);
  if (gamma !== 'scale') requireUpTo('gamma', gamma, Number.MAX_VALUE, 'scale or ');
  requireUpTo('tolerance', tolerance, 1);
  if (!(cacheMegabytes >= 1 && cacheMegabytes <= 4096)) {
    throw new InvalidArgumentError(
      `one-class svm, cacheMegabytes: found ${cacheMegabytes}, needed a number from 1 to 4096`,
    );
  }
  return { nu, gamma, tolerance, cacheBytes: cacheMegabytes * BYTES_PER_MEGABYTE };
}

function requireUpTo(name: string, found: number, most: number, or = ''): void {
  if (!(found > 0 && found <= most)) {
    throw new InvalidArgumentError(
      `one-class svm, ${name}: found ${found}, needed ${or}a number above 0, up to ${most}`,
    );
  }
}
