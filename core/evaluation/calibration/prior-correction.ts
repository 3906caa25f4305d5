import type { ScoreScale } from '../../learners/registry.ts';
import { requireShare } from '../arguments.ts';
import { refuseSaved } from './arguments.ts';
import type { Calibrator } from './calibrator.ts';
import { isScoreScale, uncalibrated } from './uncalibrated.ts';

export const PRIOR_CORRECTION = 'prior-correction';

/**
 * Probabilities of a learner that was trained on rows with another share of the minority than there is, corrected by
 * Bayes' rule: p' = r p / (r p + 1 - p), where r is the odds of the true share over the odds of the trained one (Elkan
 * 2001, The foundations of cost-sensitive learning, theorem 2; Saerens, Latinne & Decaestecker 2002, Adjusting the
 * outputs of a classifier to new a priori probabilities, eq. 2.4). Where the majority was under-sampled and a share b
 * of it kept, r is b, which gives the formula of Dal Pozzolo et al. 2015, Calibrating probability with undersampling
 * for unbalanced classification.
 *
 * Exact where the learner's probabilities were right for the rows that it was trained on, and resampling left each
 * class as it is in itself. The order of the scores stays; certainty (0 and 1) stays.
 *
 * @param trainedMinorityShare share of the minority among the rows, or their weights, that the learner was trained on
 * @param trueMinorityShare share of the minority among the rows that are to come
 * @param scale of the scores; margins go through the logistic function first
 * @throws InvalidArgumentError (a share not between 0 and 1, a scale that there is not)
 */
export function priorCorrection(
  trainedMinorityShare: number,
  trueMinorityShare: number,
  scale: ScoreScale,
): Calibrator {
  requireShare('trainedMinorityShare', trainedMinorityShare);
  requireShare('trueMinorityShare', trueMinorityShare);
  const before = uncalibrated(scale);
  const ratio = odds(trueMinorityShare) / odds(trainedMinorityShare);
  return {
    probabilities: (scores) => before.probabilities(scores).map((p) => (ratio * p) / (ratio * p + (1 - p))),
    toJSON: () => ({ type: PRIOR_CORRECTION, trainedMinorityShare, trueMinorityShare, scale }),
  };
}

/** @throws InvalidArgumentError where `json` is nothing that prior correction's `toJSON` gave */
export function priorCorrectionFromJSON(json: unknown): Calibrator {
  const saved = (json ?? {}) as Record<string, unknown>;
  const { trainedMinorityShare, trueMinorityShare, scale } = saved;
  if (!(isShare(trainedMinorityShare) && isShare(trueMinorityShare) && isScoreScale(scale))) {
    return refuseSaved(json, 'a trainedMinorityShare and trueMinorityShare between 0 and 1, and a scale');
  }
  return priorCorrection(trainedMinorityShare, trueMinorityShare, scale);
}

function odds(share: number): number {
  return share / (1 - share);
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value < 1;
}
