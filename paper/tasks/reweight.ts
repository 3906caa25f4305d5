import type { Scores } from '../../contracts/workflow.ts';
import { thresholdForRecall } from '../../core/evaluation/thresholds.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import type { LearnerSettings } from '../contenders.ts';
import { judge, judgeAt } from '../judge.ts';
import { asking, fitBalanced, fitObserved, fitUndersampled, loadMaterial } from '../material.ts';
import type { PreparedRun } from '../protocol.ts';

/** The rows of experiment 2 in which no row is added or dropped. */
export interface Reweighted {
  readonly observed: Scores;
  readonly classWeights: Scores;
  readonly thresholdMoved: Scores;
  readonly threshold: number;
}

/**
 * Experiment 2: the same learner on all observed rows, as they are, with class weights, and with its threshold moved.
 *
 * The threshold is where the learner reaches `recall` on the folds of the training rows: on each it is fitted to the other
 * folds, and the scores of all folds are put together. Then it is fitted to all training rows, and judged at that threshold.
 *
 * @param recall that of the proposed method on the same folds
 */
export async function reweight(
  run: PreparedRun,
  folds: readonly PreparedRun[],
  learner: LearnerSettings,
  recall: number,
  store: DatasetStore,
): Promise<Reweighted> {
  const threshold = await chooseThreshold(folds, learner, recall, store);
  const weighing = asking(run, { learner });
  const material = await loadMaterial(run, store);
  const { falsePositiveRate } = judge(fitUndersampled(weighing, material), material.judged);
  const observed = fitObserved(weighing, material);
  return {
    observed: judge(observed, material.judged, falsePositiveRate),
    classWeights: judge(fitBalanced(weighing, material), material.judged, falsePositiveRate),
    thresholdMoved: judgeAt(threshold, observed, material.judged, falsePositiveRate),
    threshold,
  };
}

/** @param folds runs whose rows to judge by are validation rows */
export async function chooseThreshold(
  folds: readonly PreparedRun[],
  learner: LearnerSettings,
  recall: number,
  store: DatasetStore,
): Promise<number> {
  const labels: number[] = [];
  const scores: number[] = [];
  for (const fold of folds) {
    const material = await loadMaterial(fold, store);
    labels.push(...material.judged.labels);
    scores.push(...fitObserved(asking(fold, { learner }), material).scores(material.judged.matrix));
  }
  return thresholdForRecall(Uint8Array.from(labels), Float64Array.from(scores), recall);
}
