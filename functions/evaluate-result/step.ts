import { ARTIFACTS } from '../../contracts/layout.ts';
import { STATES } from '../../contracts/states.ts';
import { type Scores, type Untimed, type Workflow, workflowSchema } from '../../contracts/workflow.ts';
import { recallAtFalsePositiveRate } from '../../core/evaluation/recall-at-false-positive-rate.ts';
import { scoreClassifier } from '../../core/evaluation/score-classifier.ts';
import type { FittedLearner } from '../../core/learners/learner.ts';
import type { FeatureEncoder } from '../../core/table/feature-encoder.ts';
import { artifactUri, loadIndices, loadJson, saveJson } from '../artifacts.ts';
import { type Examples, fitLearner, loadExamples, undersampleObserved } from '../observed-rows.ts';
import type { Step } from '../step.ts';

const payload = workflowSchema.pick({
  execution: true,
  request: true,
  prepared: true,
  merged: true,
  undersampled: true,
});
type Payload = Pick<Workflow, 'execution' | 'request' | 'prepared' | 'merged' | 'undersampled'>;

/**
 * The same learner, trained on the observed rows as they are, on the observed rows under-sampled, and on the rebalanced
 * rows; each scored on the test rows, which no step before has touched.
 */
export const step: Step<Payload, Untimed<Workflow['evaluation']>> = {
  state: STATES.evaluateResult,
  payload,
  async run(run, { store }) {
    const { request, prepared } = run;
    const encoder = await loadJson<FeatureEncoder>(store, prepared.encoder);
    const observed = await loadExamples(store, encoder, prepared.train);
    const merged = await loadExamples(store, encoder, run.merged.rows);
    const kept = await loadIndices(store, run.undersampled.kept);
    const test = await loadExamples(store, encoder, prepared.test);

    const fit = (examples: Examples, rows: Int32Array | 'all') =>
      fitLearner(request, examples, rows, STATES.evaluateResult);
    const undersampled = judge(fit(observed, undersampleObserved(observed.labels, request)), test);
    const { falsePositiveRate } = undersampled;
    const evaluation = {
      observed: judge(fit(observed, 'all'), test, falsePositiveRate),
      undersampled,
      rebalanced: judge(fit(merged, kept), test, falsePositiveRate),
    };
    await saveJson(store, artifactUri(run, STATES.evaluateResult, ARTIFACTS.evaluation), evaluation);
    return evaluation;
  },
};

/** @param rate the false-positive rate at which recall is compared; default: the learner's own, where it is its recall */
function judge(learner: FittedLearner, { matrix, labels }: Examples, rate?: number | null): Scores {
  const scores = learner.scores(matrix);
  const counts = scoreClassifier(labels, learner.predict(matrix), scores);
  const recallAtUndersampledFpr = rate === undefined ? counts.recall : recallAtFalsePositiveRate(labels, scores, rate);
  return { ...counts, recallAtUndersampledFpr };
}
