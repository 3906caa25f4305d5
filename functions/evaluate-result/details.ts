import type { Report } from '../../contracts/report.ts';
import type { Workflow } from '../../contracts/workflow.ts';
import { bootstrapIntervals } from '../../core/evaluation/bootstrap.ts';
import { CALIBRATIONS } from '../../core/evaluation/calibration/calibrations.ts';
import { reliability } from '../../core/evaluation/calibration/reliability.ts';
import { countConfusion } from '../../core/evaluation/confusion-counts.ts';
import { precisionRecallCurve, rocCurve } from '../../core/evaluation/curves.ts';
import { createRng } from '../../core/random/rng.ts';
import type { Calibrators } from '../../core/strategies/calibrators.ts';
import { strategyFromId } from '../../core/strategies/strategy.ts';
import { strategyLabel } from '../../core/strategies/strategy-label.ts';
import type { RowOrder } from '../row-order.ts';
import { evaluationSettings } from '../strategies.ts';
import { baselines, publishedAs, type ResultName } from './baselines.ts';
import type { Judged } from './judge.ts';
import { planTestBootstrap } from './test-bootstrap.ts';
import { thinOut } from './thin-out.ts';

/** Points of a curve that can be told apart on a page. */
const MOST_POINTS = 200;

type TestResults = Report['test']['results'];

/**
 * The classifiers on the test rows, as the report shows them: the published one only where it is none of the others.
 *
 * @param order of the test rows
 */
export function describeResults(
  run: Pick<Workflow, 'request' | 'model'>,
  judged: Readonly<Record<ResultName, Judged>>,
  order: RowOrder,
): Omit<Report['test'], 'rows'> {
  const { request } = run;
  const strategies = { ...baselines(request), published: strategyFromId(run.model.strategy) };
  const published = publishedAs(run);
  const names = Object.keys(strategies) as ResultName[];
  const shown = names.filter((name) => name !== 'published' || published === 'published');
  const { beta, benefit } = evaluationSettings(request);
  const bootstrap = planTestBootstrap(judged.published.labels.length, order);
  const { replicates, groups } = bootstrap;
  const options = { beta, replicates, ...(benefit ? { benefit } : {}), ...(groups ? { groups } : {}) };
  const results = shown.map((name) => {
    const { labels, predictions, scores, probabilities } = judged[name];
    const rng = createRng(request.seed, `bootstrap/${name}`);
    return {
      id: name,
      label: strategyLabel(strategies[name]),
      counts: countConfusion({ labels, predictions }),
      metrics: bootstrapIntervals({ labels, predictions, scores, probabilities }, options, rng),
      ...curves(judged[name]),
    };
  });
  return { bootstrap: bootstrap.described, results, published };
}

function curves({ labels, scores }: Judged): Pick<TestResults[number], 'roc' | 'precisionRecall'> {
  return {
    roc: thinOut(rocCurve(labels, scores), MOST_POINTS).map(({ falsePositiveRate, recall }) => ({
      falsePositiveRate,
      recall,
    })),
    precisionRecall: thinOut(precisionRecallCurve(labels, scores), MOST_POINTS).map(({ recall, precision }) => ({
      recall,
      precision,
    })),
  };
}

/** How probabilities hold on the test rows, by way of calibrating. */
export function describeCalibration(
  { labels, scores }: Judged,
  calibrators: Calibrators,
): NonNullable<Report['calibration']>['test'] {
  const ofEach = CALIBRATIONS.map((name) => [name, reliability(labels, calibrators[name].probabilities(scores))]);
  return Object.fromEntries(ofEach);
}
