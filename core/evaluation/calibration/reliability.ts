import { InvalidArgumentError } from '../../errors.ts';
import type { Labels } from '../../learners/learner.ts';
import { brierScore, logarithmicLoss } from '../probability-scores.ts';

/** Rows whose probabilities lie in one bin. */
export interface ReliabilityBin {
  /** mean of their probabilities */
  readonly meanPredicted: number;
  /** share of the minority among them: the same, where the probabilities are right */
  readonly observedShare: number;
  readonly rows: number;
}

export interface Reliability {
  /**
   * from 0 to 1: the mean over the rows of how far their bin's observed share is from its mean probability. Null
   * without rows.
   */
  readonly expectedCalibrationError: number | null;
  /** Null without rows. */
  readonly brier: number | null;
  /** Null without rows. */
  readonly logLoss: number | null;
  /** from the lowest probability up; bins without rows are left out */
  readonly bins: readonly ReliabilityBin[];
}

const DEFAULT_BINS = 10;

/**
 * The reliability curve (Niculescu-Mizil & Caruana 2005, Predicting good probabilities with supervised learning) over
 * bins of equal width, and the expected calibration error (Naeini, Cooper & Hauskrecht 2015, Obtaining well calibrated
 * probabilities using Bayesian binning). A probability at a bin's edge counts for the bin below, as in scikit-learn's
 * `calibration_curve`.
 *
 * @param labels one per row
 * @param probabilities one per row: of the minority, from 0 to 1
 * @param bins a whole number from 1 @default 10
 * @throws InvalidArgumentError (lengths differ, labels other than 0 and 1, no probabilities, bins)
 */
export function reliability(labels: Labels, probabilities: Float64Array, bins: number = DEFAULT_BINS): Reliability {
  if (!(Number.isInteger(bins) && bins >= 1)) {
    throw new InvalidArgumentError(`bins: found ${bins}, needed a whole number from 1`);
  }
  const brier = brierScore(labels, probabilities);
  const rows = new Float64Array(bins);
  const predicted = new Float64Array(bins);
  const observed = new Float64Array(bins);
  for (let row = 0; row < labels.length; row++) {
    const bin = binOf(probabilities[row], bins);
    rows[bin]++;
    predicted[bin] += probabilities[row];
    observed[bin] += labels[row];
  }
  const filled = [...rows.keys()].filter((bin) => rows[bin] > 0);
  const gap = filled.reduce((sum, bin) => sum + Math.abs(observed[bin] - predicted[bin]), 0);
  return {
    expectedCalibrationError: labels.length === 0 ? null : gap / labels.length,
    brier,
    logLoss: logarithmicLoss(labels, probabilities),
    bins: filled.map((bin) => ({
      meanPredicted: predicted[bin] / rows[bin],
      observedShare: observed[bin] / rows[bin],
      rows: rows[bin],
    })),
  };
}

/** Edges are multiples of the width, as numpy's `linspace` rounds them. */
function binOf(probability: number, bins: number): number {
  const width = 1 / bins;
  let bin = 0;
  while (bin < bins - 1 && probability > (bin + 1) * width) bin++;
  return bin;
}
