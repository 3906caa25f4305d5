import type { ResolvedRequest } from '../../contracts/request.ts';
import type { Scores } from '../../contracts/workflow.ts';
import { uncalibrated } from '../../core/evaluation/calibration/uncalibrated.ts';
import { recallAtFalsePositiveRate } from '../../core/evaluation/recall-at-false-positive-rate.ts';
import { scoreClassifier } from '../../core/evaluation/score-classifier.ts';
import type { FittedLearner, Labels } from '../../core/learners/learner.ts';
import { type LearnerType, scoreScale } from '../../core/learners/registry.ts';
import { scoreRows } from '../../core/model/score-rows.ts';
import type { ScoringModel } from '../../core/model/scoring-model.ts';
import type { Rows } from '../../storage/codecs/rows.ts';
import type { Examples } from '../observed-rows.ts';

/**
 * A classifier on the test rows. Lists have one entry per row.
 *
 * Of all classifiers, the published one too, probabilities are those that the learner gives, so that Brier scores and log losses
 * beside each other are of the same kind. What calibration makes of the published ones is told by `describeCalibration`.
 */
export interface Judged {
  readonly labels: Labels;
  readonly predictions: Labels;
  readonly scores: Float64Array;
  /** of the minority, before calibration */
  readonly probabilities: Float64Array;
}

/** The request's learner, its scores taken at their word. */
export function judge(
  learner: FittedLearner,
  { matrix, labels }: Examples,
  { learner: { type } }: ResolvedRequest,
): Judged {
  const scores = learner.scores(matrix);
  return {
    labels,
    scores,
    predictions: learner.predict(matrix),
    probabilities: asGiven(type, scores),
  };
}

/** The published model, with its threshold. */
export function judgePublished(
  model: ScoringModel,
  { table, labels }: Rows,
  { learner: { type } }: ResolvedRequest,
): Judged {
  const { scores, predictions } = scoreRows(model, table, { name: 'test rows' });
  return { labels, scores, predictions, probabilities: asGiven(type, scores) };
}

function asGiven(type: LearnerType, scores: Float64Array): Float64Array {
  return uncalibrated(scoreScale(type)).probabilities(scores);
}

/** @param rate the false-positive rate at which recall is compared; null where that is not defined */
export function scoresOf({ labels, predictions, scores }: Judged, rate: number | null): Scores {
  const recallAtUndersampledFpr = rate === null ? null : recallAtFalsePositiveRate(labels, scores, rate);
  return { ...scoreClassifier({ labels, predictions, scores }), recallAtUndersampledFpr };
}
