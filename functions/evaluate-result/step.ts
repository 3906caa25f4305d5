import { ARTIFACTS } from '../../contracts/layout.ts';
import type { Report } from '../../contracts/report.ts';
import { STATES } from '../../contracts/states.ts';
import { type Untimed, type Workflow, workflowSchema } from '../../contracts/workflow.ts';
import { scoreScale } from '../../core/learners/registry.ts';
import { scoringModelFromJSON } from '../../core/model/model-json.ts';
import { createRng } from '../../core/random/rng.ts';
import type { FeatureEncoder } from '../../core/table/feature-encoder.ts';
import { takeRows } from '../../core/table/table.ts';
import { artifactUri, loadJson, loadRows, saveJson } from '../artifacts.ts';
import { loadCalibrators } from '../calibrators.ts';
import { undersampleObserved } from '../observed-rows.ts';
import { loadTestOrder } from '../row-order.ts';
import type { Step } from '../step.ts';
import { benefitOf } from '../strategies.ts';
import { judgeBaselines } from './baselines.ts';
import { describeCalibration, describeResults } from './details.ts';
import { describeDomain } from './domain-shares.ts';
import { judgePublished, scoresOf } from './judge.ts';
import { describeThresholds } from './threshold-points.ts';

const payload = workflowSchema.pick({
  execution: true,
  request: true,
  prepared: true,
  merged: true,
  undersampled: true,
  model: true,
});
type Payload = Pick<Workflow, 'execution' | 'request' | 'prepared' | 'merged' | 'undersampled' | 'model'>;

/** What the report says of the test rows. */
export type EvaluationDetails = Pick<Report, 'test' | 'thresholds' | 'calibration' | 'domain'>;

/**
 * The model that is published, and the same learner trained on the observed rows as they are, on the observed rows under-sampled,
 * and on the rebalanced rows; each scored on the test rows, which no step before has touched.
 */
export const step: Step<Payload, Untimed<Workflow['evaluation']>> = {
  state: STATES.evaluateResult,
  payload,
  async run(run, { store }) {
    const { request, prepared } = run;
    const encoder = await loadJson<FeatureEncoder>(store, prepared.encoder);
    const train = await loadRows(store, prepared.train);
    const test = await loadRows(store, prepared.test);
    const model = scoringModelFromJSON(await loadJson(store, run.model.scoring), run.model.scoring);
    const undersampled = undersampleObserved(train.labels, request);

    const published = judgePublished(model, test, request);
    const judged = {
      ...(await judgeBaselines(run, store, { encoder, train, test, undersampled }, published)),
      published,
    };
    const details: EvaluationDetails = {
      test: { rows: prepared.counts.test, ...describeResults(run, judged, await loadTestOrder(store, prepared.order)) },
      thresholds: {
        ...describeThresholds(model, scoreScale(request.learner.type), judged.published),
        benefit: benefitOf(request) ?? null,
      },
      calibration: run.model.calibrators
        ? {
            used: model.calibration,
            test: describeCalibration(judged.published, await loadCalibrators(store, run.model.calibrators)),
          }
        : null,
      domain: {
        coverage: request.domain.coverage,
        ...describeDomain(
          model.domain,
          {
            undersampled: takeRows(train.table, undersampled),
            published: await loadRows(store, run.model.rows),
            test: test.table,
          },
          createRng(request.seed, 'domain/refit'),
        ),
      },
    };
    const plain = scoresOf(judged.undersampled, null);
    const rate = plain.falsePositiveRate;
    return {
      observed: scoresOf(judged.observed, rate),
      undersampled: { ...plain, recallAtUndersampledFpr: plain.recall },
      rebalanced: scoresOf(judged.rebalanced, rate),
      published: scoresOf(judged.published, rate),
      details: await saveJson(store, artifactUri(run, STATES.evaluateResult, ARTIFACTS.evaluation), details),
    };
  },
};
