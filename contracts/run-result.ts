import { z } from 'zod';
import { resolvedRequestSchema } from './request.ts';
import { classCountsSchema, scoresSchema, workflowSchema } from './workflow.ts';

const { execution, prepared, published } = workflowSchema.shape;
const count = z.int().nonnegative();

/**
 * The output of an execution that went well, and the detail of its event: references, counts and scores, a few kilobytes.
 * The state machine makes it of the workflow (DescribeResult); a nested execution's caller finds it under `Output`.
 */
export const runResultSchema = z.strictObject({
  execution,
  /** URI of the table */
  dataset: resolvedRequestSchema.shape.dataset.shape.uri,
  /** size, SHA-256 and, where the store keeps versions, version of what was read */
  input: prepared.shape.input,
  target: prepared.shape.target,
  outputs: z.strictObject({
    /** URI of manifest.json, which has everything else that there is to know about the run */
    manifest: published.shape.manifest,
    files: published.shape.outputs,
  }),
  counts: z.strictObject({
    /** rows of the table */
    read: classCountsSchema,
    usable: classCountsSchema,
    train: classCountsSchema,
    test: classCountsSchema,
    generated: count,
    newFeatureRows: count,
    merged: classCountsSchema,
    rebalanced: classCountsSchema,
    /** rows of the published training set */
    published: classCountsSchema,
  }),
  /** on the test rows: the learner trained on observed rows, on those under-sampled, on rebalanced rows, and as published */
  metrics: z.strictObject({
    observed: scoresSchema,
    undersampled: scoresSchema,
    rebalanced: scoresSchema,
    published: scoresSchema,
  }),
  /** id of the strategy whose rows and model are published */
  strategy: z.string(),
  /** one sentence for people: what is to be done, by the comparison of the strategies */
  verdict: z.string(),
});
export type RunResult = z.output<typeof runResultSchema>;
