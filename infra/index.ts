/** What other CDK apps use: the construct, and what its props and its executions speak. */

export { BATCH_STATES, type BatchRequest, type BatchResult, type BatchSummary } from '../contracts/batch.ts';
export { PREFIXES, RUN_ARTIFACT_TAG } from '../contracts/layout.ts';
export {
  datasetRebalancedSchema,
  EVENT_SOURCE,
  EVENT_TYPES,
  type OutgoingEvent,
  outgoingEventSchema,
  rebalanceFailedSchema,
} from '../contracts/outgoing-events.ts';
export type { RebalanceRequest } from '../contracts/request.ts';
export { type RunResult, runResultSchema } from '../contracts/run-result.ts';
export type { RequestDefaults } from '../contracts/start-event.ts';
export type { BatchSchedule } from './batch.ts';
export { CounterpoiseStack, type CounterpoiseStackProps } from './counterpoise-stack.ts';
export { DELETE_DATA_CONTEXT } from './dataset-bucket.ts';
export { DatasetRebalancer, type DatasetRebalancerProps } from './dataset-rebalancer.ts';
export type { Compute, ComputeByStep, MovableState } from './step-compute.ts';
