import { z } from 'zod';
import { InvalidBatchError } from './errors.ts';
import { listFaults } from './faults.ts';
import { PREFIXES } from './layout.ts';
import { withoutParent } from './parent-execution.ts';
import { workflowSchema } from './workflow.ts';

const uri = z.string().min(1);
const count = z.int().nonnegative();

/** The states of the batch state machine. The first and the last have functions of their own, in folders of their names. */
export const BATCH_STATES = {
  listDatasets: 'ListDatasets',
  eachDataset: 'RebalanceEachDataset',
  rebalance: 'RebalanceDataset',
  succeeded: 'DatasetSucceeded',
  failed: 'DatasetFailed',
  summarize: 'SummarizeBatch',
} as const;

/** What a batch is asked to do: the input of the batch state machine, and of the schedule that starts it. */
export const batchRequestSchema = z.strictObject({
  prefix: z
    .string()
    .regex(/^incoming\/(.*\/)?$/, `must be ${PREFIXES.incoming} or a folder below it, with / at its end`)
    .default(PREFIXES.incoming)
    .describe('Where the tables lie, in the bucket. Default: incoming/.'),
  select: z
    .enum(['changed', 'all'])
    .default('changed')
    .describe('Tables that are new or changed since a batch last rebalanced them, or all. Default: changed.'),
});
export type BatchRequest = z.input<typeof batchRequestSchema>;

/** Checks what a batch is asked to do and fills in the defaults. @throws InvalidBatchError that lists the faults */
export function parseBatchRequest(value: unknown): z.output<typeof batchRequestSchema> {
  const parsed = batchRequestSchema.safeParse(withoutParent(value ?? {}));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'batch'}: ${message}`);
  throw new InvalidBatchError(`The batch is not valid:\n${listFaults(faults)}`);
}

/** One table of a batch. */
export const batchItemSchema = z.object({
  dataset: uri,
  /** tells one content of the object from another */
  etag: z.string(),
  /** name of the execution that rebalances it */
  execution: z.string(),
  /** URI of its outputs; empty where the table's key is one that no request can name */
  output: z.string(),
  /** input of that execution: a request, or the refusal of a settings file */
  start: z.record(z.string(), z.unknown()),
});
export type BatchItem = z.output<typeof batchItemSchema>;

/** What ListDatasets answers. */
export const batchPlanSchema = z.object({
  items: z.array(batchItemSchema),
  /** tables that are as a batch last rebalanced them */
  unchanged: count,
  /** tables that did not fit into this batch; the next one takes them first */
  postponed: count,
});
export type BatchPlan = z.output<typeof batchPlanSchema>;

/** How the run of one table ended, as the Map of the batch state machine collects it. */
export const batchOutcomeSchema = z.object({
  dataset: uri,
  etag: z.string(),
  execution: z.string(),
  status: z.enum(['succeeded', 'failed']),
  /** of a run that went well */
  manifest: uri.optional(),
  /** of one that failed: below it is the record of its failure */
  output: z.string().optional(),
});

/** `balanced/batches/<batch>/summary.json` */
export const batchSummarySchema = z.object({
  batch: workflowSchema.shape.execution,
  request: z.object({ prefix: z.string(), select: z.enum(['changed', 'all']) }),
  counts: z.object({ succeeded: count, failed: count, unchanged: count, postponed: count }),
  datasets: z.array(
    z.object({
      dataset: uri,
      execution: z.string(),
      status: z.enum(['succeeded', 'failed']),
      manifest: uri.optional(),
      /** why it failed, where that was recorded */
      failure: z.object({ error: z.string(), cause: z.string() }).optional(),
    }),
  ),
});
export type BatchSummary = z.output<typeof batchSummarySchema>;

/** The output of the batch state machine. */
export const batchResultSchema = z.object({ summary: uri, counts: batchSummarySchema.shape.counts });
export type BatchResult = z.output<typeof batchResultSchema>;

/** `balanced/batches/seen.json`, by the URI of the table. */
export const batchSeenSchema = z.record(
  z.string(),
  z.object({
    /** the content that a batch last rebalanced; absent where none has, for each try failed */
    etag: z.string().optional(),
    /** when the batch started that last tried the table, however that ended (in older files: that last rebalanced it) */
    at: z.string(),
  }),
);
export type BatchSeen = z.output<typeof batchSeenSchema>;
