import { InvalidPayloadError } from '../../contracts/errors.ts';
import { isSettingsFile, PREFIXES } from '../../contracts/layout.ts';
import { objectCreatedSchema, type RequestDefaults } from '../../contracts/start-event.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import { executionName } from '../execution-name.ts';
import { settingsReader, startForUpload } from '../upload-settings.ts';

/** Starts the state machine. `already` where there is, or was, an execution of this name: nothing is started then. */
export type StartExecution = (name: string, input: object) => Promise<'started' | 'already'>;

export interface StartRunContext {
  readonly store: Pick<DatasetStore, 'describe' | 'read'>;
  readonly defaults: RequestDefaults;
  readonly startExecution: StartExecution;
}

export type StartRunResult =
  | { readonly outcome: 'started' | 'already'; readonly execution: string }
  | { readonly outcome: 'ignored'; readonly because: string };

/**
 * Starts a run for an uploaded table, once for each version of it, however often its event comes: the execution's name is
 * made of bucket, key and version, and Step Functions takes a name once (and forgets it 90 days after the execution ended).
 *
 * @param event `Object Created` of EventBridge
 * @throws InvalidPayloadError for any other event
 */
export async function startRun(event: unknown, context: StartRunContext): Promise<StartRunResult> {
  const parsed = objectCreatedSchema.safeParse(event);
  if (!parsed.success) throw new InvalidPayloadError('Found another event, needed Object Created of aws.s3');
  const { bucket, object } = parsed.data.detail;
  const { key } = object;
  if (!key.startsWith(PREFIXES.incoming)) return { outcome: 'ignored', because: `not below ${PREFIXES.incoming}` };
  if (key.endsWith('/')) return { outcome: 'ignored', because: 'a folder' };
  if (isSettingsFile(key)) return { outcome: 'ignored', because: 'settings, not a table' };

  const versionId = object['version-id'];
  const table = { bucket: bucket.name, key, ...(versionId ? { versionId } : {}) };
  const start = await startForUpload(table, context.defaults, settingsReader(context.store));
  // Without versions, the sequencer tells one writing of the object from the next.
  const version = versionId ?? object.sequencer ?? object.etag ?? '';
  const execution = executionName(`s3://${bucket.name}/${key}`, [bucket.name, key, version]);
  return { outcome: await context.startExecution(execution, start), execution };
}
