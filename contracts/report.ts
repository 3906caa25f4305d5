import { z } from 'zod';
import { DOMAIN_METHODS } from '../core/domain/methods.ts';
import { CALIBRATIONS } from '../core/evaluation/calibration/calibrations.ts';
import {
  calibrationSchema,
  comparisonSchema,
  confusionCountsSchema,
  intervalSchema,
  metricNameSchema,
} from './comparison.ts';
import { benefitSchema } from './evaluation-settings.ts';
import { columnTreatmentSchema } from './manifest.ts';
import { resolvedRequestSchema } from './request.ts';
import { classCountsSchema, workflowSchema } from './workflow.ts';

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

/** What is to be done, in words: the first thing that the report says. */
export const verdictSchema = z.strictObject({
  /** one sentence */
  headline: z.string(),
  /** what it rests on, most important first */
  reasons: z.array(z.string()),
  /** id of the strategy that is recommended; null where nothing is better than doing nothing */
  prefer: z.string().nullable(),
});

/**
 * A model on the test rows, which nothing was fitted to, chosen on or resampled from. Intervals are of a bootstrap. Brier score and
 * log loss are of the probabilities before calibration, of the published model too: `calibration` has them after it.
 */
const testResultSchema = z.strictObject({
  id: z.string(),
  label: z.string(),
  counts: confusionCountsSchema,
  metrics: z.record(metricNameSchema, intervalSchema),
  /** at most a few hundred points, from the highest threshold down */
  roc: z.array(z.strictObject({ falsePositiveRate: share, recall: share })),
  precisionRecall: z.array(z.strictObject({ recall: share, precision: share })),
});

/** What the intervals on the test rows are: samples of the rows, of whole groups, or of blocks of time, drawn with replacement. */
const bootstrapSchema = z.strictObject({
  kind: z.enum(['stratified', 'grouped', 'time-ordered']),
  /** groups or blocks that are drawn as wholes; null where each row is drawn by itself */
  units: count.nullable(),
  replicates: count,
  /** in words, with what to beware of */
  intervals: z.string(),
});

/** Counts on the test rows, threshold by threshold, of the published model: what the explorer's slider moves through. */
const operatingPointSchema = z.strictObject({
  threshold: z.number(),
  /** calibrated probability at the threshold */
  probability: z.number(),
  truePositives: count,
  falsePositives: count,
});

const distributionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('numeric'),
    name: z.string(),
    /** `edges` has one more entry than each list of shares */
    edges: z.array(z.number()),
    observed: z.array(share),
    synthetic: z.array(share),
    /** Kolmogorov-Smirnov statistic: the largest gap between the two cumulative shares */
    distance: share.nullable(),
  }),
  z.strictObject({
    kind: z.literal('categorical'),
    name: z.string(),
    levels: z.array(z.string()),
    observed: z.array(share),
    synthetic: z.array(share),
    /** total variation: half the sum of the gaps */
    distance: share.nullable(),
  }),
]);

/** `report.json`: all that report.html shows. The same request gives the same bytes, but for `execution`. */
export const reportSchema = z.strictObject({
  version: z.literal(1),
  execution: workflowSchema.shape.execution.shape.id,
  counterpoise: z.string(),
  dataset: z.strictObject({ uri: z.string(), bytes: count, sha256: z.string(), versionId: z.string().optional() }),
  target: workflowSchema.shape.prepared.shape.target,
  request: resolvedRequestSchema,
  /** the command that gives the same bytes again */
  command: z.string(),
  columns: z.array(columnTreatmentSchema),
  verdict: verdictSchema,
  /** rows by class, step by step */
  flow: z.array(
    z.strictObject({ step: z.string(), majority: count, observedMinority: count, syntheticMinority: count }),
  ),
  /** null where the request asks for none */
  comparison: comparisonSchema.nullable(),
  test: z.strictObject({
    rows: classCountsSchema,
    bootstrap: bootstrapSchema,
    /** observed, undersampled, rebalanced, and the published one where it is none of these */
    results: z.array(testResultSchema),
    /** id of the result that is of the published model, at the threshold that it is published with */
    published: z.string(),
  }),
  /** the published model on the test rows */
  thresholds: z.strictObject({
    chosen: z.number(),
    /** thresholds by rule, each chosen on validation folds; null where no threshold fulfils the rule */
    byRule: z.array(z.strictObject({ rule: z.string(), label: z.string(), threshold: z.number().nullable() })),
    /** at most a few hundred, among them `chosen` and each threshold of `byRule`, exactly as they stand there */
    points: z.array(operatingPointSchema),
    /** of the benefit table, where the request has one */
    benefit: benefitSchema.nullable(),
  }),
  /** the published model's probabilities on the test rows, before and after calibration on validation folds */
  calibration: z.strictObject({ used: z.enum(CALIBRATIONS), test: calibrationSchema }).nullable(),
  /** observed training minority beside synthetic rows; empty where there are no synthetic rows */
  distributions: z.array(distributionSchema),
  /** a sample of rows on the first two principal components of the encoded training rows */
  projection: z.strictObject({
    explained: z.array(share).length(2),
    points: z.array(
      z.strictObject({ x: z.number(), y: z.number(), kind: z.enum(['majority', 'minority', 'synthetic']) }),
    ),
  }),
  domain: z.strictObject({
    method: z.enum(DOMAIN_METHODS),
    /** share of the training rows that the domain is to hold */
    coverage: share,
    synthetic: z.strictObject({ rows: count, outside: count }),
    /** share of test rows inside the domain of the observed training rows, and of those that under-sampling leaves */
    testInside: z.strictObject({ observed: share, undersampled: share, published: share }),
  }),
  provenance: z.strictObject({
    generator: z.string(),
    seed: z.int(),
    rows: count,
    file: z.string().nullable(),
    discriminability: z.number().nullable(),
    duplicateShare: z.number().nullable(),
    reconstructionLoss: z.number(),
  }),
});
export type Report = z.output<typeof reportSchema>;
export type Verdict = z.output<typeof verdictSchema>;
