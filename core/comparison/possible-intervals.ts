import type { Interval } from '../evaluation/interval.ts';
import { METRIC_NAMES, type MetricName } from '../evaluation/metric-names.ts';
import { differenceRange, metricRange, type Range, SHARE } from '../evaluation/metric-ranges.ts';
import type { BenefitTable } from '../evaluation/metrics.ts';
import type { StrategyComparison } from './comparison.ts';
import { hasIntervals } from './protocol.ts';

type Intervals = Readonly<Record<MetricName, Interval>>;

/**
 * A comparison whose intervals hold possible values alone, as they are shown and as verdicts are given on them: cut off where a
 * metric ends, and left out where there are too few values to have any (`hasIntervals`).
 *
 * Student's t knows of no range: with few folds it gives recalls from -4.6 to 5.5. Cutting off takes no true value out of an
 * interval, and changes nothing about significance. Every estimate is possible, so that an interval of differences holds zero
 * before and after or neither, and of two intervals one lies above the other before and after or neither.
 *
 * @param benefit what bounds the expected value
 */
export function possibleIntervals<Comparison extends StrategyComparison>(
  comparison: Comparison,
  benefit?: BenefitTable,
): Comparison {
  const isKnown = hasIntervals(comparison.protocol);
  const possible = (interval: Interval, { least, greatest }: Range): Interval => {
    const { estimate, low, high } = interval;
    if (low === null || high === null) return interval;
    if (!isKnown) return { estimate, low: null, high: null };
    return { estimate, low: Math.max(low, least), high: Math.min(high, greatest) };
  };
  const ofEach = (intervals: Intervals, rangeOf: (name: MetricName) => Range) =>
    Object.fromEntries(METRIC_NAMES.map((name) => [name, possible(intervals[name], rangeOf(name))])) as Record<
      MetricName,
      Interval
    >;
  const strategies = comparison.strategies.map((result) => ({
    ...result,
    metrics: ofEach(result.metrics, (name) => metricRange(name, benefit)),
    differences: ofEach(result.differences, (name) => differenceRange(metricRange(name, benefit))),
    behindBest: possible(result.behindBest, differenceRange(metricRange(comparison.metric, benefit))),
    recallAtMatchedFpr: possible(result.recallAtMatchedFpr, SHARE),
  }));
  return { ...comparison, strategies };
}
