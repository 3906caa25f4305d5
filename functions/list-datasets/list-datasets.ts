import { type BatchItem, type BatchPlan, parseBatchRequest } from '../../contracts/batch.ts';
import { ObjectNotFoundError } from '../../contracts/errors.ts';
import { isSettingsFile } from '../../contracts/layout.ts';
import type { RequestDefaults } from '../../contracts/start-event.ts';
import type { DatasetStore, ObjectEntry } from '../../storage/dataset-store.ts';
import { loadSeen } from '../batch-seen.ts';
import { executionName } from '../execution-name.ts';
import { type ReadSettings, settingsReader, startForUpload } from '../upload-settings.ts';
import { refuseSharedOutputs } from './shared-outputs.ts';

export interface ListDatasetsContext {
  readonly store: Pick<DatasetStore, 'describe' | 'list' | 'read'>;
  readonly bucket: string;
  readonly defaults: RequestDefaults;
}

/**
 * Bytes of a batch's items, all together. A state machine's payload ends at 256 KiB; the Map's results come to less than
 * what they are made of, and are beside the items for a moment. One item alone is smaller, whatever its settings: they have
 * 32 KiB, of which the output location, at most, is there twice. The smallest items have some 230 bytes, so that a batch is of
 * 450 tables at the most, each with a dozen events of a history that ends at 25,000.
 */
const MOST_BYTES = 100 * 1024;

/**
 * Which tables a batch is to rebalance, and with what. Those that no batch has tried come first, then those whose last try is
 * longest ago, so that what does not fit into one batch is in the next, however many tables fail each time.
 *
 * @param batchId names the batch; the same batch gives its executions the same names when it is tried again
 * @throws InvalidBatchError
 */
export async function listDatasets(
  request: unknown,
  batchId: string,
  { store, bucket, defaults }: ListDatasetsContext,
): Promise<BatchPlan> {
  const { prefix, select } = parseBatchRequest(request);
  const seen = await loadSeen(store, bucket);
  const { tables, settings } = await listTables(store, `s3://${bucket}/${prefix}`);
  const chosen = tables.filter(({ uri, etag }) => select === 'all' || seen[uri]?.etag !== etag);
  const lastTry = ({ uri }: Table) => seen[uri]?.at ?? '';
  chosen.sort((a, b) => (lastTry(a) < lastTry(b) ? -1 : lastTry(a) > lastTry(b) ? 1 : 0));

  const read = knownSettings(settingsReader(store), prefix, settings);
  const items: BatchItem[] = [];
  let bytes = 0;
  for (const { uri, etag } of chosen) {
    const start = await startForUpload({ bucket, key: keyOf(uri) }, defaults, read);
    const execution = executionName(uri, [batchId, uri, etag]);
    const item = { dataset: uri, etag, execution, output: start.output?.uri ?? '', start: { ...start } };
    bytes += Buffer.byteLength(JSON.stringify(item));
    if (bytes > MOST_BYTES) break;
    items.push(item);
  }
  return {
    items: refuseSharedOutputs(items, seen),
    unchanged: tables.length - chosen.length,
    postponed: chosen.length - items.length,
  };
}

interface Table {
  readonly uri: string;
  readonly etag: string;
}

async function listTables(store: Pick<DatasetStore, 'list'>, folder: string) {
  const tables: Table[] = [];
  const settings = new Set<string>();
  for await (const entry of store.list(folder)) {
    if (isSettingsFile(keyOf(entry.uri))) settings.add(entry.uri);
    else tables.push({ uri: entry.uri, etag: contentTag(entry) });
  }
  return { tables, settings };
}

/** A store that has no tags has sizes. */
function contentTag({ etag, bytes }: ObjectEntry): string {
  return etag ?? `${bytes} bytes`;
}

/** Reads each settings file once, and asks for none below the prefix that the listing has not shown. */
function knownSettings(read: ReadSettings, prefix: string, listed: ReadonlySet<string>): ReadSettings {
  const reading = new Map<string, Promise<Uint8Array>>();
  return (uri) => {
    if (keyOf(uri).startsWith(prefix) && !listed.has(uri)) {
      return Promise.reject(new ObjectNotFoundError(`${uri}: not in the listing`));
    }
    const bytes = reading.get(uri) ?? read(uri);
    reading.set(uri, bytes);
    return bytes;
  };
}

/** Of what is in a bucket: also of a key that `parseUri` would refuse, which is for the run of that table to say. */
function keyOf(uri: string): string {
  return uri.split('/').slice(3).join('/');
}
