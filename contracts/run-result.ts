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
    /** rows of the published training set */
    rebalanced: classCountsSchema,
  }),
  /** on the test rows: the learner trained on observed rows, on observed rows under-sampled, on rebalanced rows */
  metrics: z.strictObject({ observed: scoresSchema, undersampled: scoresSchema, rebalanced: scoresSchema }),
  /** one sentence for people: minority rows found and false alarms raised, before and after */
  verdict: z.string(),
});
export type RunResult = z.output<typeof runResultSchema>;
