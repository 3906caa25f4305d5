import { InvalidArgumentError } from '../errors.ts';
import { averagePrecisionOf } from './average-precision.ts';
import { type ConfusionCounts, countConfusion } from './confusion-counts.ts';
import {
  accuracy,
  type BenefitTable,
  balancedAccuracy,
  cohensKappa,
  expectedValue,
  f1,
  fBeta,
  geometricMean,
  matthewsCorrelation,
  precision,
  recall,
  specificity,
} from './confusion-scores.ts';
import type { JudgedRows } from './judged-rows.ts';
import type { MetricName } from './metric-names.ts';
import { type OperatingPoints, operatingPoints } from './operating-points.ts';
import { brierScore, logarithmicLoss } from './probability-scores.ts';
import { rocAucOf } from './roc-auc.ts';

export type { BenefitTable } from './confusion-scores.ts';

export interface MetricOptions {
  /** of f-beta: how many times as much recall counts as precision; positive and finite */
  readonly beta: number;
  /** of expected-value, which is null without it */
  readonly benefit?: BenefitTable;
}

/** What people need to know of a metric. */
export interface MetricDescription {
  readonly label: string;
  readonly higherIsBetter: boolean;
  /** what to beware of */
  readonly note?: string;
  /** true where it is taken from scores or probabilities, and needs no threshold: it is the same at all of them */
  readonly ranking?: boolean;
}

export const METRICS: Readonly<Record<MetricName, MetricDescription>> = {
  mcc: { label: 'MCC', higherIsBetter: true },
  f1: { label: 'F1', higherIsBetter: true },
  'f-beta': { label: 'F-beta', higherIsBetter: true },
  recall: { label: 'Recall', higherIsBetter: true, note: 'Calling every row minority scores 1.' },
  precision: { label: 'Precision', higherIsBetter: true, note: 'Says nothing of the minority rows that are missed.' },
  specificity: { label: 'Specificity', higherIsBetter: true, note: 'Calling every row majority scores 1.' },
  'balanced-accuracy': { label: 'Balanced accuracy', higherIsBetter: true },
  'g-mean': { label: 'G-mean', higherIsBetter: true },
  kappa: { label: "Cohen's kappa", higherIsBetter: true },
  accuracy: {
    label: 'Accuracy',
    higherIsBetter: true,
    note: 'Misleads on imbalanced rows: calling every row majority scores the share of the majority.',
  },
  'pr-auc': { label: 'PR-AUC', higherIsBetter: true, ranking: true, note: 'Chance is the share of the minority.' },
  'roc-auc': {
    label: 'ROC-AUC',
    higherIsBetter: true,
    ranking: true,
    note: 'Looks better than it is where the minority is rare: false positives are counted against the many majority rows.',
  },
  brier: { label: 'Brier score', higherIsBetter: false, ranking: true },
  'log-loss': { label: 'Log loss', higherIsBetter: false, ranking: true },
  'expected-value': { label: 'Expected value per row', higherIsBetter: true },
};

/** The metrics that a threshold moves. */
export type ConfusionMetricName = Exclude<MetricName, 'pr-auc' | 'roc-auc' | 'brier' | 'log-loss'>;

export const CONFUSION_METRICS: Readonly<
  Record<ConfusionMetricName, (counts: ConfusionCounts, options: MetricOptions) => number | null>
> = {
  mcc: matthewsCorrelation,
  f1,
  'f-beta': (counts, { beta }) => fBeta(counts, beta),
  recall,
  precision,
  specificity,
  'balanced-accuracy': balancedAccuracy,
  'g-mean': geometricMean,
  kappa: cohensKappa,
  accuracy,
  'expected-value': (counts, { benefit }) => (benefit === undefined ? null : expectedValue(counts, benefit)),
};

/**
 * All metrics of a classifier on rows that it has not seen, as a plain object in the order of `METRIC_NAMES`. Null
 * where one is not defined (its own function says when).
 *
 * @throws InvalidArgumentError (lengths differ, labels or predictions other than 0 and 1, no probabilities, beta, a
 * benefit that is not finite), NonFiniteValueError (scores, naming the row)
 */
export function evaluateMetrics(
  { labels, predictions, scores, probabilities }: JudgedRows,
  options: MetricOptions,
): Record<MetricName, number | null> {
  requireMetricOptions(options);
  return metricsOf(
    {
      counts: countConfusion({ labels, predictions }),
      points: operatingPoints(labels, scores),
      brier: brierScore(labels, probabilities),
      logLoss: logarithmicLoss(labels, probabilities),
    },
    options,
  );
}

/** What all metrics are made from. */
export interface Evidence {
  readonly counts: ConfusionCounts;
  readonly points: OperatingPoints;
  readonly brier: number | null;
  readonly logLoss: number | null;
}

export function metricsOf(evidence: Evidence, options: MetricOptions): Record<MetricName, number | null> {
  const { counts, points, brier, logLoss } = evidence;
  const of = (name: ConfusionMetricName) => CONFUSION_METRICS[name](counts, options);
  return {
    mcc: of('mcc'),
    f1: of('f1'),
    'f-beta': of('f-beta'),
    recall: of('recall'),
    precision: of('precision'),
    specificity: of('specificity'),
    'balanced-accuracy': of('balanced-accuracy'),
    'g-mean': of('g-mean'),
    kappa: of('kappa'),
    accuracy: of('accuracy'),
    'pr-auc': averagePrecisionOf(points),
    'roc-auc': rocAucOf(points),
    brier,
    'log-loss': logLoss,
    'expected-value': of('expected-value'),
  };
}

/** @throws InvalidArgumentError (beta, a benefit that is not finite) */
export function requireMetricOptions({ beta, benefit }: MetricOptions): void {
  if (!(beta > 0 && Number.isFinite(beta))) {
    throw new InvalidArgumentError(`beta: found ${beta}, needed a positive finite number`);
  }
  for (const [outcome, value] of Object.entries(benefit ?? {})) {
    if (!Number.isFinite(value)) {
      throw new InvalidArgumentError(`benefit, ${outcome}: found ${value}, needed a finite number`);
    }
  }
}
