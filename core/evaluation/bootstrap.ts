import { InvalidArgumentError } from '../errors.ts';
import type { Rng } from '../random/rng.ts';
import { requireOnePerLabel, requireShare } from './arguments.ts';
import { createSampler } from './bootstrap-samples.ts';
import { bootstrapReplicates } from './bootstrap-size.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import type { JudgedRows } from './judged-rows.ts';
import { METRIC_NAMES, type MetricName } from './metric-names.ts';
import { evaluateMetrics, type MetricOptions, metricsOf } from './metrics.ts';

export interface BootstrapOptions extends MetricOptions {
  /** samples drawn @default `bootstrapReplicates` */
  readonly replicates?: number;
  /** share of intervals that hold the true value, between 0 and 1 @default 0.95 */
  readonly level?: number;
  /** of every row: its group, any whole number. Rows of one group are drawn together. @default each row by itself */
  readonly groups?: Int32Array;
}

/**
 * All metrics with bootstrap percentile intervals (Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 13):
 * rows are drawn with replacement, as many of each class as there are, so that the share of the minority stays what it
 * is. Quantiles are interpolated as numpy's default does. The intervals say how much the rows at hand may differ from
 * others like them; they say nothing of what another training set would have changed.
 *
 * Rows of one site, customer or week are alike, and intervals that take them for independent are far too narrow. Where rows
 * have groups, whole groups are drawn, as many as there are (Davison & Hinkley 1997, Bootstrap Methods and their Application,
 * 3.8; Field & Welsh 2007, Bootstrapping clustered data). The classes then come in whatever numbers the groups hold them. A
 * single group says nothing of others: there is no interval.
 *
 * A replicate in which a metric is not defined (precision, where no row called minority is drawn) is left out of that
 * metric's interval. Nothing is defined where the estimate is not. Takes time in proportion to replicates times rows.
 *
 * @param rng the only source of chance
 * @throws InvalidArgumentError, NonFiniteValueError as `evaluateMetrics`; InvalidArgumentError (replicates, level, groups)
 */
export function bootstrapIntervals(
  rows: JudgedRows,
  options: BootstrapOptions,
  rng: Rng,
): Record<MetricName, Interval> {
  const { replicates = bootstrapReplicates(rows.labels.length), level = DEFAULT_LEVEL, groups } = options;
  if (!(Number.isInteger(replicates) && replicates >= 1)) {
    throw new InvalidArgumentError(`replicates: found ${replicates}, needed a whole number from 1`);
  }
  requireShare('level', level);
  if (groups !== undefined) requireOnePerLabel('groups', groups, rows.labels);
  const estimates = evaluateMetrics(rows, options);
  if (groups !== undefined && new Set(groups).size === 1) return withoutIntervals(estimates);
  const sampler = createSampler(rows, groups);
  const drawn = new Map(METRIC_NAMES.map((name) => [name, new Float64Array(replicates)]));
  const defined = new Map(METRIC_NAMES.map((name) => [name, 0]));
  for (let replicate = 0; replicate < replicates; replicate++) {
    const metrics = metricsOf(sampler(rng), options);
    for (const name of METRIC_NAMES) {
      const value = metrics[name];
      if (value === null) continue;
      const count = defined.get(name)!;
      drawn.get(name)![count] = value;
      defined.set(name, count + 1);
    }
  }
  const intervals = METRIC_NAMES.map((name): [MetricName, Interval] => {
    const values = drawn.get(name)!.subarray(0, defined.get(name)!).sort();
    const [low, high] = [quantile(values, (1 - level) / 2), quantile(values, (1 + level) / 2)];
    return [name, { estimate: estimates[name], low, high }];
  });
  return Object.fromEntries(intervals) as Record<MetricName, Interval>;
}

function withoutIntervals(estimates: Record<MetricName, number | null>): Record<MetricName, Interval> {
  const intervals = METRIC_NAMES.map((name) => [name, { estimate: estimates[name], low: null, high: null }]);
  return Object.fromEntries(intervals) as Record<MetricName, Interval>;
}

/**
 * Linear between the two neighbouring values (Hyndman & Fan 1996, Sample quantiles, definition 7). @param sorted
 * ascending
 */
function quantile(sorted: Float64Array, share: number): number | null {
  if (sorted.length === 0) return null;
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}
