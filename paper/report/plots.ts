import type { TopLevelSpec } from 'vega-lite';
import { type LearnerSummary, METHODS, type Metric, type SummaryRow } from '../summary.ts';
import { learnerTitle } from './tables.ts';

/** Colours that people with any colour vision can tell apart (Okabe & Ito 2008, Color Universal Design). */
const COLOURS = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#000000', '#999999', '#F0E442'];

const CONFIG: NonNullable<TopLevelSpec['config']> = {
  background: 'white',
  font: 'Helvetica, Arial, sans-serif',
  view: { stroke: '#ccc' },
  axis: { grid: true, gridColor: '#eee', labelFontSize: 11, titleFontSize: 12, titleFontWeight: 'normal' },
  legend: { labelFontSize: 12, labelLimit: 400, orient: 'bottom', columns: 4, title: null, symbolOpacity: 1 },
  header: { labelFontSize: 13, labelFontWeight: 'bold', title: null },
};
const PANEL = { width: 280, height: 220 };
const COLUMNS = 3;

interface Interval {
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Experiment 1: TP by tenths added, one panel per learner, a curve with its standard deviation per generator. */
export function mixingPlot(learners: readonly LearnerSummary[]): TopLevelSpec {
  const values = learners.flatMap(({ learner, mixing }) =>
    mixing.flatMap(({ generator, points }) =>
      points.map((point) => ({
        learner: learnerTitle(learner),
        generator,
        tenths: point.tenths,
        ...interval(point, 'scaledTruePositives'),
      })),
    ),
  );
  const generators = [...new Set(values.map(({ generator }) => generator))];
  const x = { field: 'tenths', type: 'quantitative', title: 'generated rows, tenths of the minority' } as const;
  const colour = { field: 'generator', type: 'nominal', scale: scaleOf(generators) } as const;
  const y = { type: 'quantitative', title: 'true positives of 1,488', scale: { zero: false } } as const;
  return {
    ...facets(values),
    spec: {
      ...PANEL,
      layer: [
        {
          mark: { type: 'area', opacity: 0.15 },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color: colour },
        },
        { mark: { type: 'line', point: { size: 20 } }, encoding: { x, y: { ...y, field: 'mean' }, color: colour } },
      ],
    },
  };
}

/**
 * Experiment 2: recall by false-positive rate, one panel per learner, a point with its standard deviations per method. The
 * learner on the observed rows as they are is left to the table: it finds so few minority rows that the others would be one dot.
 */
export function comparisonPlot(learners: readonly LearnerSummary[]): TopLevelSpec {
  const values = learners.flatMap(({ learner, comparison }) =>
    comparison
      .filter(({ method }) => method !== METHODS.observed)
      .map((row) => {
        const recall = interval(row, 'recall');
        const rate = interval(row, 'falsePositiveRate');
        return {
          learner: learnerTitle(learner),
          method: row.method,
          recall: recall.mean,
          recallLow: recall.low,
          recallHigh: recall.high,
          rate: rate.mean,
          rateLow: rate.low,
          rateHigh: rate.high,
        };
      }),
  );
  const methods = [...new Set(values.map(({ method }) => method))];
  const axis = { type: 'quantitative', scale: { zero: false } } as const;
  const x = { ...axis, field: 'rate', title: 'false-positive rate' } as const;
  const y = { ...axis, field: 'recall', title: 'recall' } as const;
  const colour = { field: 'method', type: 'nominal', scale: scaleOf(methods) } as const;
  const shape = { field: 'method', type: 'nominal', scale: { domain: methods } } as const;
  return {
    ...facets(values),
    spec: {
      ...PANEL,
      layer: [
        {
          mark: { type: 'rule', opacity: 0.5 },
          encoding: { x: { ...x, field: 'rateLow' }, x2: { field: 'rateHigh' }, y, color: colour },
        },
        {
          mark: { type: 'rule', opacity: 0.5 },
          encoding: { y: { ...y, field: 'recallLow' }, y2: { field: 'recallHigh' }, x, color: colour },
        },
        { mark: { type: 'point', filled: true, size: 70, opacity: 1 }, encoding: { x, y, color: colour, shape } },
      ],
    },
  };
}

/** A panel per learner, in the order of the values, each with axes of its own. */
function facets(values: readonly { readonly learner: string }[]) {
  const learners = [...new Set(values.map(({ learner }) => learner))];
  return {
    data: { values: [...values] },
    config: CONFIG,
    columns: COLUMNS,
    facet: { field: 'learner', type: 'nominal' as const, sort: learners, title: null },
    resolve: { scale: { y: 'independent' as const, x: 'independent' as const } },
  };
}

function scaleOf(names: readonly string[]) {
  return { domain: [...names], range: names.map((_, i) => COLOURS[i % COLOURS.length]) };
}

/** A mean with a standard deviation to both sides; of one seed, no more than the mean. */
function interval({ metrics }: SummaryRow, metric: Metric): Interval {
  const { mean, deviation } = metrics[metric];
  if (mean === null) return { mean, low: null, high: null };
  return { mean, low: mean - (deviation ?? 0), high: mean + (deviation ?? 0) };
}
