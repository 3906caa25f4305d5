import { z } from 'zod';
import { STRATEGY_TYPES } from '../core/strategies/strategy.ts';
import { MOST_FOLD_ITEMS } from './evaluation-settings.ts';
import { resolvedRequestSchema } from './request.ts';

const count = z.int().nonnegative();
const uri = z.string().min(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Rows by class. */
export const classCountsSchema = z.object({ majority: count, minority: count });
export type ClassCounts = z.output<typeof classCountsSchema>;

/** What every step reports beside its result: how long the work took, in milliseconds. Measured around it, not in it. */
const timed = z.object({ durationMs: z.number().nonnegative() });

const score = z.number().nullable();

/** How a classifier did on the test rows. The minority is the positive class; null where a score is not defined. */
export const scoresSchema = z.object({
  truePositives: count,
  falsePositives: count,
  trueNegatives: count,
  falseNegatives: count,
  recall: score,
  precision: score,
  f1: score,
  mcc: score,
  falsePositiveRate: score,
  prAuc: score,
  /** recall at the false-positive rate of the learner trained on under-sampled rows, by moving the threshold */
  recallAtUndersampledFpr: score,
});
export type Scores = z.output<typeof scoresSchema>;

/** `versionId` is there where the store keeps versions: it finds the file when a later run has put another in its place. */
export const outputFileSchema = z.object({
  name: z.string(),
  uri,
  bytes: count,
  sha256,
  versionId: z.string().optional(),
});
export type OutputFile = z.output<typeof outputFileSchema>;

/** What strategies are compared on. */
const comparedSchema = z.object({
  /** the training rows, or a sample of them */
  rows: uri,
  /** the fold of each of these rows */
  assignment: uri,
});

/** The strategies that share a model, at all their ratios, on one fold: an item of the Map that compares them. */
export const foldItemSchema = z.strictObject({
  /** the type of which the model is */
  strategy: z.enum(STRATEGY_TYPES),
  /** both from 0 */
  repeat: count,
  fold: count,
});
export type FoldItem = z.output<typeof foldItemSchema>;

/**
 * The one workflow: what a run knows once every state has added its part under its own key. Each step's payload is a
 * pick of it. It carries references, counts and seeds, never rows (a state machine's payload ends at 256 KiB).
 */
export const workflowSchema = z.object({
  execution: z.object({ id: z.string().min(1), startedAt: z.iso.datetime({ offset: true }) }),
  request: resolvedRequestSchema,
  prepared: timed.extend({
    input: z.object({ bytes: count, sha256, versionId: z.string().optional() }),
    target: z.object({ column: z.string(), minority: z.string(), majority: z.string() }),
    /** the user's rows as they were, numbered from 0 */
    observed: uri,
    /** how each column was understood and treated */
    profile: uri,
    train: uri,
    test: uri,
    /** training minority rows that the request leaves out: what the oracle generator hands out, in experiments */
    leftOut: uri,
    /** the columns that are carried along, at the training minority rows: what synthetic rows take them from */
    donors: uri,
    /** groups, or times, of the training and of the test rows; absent where the request names no column of them */
    order: uri.optional(),
    /** statistics of the training rows that turn table rows into a learner's features */
    encoder: uri,
    encodedAttributes: count,
    /** of the usable rows, encoded as a learner takes them: what decides where the steps after this one run */
    encodedBytes: count,
    missingTreatment: z.enum(['complete-case', 'impute']),
    counts: z.object({
      read: classCountsSchema,
      usable: classCountsSchema,
      train: classCountsSchema,
      test: classCountsSchema,
    }),
  }),
  generator: timed.extend({ model: uri, epochs: count, reconstructionLoss: z.number() }),
  generated: timed.extend({ rows: uri, count }),
  discriminator: timed.extend({ model: uri, trainedOn: classCountsSchema }),
  selected: timed.extend({ rows: uri, generated: count, newFeatureRows: count }),
  merged: timed.extend({ rows: uri, counts: classCountsSchema }),
  undersampled: timed.extend({ kept: uri, counts: classCountsSchema }),
  planned: timed.extend({
    /** absent where nothing is compared */
    compared: comparedSchema.optional(),
    items: z.array(foldItemSchema).max(MOST_FOLD_ITEMS),
  }),
  model: timed.extend({
    /** the strategies side by side; absent where nothing is compared */
    comparison: uri.optional(),
    /** id of the strategy that is published */
    strategy: z.string(),
    /** the rows that it trains on */
    rows: uri,
    counts: classCountsSchema,
    synthetic: count,
    /** the learner fitted to them, with all that scoring rows needs */
    scoring: uri,
    /** every way to make probabilities of its scores; absent where nothing was compared */
    calibrators: uri.optional(),
    /** of the observed training rows */
    domain: uri,
  }),
  evaluation: timed.extend({
    /** the learner trained on the observed training rows as they are */
    observed: scoresSchema,
    /** ... on the observed training rows, under-sampled */
    undersampled: scoresSchema,
    /** ... on the rebalanced rows */
    rebalanced: scoresSchema,
    /** ... by the strategy that is published, with the threshold of the published model */
    published: scoresSchema,
    /** curves, intervals, calibration and domain, for the report */
    details: uri,
  }),
  report: timed.extend({
    json: uri,
    page: uri,
    /** one sentence: what is to be done */
    verdict: z.string(),
  }),
  published: timed.extend({ manifest: uri, outputs: z.array(outputFileSchema) }),
});

export type Workflow = z.output<typeof workflowSchema>;

/** A result before the clock around the step has added its duration. */
export type Untimed<Result> = Omit<Result, 'durationMs'>;
