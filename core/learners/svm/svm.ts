import { InvalidArgumentError } from '../../errors.ts';
import type { Matrix } from '../../table/matrix.ts';
import { requireRowsToScore, requireTrainingSet } from '../arguments.ts';
import type { FittedLearner, Learner } from '../learner.ts';
import { predictAbove } from '../predict-above.ts';
import { readCount, savedLearner } from '../saved.ts';
import { type FitSettings, fitLinear, fitRbf } from './fit.ts';
import { scaleGamma } from './gamma.ts';
import { type LinearModel, linearModelToJSON, linearScores, readLinearModel } from './linear-model.ts';
import { type RbfModel, rbfModelToJSON, rbfScorer, readRbfModel } from './rbf-model.ts';
import { trainingRows } from './training-rows.ts';

export const SVM = 'svm';

const SVM_KERNELS = ['rbf', 'linear'] as const;

type SvmKernelName = (typeof SVM_KERNELS)[number];

export interface SvmOptions {
  /** exp(-gamma |x - z|^2), or x z. @default 'rbf' */
  readonly kernel?: SvmKernelName;
  /** the cost of a row within the margin, times the row's weight: above 0, up to 1e60. @default 1 */
  readonly C?: number;
  /**
   * of the RBF kernel: above 0, or `scale` for 1 / (columns * variance of the training matrix), in which each row
   * counts with its weight. @default 'scale'
   */
  readonly gamma?: 'scale' | number;
  /**
   * how far the optimality conditions may be violated, in units of the score: above 0, up to 1. Below 1e-5 the rounding
   * of kernels to single precision can be in the way. @default 1e-3
   */
  readonly tolerance?: number;
  /**
   * room for rows of the kernel matrix: from 1 to 4096 MB. More makes large fits faster and changes no result.
   *
   * @default 200
   */
  readonly cacheMegabytes?: number;
}

const LARGEST_C = 1e60;
const BYTES_PER_MEGABYTE = 2 ** 20;

/**
 * A support vector machine (C-SVC, Cortes & Vapnik 1995) with hinge loss, fitted by sequential minimal optimization:
 * the machine of LIBSVM and of scikit-learn's `SVC`, to the tolerance.
 *
 * - `scores` are decision values: positive is minority, and from -1 to 1 a row is within the margin. No probabilities.
 * - `predict` says minority where the score is above 0.
 * - Columns should be of comparable size, for example standardized: a kernel sees only distances, or products.
 * - Nothing is drawn: `rng` is not used. Neither the order of the rows nor giving a row twice, instead of with a weight
 *   of 2, changes a bit of the result.
 * - `fit` throws InvalidArgumentError where the tolerance is not met in LIBSVM's number of steps, ten million or a
 *   hundred per row: a linear kernel on columns of very different size, or a very large C.
 *
 * @throws InvalidArgumentError where an option is out of range
 */
export function svm(options: SvmOptions = {}): Learner {
  const { kernel, gamma, ...settings } = requireOptions(options);
  return {
    fit(matrix, labels, weights) {
      requireTrainingSet(matrix, labels, weights);
      const rows = trainingRows(matrix, labels, weights);
      if (kernel === 'linear') return fittedLinear(matrix.columns, fitLinear(rows, settings));
      return fittedRbf(matrix.columns, fitRbf(rows, gamma === 'scale' ? scaleGamma(rows) : gamma, settings));
    },
  };
}

/**
 * Restores what `toJSON` of a fitted machine gave.
 *
 * @throws InvalidArgumentError, NonFiniteValueError where it is not that
 */
export function svmFromJSON(json: unknown): FittedLearner {
  const saved = savedLearner(json, SVM, 'saved svm');
  const columns = readCount(saved, 'columns');
  if (requireKernel(saved.what, saved.json.kernel) === 'linear') {
    return fittedLinear(columns, readLinearModel(saved, columns));
  }
  return fittedRbf(columns, readRbfModel(saved, columns));
}

function fittedLinear(columns: number, model: LinearModel): FittedLearner {
  return fitted(
    columns,
    (matrix) => linearScores(model, matrix),
    () => ({ type: SVM, kernel: 'linear', columns, ...linearModelToJSON(model) }),
  );
}

function fittedRbf(columns: number, model: RbfModel): FittedLearner {
  return fitted(columns, rbfScorer(model), () => ({ type: SVM, kernel: 'rbf', columns, ...rbfModelToJSON(model) }));
}

function fitted(columns: number, score: (matrix: Matrix) => Float64Array, toJSON: () => unknown): FittedLearner {
  const scores = (matrix: Matrix) => {
    requireRowsToScore(matrix, columns);
    return score(matrix);
  };
  return { scores, predict: (matrix) => predictAbove(0, scores(matrix)), toJSON };
}

function requireOptions(options: SvmOptions): FitSettings & { kernel: SvmKernelName; gamma: 'scale' | number } {
  const { kernel = 'rbf', C = 1, gamma = 'scale', tolerance = 1e-3, cacheMegabytes = 200 } = options;
  return {
    kernel: requireKernel('svm', kernel),
    C: requireRange('C', C, 0, LARGEST_C),
    gamma: gamma === 'scale' ? gamma : requireRange('gamma', gamma, 0, Number.MAX_VALUE, 'scale or '),
    tolerance: requireRange('tolerance', tolerance, 0, 1),
    cacheBytes: requireCache(cacheMegabytes) * BYTES_PER_MEGABYTE,
  };
}

function requireKernel(what: string, found: unknown): SvmKernelName {
  const kernel = SVM_KERNELS.find((known) => known === found);
  if (kernel === undefined) {
    throw new InvalidArgumentError(
      `${what}, kernel: found ${JSON.stringify(found)}, needed ${SVM_KERNELS.join(' or ')}`,
    );
  }
  return kernel;
}

function requireRange(name: string, found: number, above: number, upTo: number, or = ''): number {
  if (!(found > above && found <= upTo)) {
    throw new InvalidArgumentError(`svm, ${name}: found ${found}, needed ${or}a number above ${above}, up to ${upTo}`);
  }
  return found;
}

function requireCache(found: number): number {
  if (!(found >= 1 && found <= 4096)) {
    throw new InvalidArgumentError(`svm, cacheMegabytes: found ${found}, needed a number from 1 to 4096`);
  }
  return found;
}
