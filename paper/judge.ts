import type { Scores } from '../contracts/workflow.ts';
import { recallAtFalsePositiveRate } from '../core/evaluation/recall-at-false-positive-rate.ts';
import { scoreClassifier } from '../core/evaluation/score-classifier.ts';
import type { FittedLearner, Labels } from '../core/learners/learner.ts';
import type { Examples } from '../functions/observed-rows.ts';

/**
 * How a learner does on rows that it has not seen, as EvaluateResult judges it.
 *
 * @param rate the false-positive rate at which recall is compared; default: the learner's own, where it is its recall
 */
export function judge(learner: FittedLearner, { matrix, labels }: Examples, rate?: number | null): Scores {
  return judgePredictions(labels, learner.predict(matrix), learner.scores(matrix), rate);
}

/** As `judge`, with rows called minority that score at least the threshold. */
export function judgeAt(
  threshold: number,
  learner: FittedLearner,
  { matrix, labels }: Examples,
  rate: number | null,
): Scores {
  const scores = learner.scores(matrix);
  const predictions = Uint8Array.from(scores, (score) => Number(score >= threshold));
  return judgePredictions(labels, predictions, scores, rate);
}

function judgePredictions(
  labels: Labels,
  predictions: Labels,
  scores: Float64Array,
  rate: number | null | undefined,
): Scores {
  const classified = scoreClassifier({ labels, predictions, scores });
  return {
    ...classified,
    recallAtUndersampledFpr: rate === undefined ? classified.recall : recallAtFalsePositiveRate(labels, scores, rate),
  };
}
