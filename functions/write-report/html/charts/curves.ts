import type { Report } from '../../../../contracts/report.ts';
import { recall } from '../../../../core/evaluation/confusion-scores.ts';
import type { Markup } from '../html.ts';
import { drawChart, type Frame } from './chart.ts';
import { guideLayer, lineLayer, pointLayer, sharePosition } from './layers.ts';
import { seriesStyle } from './series.ts';

type Result = Report['test']['results'][number];
type Point = Readonly<Record<'x' | 'y', number>>;

const FRAME: Frame = { width: 310, height: 260, padding: { left: 46, right: 14, top: 30, bottom: 44 } };

/**
 * Precision by recall, a curve and the chosen point for each model, over the share that guessing would give. In steps: what
 * lies between two points of precision and recall is not on the straight line between them (Davis & Goadrich 2006), and the
 * area below the steps is the PR-AUC that stands in the tables.
 */
export function precisionRecallChart(results: readonly Result[], baseRate: number): Promise<Markup> {
  const curves = results.map(({ precisionRecall }) => fromTheLeft(precisionRecall));
  const points = results.map(({ counts }) => {
    const called = counts.truePositives + counts.falsePositives;
    return called === 0 ? null : { x: recall(counts) ?? 0, y: counts.truePositives / called };
  });
  const guess = [
    { x: 0, y: baseRate },
    { x: 1, y: baseRate },
  ];
  const label = 'Precision by recall on the test rows.';
  return drawCurves(curves, points, guess, ['recall', 'precision'], 'step-before', label);
}

/**
 * From recall 0 on at the precision of the highest scores, which is where the first step goes. Not from precision 1: that is
 * a convention for where no row is called minority, and no model was seen there.
 */
function fromTheLeft(curve: Result['precisionRecall']): Point[] {
  const seen = curve.filter(({ recall, precision }) => recall > 0 || precision < 1);
  const points = seen.map(({ recall, precision }) => ({ x: recall, y: precision }));
  return points.length === 0 ? [] : [{ x: 0, y: points[0].y }, ...points];
}

/** Recall by false-positive rate. */
export function rocChart(results: readonly Result[]): Promise<Markup> {
  const curves = results.map(({ roc }) => roc.map((p) => ({ x: p.falsePositiveRate, y: p.recall })));
  const points = results.map(({ counts }) => {
    const majority = counts.falsePositives + counts.trueNegatives;
    return majority === 0 ? null : { x: counts.falsePositives / majority, y: recall(counts) ?? 0 };
  });
  const guess = [
    { x: 0, y: 0 },
    { x: 1, y: 1 },
  ];
  return drawCurves(curves, points, guess, ['false-positive rate', 'recall'], 'linear', 'ROC curve on the test rows.');
}

function drawCurves(
  curves: readonly (readonly Point[])[],
  points: readonly (Point | null)[],
  guess: readonly Point[],
  [xTitle, yTitle]: readonly [string, string],
  interpolate: 'linear' | 'step-before',
  label: string,
): Promise<Markup> {
  const x = sharePosition('x', xTitle);
  const y = sharePosition('y', yTitle);
  const layers = [
    guideLayer(guess, x, y),
    ...curves.map((values, i) => lineLayer(values, x, y, seriesStyle(i), interpolate)),
    ...points.map((point, i) => pointLayer(point ? [point] : [], x, y, seriesStyle(i))),
  ];
  return drawChart(FRAME, layers, label);
}
