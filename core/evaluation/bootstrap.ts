import { InvalidArgumentError } from '../errors.ts';
import { countClasses } from '../learners/class-counts.ts';
import type { Rng } from '../random/rng.ts';
import { requireShare } from './arguments.ts';
import { DEFAULT_LEVEL, type Interval } from './interval.ts';
import type { JudgedRows } from './judged-rows.ts';
import { METRIC_NAMES, type MetricName } from './metric-names.ts';
import { type Evidence, evaluateMetrics, type MetricOptions, metricsOf } from './metrics.ts';
import { operatingPoints } from './operating-points.ts';
import { logarithmicLosses, squaredErrors } from './probability-scores.ts';

export interface BootstrapOptions extends MetricOptions {
  /** samples drawn @default 1000 */
  readonly replicates?: number;
  /** share of intervals that hold the true value, between 0 and 1 @default 0.95 */
  readonly level?: number;
}

const DEFAULT_REPLICATES = 1000;

/**
 * All metrics with bootstrap percentile intervals (Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 13):
 * rows are drawn with replacement, as many of each class as there are, so that the share of the minority stays what it
 * is. Quantiles are interpolated as numpy's default does. The intervals say how much the rows at hand may differ from
 * others like them; they say nothing of what another training set would have changed.
 *
 * A replicate in which a metric is not defined (precision, where no row called minority is drawn) is left out of that
 * metric's interval. Nothing is defined where the estimate is not. Takes time in proportion to replicates times rows.
 *
 * @param rng the only source of chance
 * @throws InvalidArgumentError, NonFiniteValueError as `evaluateMetrics`; InvalidArgumentError (replicates, level)
 */
export function bootstrapIntervals(
  rows: JudgedRows,
  options: BootstrapOptions,
  rng: Rng,
): Record<MetricName, Interval> {
  const { replicates = DEFAULT_REPLICATES, level = DEFAULT_LEVEL } = options;
  if (!(Number.isInteger(replicates) && replicates >= 1)) {
    throw new InvalidArgumentError(`replicates: found ${replicates}, needed a whole number from 1`);
  }
  requireShare('level', level);
  const estimates = evaluateMetrics(rows, options);
  const sampler = createSampler(rows);
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

/** The rows of one class, and what each adds to the evidence. */
interface ClassRows {
  /** index of the row's score among the distinct ones, from the highest down */
  readonly point: Int32Array;
  readonly prediction: Uint8Array;
  readonly squaredError: Float64Array;
  readonly logLoss: Float64Array;
}

/**
 * Draws samples of the rows. Scores are sorted once: a sample is a count of rows per distinct score and class. The
 * evidence is overwritten by the next sample.
 */
function createSampler({ labels, predictions, scores, probabilities }: JudgedRows): (rng: Rng) => Evidence {
  const { scores: distinct } = operatingPoints(labels, scores);
  const { majority, minority } = countClasses(labels);
  const all = {
    point: pointOfEach(scores, distinct),
    prediction: predictions,
    squaredError: squaredErrors(labels, probabilities),
    logLoss: logarithmicLosses(labels, probabilities),
  };
  const classes = [0, 1].map((label): ClassRows => {
    const has = (_: number, row: number) => labels[row] === label;
    return {
      point: all.point.filter(has),
      prediction: all.prediction.filter(has),
      squaredError: all.squaredError.filter(has),
      logLoss: all.logLoss.filter(has),
    };
  });
  const falsePositives = new Float64Array(distinct.length);
  const truePositives = new Float64Array(distinct.length);
  const points = { scores: distinct, truePositives, falsePositives, minority, majority };
  return (rng) => {
    const ofMajority = drawClass(classes[0], falsePositives, rng);
    const ofMinority = drawClass(classes[1], truePositives, rng);
    const rows = labels.length;
    return {
      counts: {
        truePositives: ofMinority.called,
        falsePositives: ofMajority.called,
        trueNegatives: majority - ofMajority.called,
        falseNegatives: minority - ofMinority.called,
      },
      points,
      brier: rows === 0 ? null : (ofMajority.squaredError + ofMinority.squaredError) / rows,
      logLoss: rows === 0 ? null : (ofMajority.logLoss + ofMinority.logLoss) / rows,
    };
  };
}

/** Draws as many rows as there are, and writes how many of them score at least as high, point by point. */
function drawClass({ point, prediction, squaredError, logLoss }: ClassRows, atLeast: Float64Array, rng: Rng) {
  const sums = { called: 0, squaredError: 0, logLoss: 0 };
  atLeast.fill(0);
  for (let draw = 0; draw < point.length; draw++) {
    const row = rng.nextInt(point.length);
    atLeast[point[row]]++;
    sums.called += prediction[row];
    sums.squaredError += squaredError[row];
    sums.logLoss += logLoss[row];
  }
  for (let n = 1; n < atLeast.length; n++) atLeast[n] += atLeast[n - 1];
  return sums;
}

/** @param distinct the distinct scores, from the highest down */
function pointOfEach(scores: Float64Array, distinct: Float64Array): Int32Array {
  const index = new Map<number, number>();
  for (let n = 0; n < distinct.length; n++) index.set(distinct[n], n);
  return Int32Array.from(scores, (score) => index.get(score)!);
}
