import type { MetricName } from '../../../core/evaluation/metric-names.ts';
import { commonDigits, decimals, type Format, signed } from './format.ts';

/** What each metric says. Its label, its direction and what to beware of stand with its formula. */
export const METRIC_MEANINGS: Readonly<Record<MetricName, string>> = {
  mcc: 'Matthews correlation coefficient: how well calls and truth go together, from −1 through 0 (chance) to 1. High only where both classes are called well.',
  f1: 'Harmonic mean of precision and recall.',
  'f-beta': 'As F1, with recall counted beta times as much as precision.',
  recall: 'Of the minority rows, the share that is found.',
  precision: 'Of the rows called minority, the share that is.',
  specificity: 'Of the majority rows, the share left in peace: 1 − false-positive rate.',
  'balanced-accuracy': 'Mean of recall and specificity; 0.5 is chance.',
  'g-mean': 'Geometric mean of recall and specificity; 0 where one class is never called.',
  kappa: 'Agreement of calls and truth beyond what their frequencies alone would give.',
  accuracy: 'Share of rows called rightly.',
  'pr-auc': 'Area below the precision–recall curve (average precision): the ranking, over all thresholds.',
  'roc-auc': 'Probability that a minority row is ranked above a majority row; 0.5 is chance.',
  brier: 'Mean squared error of the predicted probabilities; lower is better.',
  'log-loss':
    'Mean negative log-likelihood of the predicted probabilities; lower is better, confident errors cost most.',
  'expected-value': 'What a row is worth on average, by the benefit table of the request.',
};

interface Interval {
  readonly estimate: number | null;
}

/** Metrics lie between -1 and 1 and are shown to a thousandth; expected values can be of any size. */
export function metricFormat(metric: MetricName, intervals: readonly Interval[]): Format {
  return decimals(metricDigits(metric, intervals));
}

export function differenceFormat(metric: MetricName, intervals: readonly Interval[]): Format {
  return signed(metricDigits(metric, intervals));
}

function metricDigits(metric: MetricName, intervals: readonly Interval[]): number {
  return metric === 'expected-value' ? commonDigits(intervals.map(({ estimate }) => estimate)) : 3;
}
