import { z } from 'zod';
import { failureUri, PUBLISHED } from '../../contracts/layout.ts';
import type { FailedManifest } from '../../contracts/manifest.ts';
import { STATES } from '../../contracts/states.ts';
import { joinUri } from '../../contracts/uri.ts';
import { workflowSchema } from '../../contracts/workflow.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import { jsonBytes, saveJson } from '../artifacts.ts';
import { loadEarlierManifest } from '../earlier-manifest.ts';
import { shortenFailure } from '../failure-text.ts';
import type { Step } from '../step.ts';
import { versions } from '../versions.ts';

/** As much of the workflow as there was when it failed: perhaps no more than what somebody sent. */
const payload = workflowSchema.pick({ execution: true }).extend({
  workflow: z.looseObject({ failure: z.object({ Error: z.string(), Cause: z.string() }) }),
});
type Payload = z.output<typeof payload>;

/** What the state machine's Fail state says, and where the failure is written down. */
export interface RecordedFailure {
  readonly Error: string;
  readonly Cause: string;
  /** URI of the table; absent where what started the run names none */
  readonly dataset?: string;
  /** absent where no output location was known yet */
  readonly manifest?: string;
}

/** Writes down why a run failed. Nothing of it was published; what an earlier run published stays as it is. */
export const step: Step<Payload, RecordedFailure> = {
  state: STATES.recordFailure,
  payload,
  async run({ execution, workflow }, { store }) {
    const { failure, ...known } = workflow;
    const request = known.request ?? known;
    const cause = errorMessage(failure.Cause);
    const manifest: FailedManifest = {
      status: 'failed',
      execution,
      request,
      failure: { error: failure.Error, cause },
      outputs: [],
      versions: versions(),
    };
    const dataset = uriOf(request, 'dataset');
    // The record has all of it, the state machine and its event what they take.
    const said = shortenFailure(failure.Error, cause);
    const result = { Error: said.error, Cause: said.cause, ...(dataset ? { dataset } : {}) };
    const outputUri = uriOf(request, 'output');
    if (outputUri === undefined) return result;
    const recorded = await saveJson(store, failureUri(outputUri, execution.id), manifest);
    await announce(store, joinUri(outputUri, PUBLISHED.manifest), manifest);
    return { ...result, manifest: recorded };
  },
};

/** A Lambda's Cause is JSON with the message inside; a local step's is the message. */
function errorMessage(cause: string): string {
  try {
    const { errorMessage: message } = JSON.parse(cause);
    return typeof message === 'string' ? message : cause;
  } catch {
    return cause;
  }
}

function uriOf(request: unknown, part: 'dataset' | 'output'): string | undefined {
  const uri = (request as Partial<Record<typeof part, { uri?: unknown }>> | null)?.[part]?.uri;
  return typeof uri === 'string' ? uri : undefined;
}

/**
 * Puts the failure where the manifest would be, unless an earlier run's manifest speaks there of outputs that are whole.
 */
async function announce(store: DatasetStore, uri: string, manifest: FailedManifest): Promise<void> {
  const bytes = jsonBytes(manifest);
  if (await store.createIfAbsent(uri, bytes)) return;
  const earlier = await loadEarlierManifest(store, uri);
  if (earlier?.status !== 'succeeded') await store.write(uri, bytes);
}
