import { z } from 'zod';
import { runResultSchema } from './run-result.ts';
import { workflowSchema } from './workflow.ts';

/** What the events of this project carry as their `source`. */
export const EVENT_SOURCE = 'counterpoise';

/** `detail-type` of the events, on the account's default event bus. */
export const EVENT_TYPES = { rebalanced: 'DatasetRebalanced', failed: 'RebalanceFailed' } as const;

/** Of every event; EventBridge adds account, region, time, and, under `resources`, the ARNs of execution and state machine. */
const envelope = z.object({ source: z.literal(EVENT_SOURCE), resources: z.array(z.string()) });

/** A table was rebalanced: its outputs are published and whole. The detail is the execution's output. */
export const datasetRebalancedSchema = envelope.extend({
  'detail-type': z.literal(EVENT_TYPES.rebalanced),
  detail: runResultSchema,
});

/** A run failed and published nothing. `Error` and `Cause` are those of the execution. */
export const rebalanceFailedSchema = envelope.extend({
  'detail-type': z.literal(EVENT_TYPES.failed),
  detail: z.strictObject({
    execution: workflowSchema.shape.execution,
    failure: z.object({
      /** name of the error, for example UnknownTargetError */
      Error: z.string(),
      /** in words; the service's JSON where even recording the failure failed */
      Cause: z.string(),
      /** URI of the table, where that was known */
      dataset: z.string().optional(),
      /** URI of the record of the failure, where there was a place for it */
      manifest: z.string().optional(),
    }),
  }),
});

export const outgoingEventSchema = z.discriminatedUnion('detail-type', [
  datasetRebalancedSchema,
  rebalanceFailedSchema,
]);
export type OutgoingEvent = z.output<typeof outgoingEventSchema>;
