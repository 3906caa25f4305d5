import { z } from 'zod';
import {
  type BatchResult,
  type BatchSummary,
  batchOutcomeSchema,
  batchPlanSchema,
  parseBatchRequest,
} from '../../contracts/batch.ts';
import { InvalidPayloadError, StoreUnavailableError } from '../../contracts/errors.ts';
import { batchSummaryUri, failureUri } from '../../contracts/layout.ts';
import { failedManifestSchema } from '../../contracts/manifest.ts';
import { workflowSchema } from '../../contracts/workflow.ts';
import { NamedError } from '../../core/errors.ts';
import type { DatasetStore, UpdatingStore } from '../../storage/dataset-store.ts';
import { jsonBytes, loadJson } from '../artifacts.ts';
import { saveSeen } from '../batch-seen.ts';

const payloadSchema = z.object({
  batch: workflowSchema.shape.execution,
  request: z.unknown(),
  plan: batchPlanSchema.pick({ unchanged: true, postponed: true }),
  outcomes: z.array(batchOutcomeSchema),
});

type Outcome = z.output<typeof batchOutcomeSchema>;

export interface SummarizeBatchContext {
  readonly store: Pick<DatasetStore, 'read' | 'write'> & UpdatingStore;
  readonly bucket: string;
}

/**
 * Writes down how a batch went, and which tables need not come again until they change: those that went well. One that
 * failed comes again with the next batch that has room, until somebody mends it or takes it away.
 */
export async function summarizeBatch(event: unknown, { store, bucket }: SummarizeBatchContext): Promise<BatchResult> {
  const parsed = payloadSchema.safeParse(event);
  if (!parsed.success)
    throw new InvalidPayloadError(`SummarizeBatch got a payload that is not its own: ${parsed.error}`);
  const { batch, request, plan, outcomes } = parsed.data;
  const succeeded = outcomes.filter(({ status }) => status === 'succeeded');
  const counts = { succeeded: succeeded.length, failed: outcomes.length - succeeded.length, ...plan };
  const summary: BatchSummary = {
    batch,
    request: parseBatchRequest(request),
    counts,
    datasets: await Promise.all(outcomes.map((outcome) => describeOutcome(outcome, store))),
  };
  await saveSeen(store, bucket, outcomes, batch.startedAt);
  const uri = batchSummaryUri(bucket, batch.id);
  await store.write(uri, jsonBytes(summary));
  return { summary: uri, counts };
}

async function describeOutcome(
  outcome: Outcome,
  store: Pick<DatasetStore, 'read'>,
): Promise<BatchSummary['datasets'][number]> {
  const { dataset, execution, status, manifest, output } = outcome;
  if (status === 'succeeded') return { dataset, execution, status, ...(manifest ? { manifest } : {}) };
  const failure = !output ? undefined : await recordedFailure(output, execution, store);
  return { dataset, execution, status, ...failure };
}

async function recordedFailure(output: string, execution: string, store: Pick<DatasetStore, 'read'>) {
  try {
    const uri = failureUri(output, execution);
    const { failure } = failedManifestSchema.parse(await loadJson(store, uri));
    return { manifest: uri, failure };
  } catch (error) {
    if (error instanceof StoreUnavailableError || !(error instanceof NamedError)) throw error;
    // The run could record nothing, or only where we may not look: its execution's history says why.
    return undefined;
  }
}
