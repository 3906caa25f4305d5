import { countConfusion } from '../evaluation/confusion-counts.ts';
import { falsePositiveRate } from '../evaluation/confusion-scores.ts';
import { METRIC_NAMES, type MetricName } from '../evaluation/metric-names.ts';
import { evaluateMetrics, type MetricOptions } from '../evaluation/metrics.ts';
import { recallAtFalsePositiveRate } from '../evaluation/recall-at-false-positive-rate.ts';
import type { FoldOutcome } from '../strategies/evaluate-fold.ts';

export type FoldMetrics = Readonly<Record<MetricName, number | null>>;

/** What has no value where every row is called the same, though rows of both classes are held out. */
const ZERO_WITHOUT_CALLS: ReadonlySet<MetricName> = new Set(['mcc', 'precision']);

/**
 * The metrics on one fold; null where one is not defined for the fold's rows, as all are that need both classes.
 *
 * Where rows of both classes are held out and a strategy calls all of them the same, the Matthews correlation and precision
 * count as 0, as in scikit-learn: were such folds left out, a strategy that hardly ever calls a row minority would be judged by
 * its lucky folds alone.
 */
export function foldMetrics(outcome: FoldOutcome, options: MetricOptions): FoldMetrics {
  const { labels, probabilities } = outcome;
  const found = evaluateMetrics({ ...outcome, probabilities: probabilities.none }, options);
  const hasBoth = labels.includes(0) && labels.includes(1);
  const values = METRIC_NAMES.map((name) => [
    name,
    found[name] ?? (hasBoth && ZERO_WITHOUT_CALLS.has(name) ? 0 : null),
  ]);
  return Object.fromEntries(values) as FoldMetrics;
}

/** Recall on a fold where the threshold is moved to the false-positive rate of another strategy on the same fold. */
export function recallMatching(outcome: FoldOutcome, reference: FoldOutcome): number | null {
  const rate = falsePositiveRate(countConfusion(reference));
  return recallAtFalsePositiveRate(outcome.labels, outcome.scores, rate);
}
