import { z } from 'zod';
import { METRIC_NAMES } from '../core/evaluation/metric-names.ts';
import { STRATEGY_TYPES } from '../core/strategies/strategy.ts';
import { classCountsSchema } from './workflow.ts';

const count = z.int().nonnegative();

/** A number and the interval around it; null where it is not defined. The protocol says what the interval is of. */
export const intervalSchema = z.strictObject({
  estimate: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});

export const metricNameSchema = z.enum(METRIC_NAMES);
const metricsSchema = z.record(metricNameSchema, intervalSchema);

export const confusionCountsSchema = z.strictObject({
  truePositives: count,
  falsePositives: count,
  trueNegatives: count,
  falseNegatives: count,
});

/** Mean score and observed share of the minority, by bin of the predicted probability. Empty bins are left out. */
const reliabilitySchema = z.strictObject({
  expectedCalibrationError: z.number().nullable(),
  brier: z.number().nullable(),
  logLoss: z.number().nullable(),
  bins: z.array(z.strictObject({ meanPredicted: z.number(), observedShare: z.number(), rows: count })),
});

/** Probabilities as the learner gives them, and after each way of calibrating them. */
export const calibrationSchema = z.strictObject({
  none: reliabilitySchema,
  'prior-corrected': reliabilitySchema,
  platt: reliabilitySchema,
  isotonic: reliabilitySchema,
});

/** One strategy on the held-out rows of all folds; no such row was ever resampled, or seen by what was fitted to the others. */
const strategyResultSchema = z.strictObject({
  /** `algorithm-1@2`: type and ratio */
  id: z.string(),
  type: z.enum(STRATEGY_TYPES),
  /** majority / minority that it trains on; null where it does not resample */
  ratio: z.number().nullable(),
  /** in words, for tables */
  label: z.string(),
  /** mean rows by class that it was trained on */
  trainedOn: z.strictObject({ majority: z.number(), minority: z.number(), synthetic: z.number() }),
  /** summed over the folds of a repeat, mean over the repeats, rounded */
  counts: confusionCountsSchema,
  metrics: metricsSchema,
  /** this strategy minus `none`, fold by fold */
  differences: metricsSchema,
  /** the best minus this strategy, by the metric that the best is chosen by, fold by fold */
  behindBest: intervalSchema,
  /** the same scores, the threshold moved to the false-positive rate of plain under-sampling at 1:1 */
  recallAtMatchedFpr: intervalSchema,
  calibration: calibrationSchema,
});

export const comparisonSchema = z.strictObject({
  protocol: z.strictObject({
    kind: z.enum(['stratified', 'grouped', 'time-ordered']),
    /** of the groups, or of the time */
    column: z.string().nullable(),
    folds: count,
    repeats: count,
    /** training rows that the comparison was made on, and those that there are (a large table is sampled) */
    rows: classCountsSchema,
    ofRows: classCountsSchema,
    /** in words: what the intervals are */
    intervals: z.string(),
  }),
  /** by which the best strategy is chosen */
  metric: metricNameSchema,
  /** the best that the metric gives to who does not look at the rows: by calling all of them the same, by a coin, by the prior */
  noSkill: z
    .strictObject({ guess: z.enum(['all-minority', 'all-majority', 'coin', 'prior']), value: z.number() })
    .nullable(),
  /** what the request's rule for the threshold is to reach */
  goal: z.strictObject({ metric: z.enum(['recall', 'precision']), atLeast: z.number() }).nullable(),
  strategies: z.array(strategyResultSchema),
  /** id of the best by `metric` */
  best: z.string(),
  /** id of the one that the run publishes */
  published: z.string(),
});
export type Comparison = z.output<typeof comparisonSchema>;
export type StrategyResult = z.output<typeof strategyResultSchema>;
