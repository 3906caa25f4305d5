import type { Comparison } from '../../contracts/comparison.ts';
import { ARTIFACTS } from '../../contracts/layout.ts';
import type { Report } from '../../contracts/report.ts';
import { STATES } from '../../contracts/states.ts';
import { VERSION } from '../../contracts/version.ts';
import { type Untimed, type Workflow, workflowSchema } from '../../contracts/workflow.ts';
import { nameOfGoal } from '../../core/comparison/about-goal.ts';
import { possibleIntervals } from '../../core/comparison/possible-intervals.ts';
import {
  judgeComparison,
  judgeTooFewToCompare,
  judgeWithoutComparison,
  type Verdict,
} from '../../core/comparison/verdict.ts';
import { strategyId } from '../../core/strategies/strategy.ts';
import type { FeatureEncoder } from '../../core/table/feature-encoder.ts';
import { rowsOfClass } from '../../core/table/split.ts';
import { takeRows } from '../../core/table/table.ts';
import { artifactUri, loadJson, loadRows, saveArtifact, saveJson } from '../artifacts.ts';
import type { EvaluationDetails } from '../evaluate-result/step.ts';
import { columnTreatments, type DatasetProfile } from '../prepare-dataset/columns.ts';
import type { Step } from '../step.ts';
import { askedGoal, askedStrategy, benefitOf, comparedStrategies } from '../strategies.ts';
import { reproducingCommand } from './command.ts';
import { describeFlow } from './flow.ts';
import { renderReport } from './html/render-report.ts';
import { describeProjection } from './projection.ts';
import { describeSyntheticRows } from './synthetic-rows.ts';

const payload = workflowSchema.omit({ report: true, published: true });
export type Payload = Omit<Workflow, 'report' | 'published'>;

/** What it all means: `report.json` for programs, and the same as a page for people. */
export const step: Step<Payload, Untimed<Workflow['report']>> = {
  state: STATES.writeReport,
  payload,
  async run(run, { store }) {
    const { request, prepared, model, execution } = run;
    const comparison = model.comparison
      ? possibleIntervals(await loadJson<Comparison>(store, model.comparison), benefitOf(request))
      : null;
    const profile = await loadJson<DatasetProfile>(store, prepared.profile);
    const encoder = await loadJson<FeatureEncoder>(store, prepared.encoder);
    const details = await loadJson<EvaluationDetails>(store, run.evaluation.details);
    const train = await loadRows(store, prepared.train);
    const test = await loadRows(store, prepared.test);
    const published = await loadRows(store, model.rows);
    const observed = takeRows(train.table, rowsOfClass(train.labels, 1));
    const heldOut = takeRows(test.table, rowsOfClass(test.labels, 1));
    const synthetic = describeSyntheticRows(run, { observed, heldOut, published }, encoder);
    const report: Report = {
      version: 1,
      execution: execution.id,
      counterpoise: VERSION,
      dataset: { uri: request.dataset.uri, ...prepared.input },
      target: prepared.target,
      request,
      command: reproducingCommand(request),
      columns: columnTreatments(profile),
      verdict: judge(run, comparison, details),
      flow: describeFlow(run),
      comparison,
      ...details,
      ...synthetic,
      projection: describeProjection(run, train, published, encoder),
    };
    const at = (file: string) => artifactUri(run, STATES.writeReport, file);
    const html = new TextEncoder().encode(await renderReport(report));
    const page = await saveArtifact(store, at(ARTIFACTS.reportPage), html);
    return { json: await saveJson(store, at(ARTIFACTS.report), report), page, verdict: report.verdict.headline };
  },
};

function judge(
  { request, prepared, model }: Payload,
  comparison: Comparison | null,
  details: EvaluationDetails,
): Verdict {
  if (comparison === null) {
    return comparedStrategies(request, prepared.counts.train).length === 0
      ? judgeWithoutComparison()
      : judgeTooFewToCompare();
  }
  const asked = askedStrategy(request);
  const verdict = judgeComparison(comparison, asked && strategyId(asked));
  const goal = askedGoal(request);
  const { threshold } = details.thresholds.byRule.find(({ rule }) => rule === request.evaluation.threshold.rule) ?? {};
  if (model.strategy !== 'threshold' || !goal || threshold !== null) return verdict;
  const unmoved = `No threshold has ${nameOfGoal(goal)} on the validation folds: the published model calls rows as its learner does.`;
  return { ...verdict, reasons: [unmoved, ...verdict.reasons] };
}
