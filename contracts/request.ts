import { z } from 'zod';
import { STRATEGY_TYPES } from '../core/strategies/strategy.ts';
import { domainSettingsSchema, evaluationSettingsSchema } from './evaluation-settings.ts';
import { learnerSettingsSchema } from './learner-settings.ts';

/** Texts that stand for a missing value where a request names none: what pandas and R write, and UCI's question mark. */
const DEFAULT_MISSING_MARKERS = ['', '?', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL'] as const;

const fraction = z.number().gt(0).lt(1);

const dataset = z.strictObject({
  uri: z.string().min(1).describe('The table: s3://bucket/key, or file:///path. CSV (also gzipped) or Parquet.'),
  versionId: z.string().min(1).optional().describe('Version of the S3 object. Default: the newest.'),
  columns: z
    .array(z.string().min(1))
    .min(2)
    .optional()
    .describe('Names for a CSV file that has no header. Default: its first line is the header.'),
  ignore: z
    .array(z.string())
    .default([])
    .describe('Columns that are carried along but neither learned from nor generated. Default: none by name.'),
});

const target = z.strictObject({
  column: z.string().min(1).optional().describe('The label. Default: the last column.'),
  minority: z.string().min(1).optional().describe('The label of the minority class. Default: the rarer label.'),
});

const missing = z.strictObject({
  markers: z
    .array(z.string())
    .default([...DEFAULT_MISSING_MARKERS])
    .describe('Texts in a CSV file that stand for a missing value. Default: empty, ?, NA, N/A, NaN, nan, null, NULL.'),
  treatment: z
    .enum(['auto', 'complete-case', 'impute'])
    .default('auto')
    .describe(
      'complete-case leaves incomplete rows out; impute lets learners see the median or most frequent level of the ' +
        'training rows; auto takes complete-case where that costs each class at most a tenth of its rows. Default: auto.',
    ),
});

const noise = z.strictObject({
  distribution: z.enum(['normal', 'uniform']).default('normal').describe('p(z): N(0, 1) or U(-1, 1). Default: normal.'),
  dimension: z.int().min(1).max(1024).default(16).describe('Length of z. Default: 16.'),
});

const autoencoder = z.strictObject({
  type: z.literal('autoencoder'),
  rows: z.int().min(1).max(10_000_000).optional().describe('Rows to generate. Default: the training minority rows.'),
  pairing: z
    .enum(['fixed', 'variational'])
    .default('variational')
    .describe(
      "How noise is paired with rows: the source's random pairs, or pairs that are learned. Default: variational.",
    ),
  loss: z
    .enum(['squared-error', 'cross-entropy'])
    .default('cross-entropy')
    .describe("Of the reconstruction; the source's is squared-error. Default: cross-entropy."),
  noise: noise.prefault({}),
  hidden: z
    .array(z.int().min(1).max(4096))
    .min(1)
    .max(8)
    .default([128])
    .describe('Units of the hidden layers, from the noise on. Default: 128.'),
  epochs: z
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .describe('Passes over the training minority. Default: 450,000 / rows, but 20 to 300.'),
  batchSize: z.int().min(1).max(65_536).default(64).describe('Rows per gradient step. Default: 64.'),
  learningRate: z.number().positive().max(1).default(0.001).describe("Adam's step size. Default: 0.001."),
});

/**
 * What a run is asked to do. Every field but `dataset.uri` has the default that its description names; unknown keys are
 * refused.
 */
export const requestSchema = z.strictObject({
  dataset,
  target: target.prefault({}),
  missing: missing.prefault({}),
  learner: learnerSettingsSchema.prefault({ type: 'decision-tree' }),
  generator: z.discriminatedUnion('type', [autoencoder]).prefault({ type: 'autoencoder' }),
  discriminator: z
    .strictObject({
      balance: z
        .enum(['undersample', 'none'])
        .default('undersample')
        .describe('Train the discriminator as the downstream learner will be, or on all rows. Default: undersample.'),
      select: z
        .enum(['called-majority', 'all'])
        .default('called-majority')
        .describe(
          'Keep the generated rows that it calls majority, or, for experiments, all. Default: called-majority.',
        ),
    })
    .prefault({}),
  sampling: z
    .strictObject({
      ratio: z.number().min(0.1).max(1000).default(1).describe('Majority / minority afterwards. Default: 1.'),
    })
    .prefault({}),
  split: z
    .strictObject({
      testFraction: fraction.default(0.2).describe('Share of each class held out untouched. Default: 0.2.'),
      stratified: z
        .boolean()
        .default(true)
        .describe('Hold out that share of each class; else of all rows together. Default: true.'),
      minorityFraction: z
        .number()
        .gt(0)
        .max(1)
        .default(1)
        .describe('Share of the training minority to keep, for experiments. Default: 1.'),
      group: z
        .string()
        .min(1)
        .optional()
        .describe('Column of groups (customers, sites) that are never split. Default: none.'),
      time: z
        .string()
        .min(1)
        .optional()
        .describe('Column by which rows are ordered: later rows test what earlier ones taught. Default: none.'),
    })
    .prefault({}),
  strategy: z
    .enum([...STRATEGY_TYPES, 'auto'])
    .default('algorithm-1')
    .describe('What is published; auto takes the best of the comparison by evaluation.metric. Default: algorithm-1.'),
  evaluation: evaluationSettingsSchema.prefault({}),
  domain: domainSettingsSchema.prefault({}),
  output: z
    .strictObject({
      uri: z.string().min(1).optional().describe('Where outputs go. Default: balanced/<name of the table>/ beside it.'),
      format: z.enum(['csv', 'parquet']).default('csv').describe('Format of the outputs. Default: csv.'),
    })
    .prefault({}),
  seed: z.int().default(0).describe('Any whole number; the same request and seed give the same bytes. Default: 0.'),
});

/** A request as people write it: everything optional but `dataset.uri`. */
export type RebalanceRequest = z.input<typeof requestSchema>;

/** A request with every default filled in, but those that only the table can tell (label, rows to generate). */
export type ParsedRequest = z.output<typeof requestSchema>;

/** What travels through the workflow: a parsed request whose output location is known. */
export const resolvedRequestSchema = requestSchema.extend({
  output: z.strictObject({ uri: z.string().min(1), format: z.enum(['csv', 'parquet']) }),
});

export type ResolvedRequest = z.output<typeof resolvedRequestSchema>;
