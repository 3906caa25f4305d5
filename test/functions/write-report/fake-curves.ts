import type { Report } from '../../../contracts/report.ts';
import {
  f1,
  falsePositiveRate,
  matthewsCorrelation,
  precision,
  recall,
} from '../../../core/evaluation/confusion-scores.ts';
import { METRIC_NAMES, type MetricName } from '../../../core/evaluation/metric-names.ts';
import type { Rng } from '../../../core/random/rng.ts';

type Metrics = Report['test']['results'][number]['metrics'];
type Counts = Report['test']['results'][number]['counts'];
type Benefit = NonNullable<Report['thresholds']['benefit']>;

/** Scores in [0, 1], in falling order by class: a classifier on test rows, as good as `separation` says. */
export interface FakeScores {
  readonly majority: Float64Array;
  readonly minority: Float64Array;
}

export function fakeScores(rng: Rng, rows: { majority: number; minority: number }, separation: number): FakeScores {
  const draw = (count: number, mean: number) =>
    Float64Array.from({ length: count }, () => 1 / (1 + Math.exp(-(mean + 1.4 * rng.nextNormal()))))
      .sort()
      .reverse();
  return { majority: draw(rows.majority, -1 - separation / 2), minority: draw(rows.minority, separation / 2 - 1) };
}

export function countsAt({ majority, minority }: FakeScores, threshold: number): Counts {
  const atLeast = (scores: Float64Array) => scores.reduce((count, score) => count + (score >= threshold ? 1 : 0), 0);
  const truePositives = atLeast(minority);
  const falsePositives = atLeast(majority);
  return {
    truePositives,
    falsePositives,
    trueNegatives: majority.length - falsePositives,
    falseNegatives: minority.length - truePositives,
  };
}

/** Thresholds from high to low: quantiles of all scores. */
export function thresholdGrid({ majority, minority }: FakeScores, points: number): number[] {
  const all = Float64Array.from([...majority, ...minority]).sort();
  const at = (i: number) => all[Math.min(all.length - 1, Math.floor((i * all.length) / (points - 1)))];
  return [...new Set(Array.from({ length: points }, (_, i) => at(points - 1 - i)))];
}

export function fakeMetrics(counts: Counts, spread: number, benefit: Benefit | null = null): Metrics {
  const { truePositives: tp, falsePositives: fp, trueNegatives: tn, falseNegatives: fn } = counts;
  const rows = tp + fp + tn + fn;
  const hit = recall(counts);
  const right = precision(counts);
  const specificity = 1 - (falsePositiveRate(counts) ?? Number.NaN);
  const chance = ((tp + fp) * (tp + fn) + (tn + fn) * (tn + fp)) / rows ** 2;
  const worth = benefit
    ? (tp * benefit.truePositive +
        fp * benefit.falsePositive +
        tn * benefit.trueNegative +
        fn * benefit.falseNegative) /
      rows
    : null;
  const estimates: Record<MetricName, number | null> = {
    mcc: matthewsCorrelation(counts),
    f1: f1(counts),
    'f-beta': (5 * tp) / (5 * tp + 4 * fn + fp),
    recall: hit,
    precision: right,
    specificity,
    'balanced-accuracy': hit === null ? null : (hit + specificity) / 2,
    'g-mean': hit === null ? null : Math.sqrt(hit * specificity),
    kappa: ((tp + tn) / rows - chance) / (1 - chance),
    accuracy: (tp + tn) / rows,
    'pr-auc': right === null ? null : 0.35 + 0.4 * right,
    'roc-auc': hit === null ? null : 0.75 + 0.15 * hit,
    brier: fp / rows / 2 + fn / rows / 2,
    'log-loss': 0.2 + (fp + fn) / rows,
    'expected-value': worth,
  };
  return Object.fromEntries(METRIC_NAMES.map((name) => [name, fakeInterval(estimates[name], spread)])) as Metrics;
}

export function fakeInterval(estimate: number | null, spread: number) {
  if (estimate === null || Number.isNaN(estimate)) return { estimate: null, low: null, high: null };
  return { estimate, low: estimate - spread, high: estimate + spread };
}
