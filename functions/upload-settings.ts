import {
  InvalidSettingsError,
  InvalidUriError,
  ObjectNotFoundError,
  StoreUnavailableError,
} from '../contracts/errors.ts';
import { balancedUri, PREFIXES, SETTINGS } from '../contracts/layout.ts';
import { parseRequest } from '../contracts/parse-request.ts';
import type { RebalanceRequest } from '../contracts/request.ts';
import { type RefusedStart, type RequestDefaults, requestForTable } from '../contracts/start-event.ts';
import { parseObjectUri, parseUri } from '../contracts/uri.ts';
import { NamedError } from '../core/errors.ts';
import type { DatasetStore } from '../storage/dataset-store.ts';

/** The bytes of a settings file. @throws ObjectNotFoundError where there is none, and any other error of the store */
export type ReadSettings = (uri: string) => Promise<Uint8Array>;

/**
 * Settings become part of an execution's input, which ends at 256 KiB, and of a batch's items, which are 100 KiB all
 * together. The names of a thousand columns are some 20 KiB.
 */
const MOST_BYTES = 32 * 1024;

/** Reads settings files of a store, and none that is too large. @throws InvalidSettingsError */
export function settingsReader(store: Pick<DatasetStore, 'describe' | 'read'>): ReadSettings {
  return async (uri) => {
    const { bytes } = await store.describe(uri);
    if (bytes <= MOST_BYTES) return store.read(uri);
    throw new InvalidSettingsError(`found ${bytes} bytes, needed at most ${MOST_BYTES}; leave out what is no setting`);
  };
}

/** The table of a bucket that is to be rebalanced, with its version where that is known. */
export interface UploadedTable {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

/**
 * What the state machine is started with for an uploaded table: a request with the settings that apply to it. Settings that
 * cannot be read or used, or a key that no request can name, give a start that fails in the first state and says why there:
 * so it is recorded, announced and counted like any other failure.
 *
 * @throws StoreUnavailableError, which is worth another try
 * @param defaults settings of tables that have no settings file
 */
export async function startForUpload(
  table: UploadedTable,
  defaults: RequestDefaults,
  read: ReadSettings,
): Promise<RebalanceRequest | RefusedStart> {
  const { bucket, key, versionId } = table;
  const uri = `s3://${bucket}/${key}`;
  try {
    parseObjectUri(uri);
  } catch (error) {
    if (error instanceof InvalidUriError) return { dataset: { uri } };
    throw error;
  }
  const found = await nearestSettings(bucket, key, read);
  const settings = found ? parseSettings(found) : { value: defaults };
  if ('fault' in settings) return refuse(uri, settings.fault, found!.uri);
  const request = requestForTable(uri, settings.value, versionId ? { versionId } : {});
  try {
    const { output } = parseRequest(request);
    if (output.uri !== undefined) parseUri(output.uri);
  } catch (error) {
    if (!(error instanceof NamedError)) throw error;
    return refuse(uri, error.message, found?.uri ?? 'the defaults of the stack', outputOf(request));
  }
  return { ...request, output: { ...request.output, uri: outputOf(request) ?? balancedUri(uri) } };
}

/**
 * Where the settings of a table may be, the nearest first: `<key>.rebalance.json`, then `rebalance.json` in its folder and
 * in every folder above, up to `incoming/`.
 */
export function settingsKeys(key: string): string[] {
  const folders = key.slice(PREFIXES.incoming.length).split('/').slice(0, -1);
  const prefixes = folders.map((_, depth) => `${folders.slice(0, folders.length - depth).join('/')}/`);
  return [
    `${key}${SETTINGS.ofTable}`,
    ...[...prefixes, ''].map((prefix) => `${PREFIXES.incoming}${prefix}${SETTINGS.ofFolder}`),
  ];
}

type SettingsFile = { readonly uri: string } & ({ readonly bytes: Uint8Array } | { readonly fault: string });

async function nearestSettings(bucket: string, key: string, read: ReadSettings): Promise<SettingsFile | undefined> {
  for (const candidate of settingsKeys(key)) {
    const uri = `s3://${bucket}/${candidate}`;
    try {
      return { uri, bytes: await read(uri) };
    } catch (error) {
      if (error instanceof ObjectNotFoundError) continue;
      if (error instanceof StoreUnavailableError || !(error instanceof NamedError)) throw error;
      // Others may have settings that can be read.
      return { uri, fault: error.message };
    }
  }
  return undefined;
}

function parseSettings(file: SettingsFile): { value: RequestDefaults } | { fault: string } {
  if ('fault' in file) return file;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file.bytes));
  } catch (error) {
    return { fault: `found no JSON (${(error as Error).message}), needed an object such as {"seed": 1}` };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { fault: `found ${JSON.stringify(value).slice(0, 80)}, needed an object such as {"seed": 1}` };
  }
  const { dataset } = value as { dataset?: object };
  const named = ['uri', 'versionId'].filter((name) => dataset && Object.hasOwn(dataset, name));
  if (named.length > 0) return { fault: `dataset.${named[0]}: not for settings, the upload is the table` };
  return { value };
}

function refuse(uri: string, fault: string, settings: string, output?: string): RefusedStart {
  return { refused: { settings, fault }, dataset: { uri }, output: { uri: output ?? balancedUri(uri) } };
}

/** Where the settings want the outputs; undefined where they do not say, or name no place at all. */
function outputOf({ output }: RebalanceRequest): string | undefined {
  if (typeof output?.uri !== 'string') return undefined;
  try {
    parseUri(output.uri);
    return output.uri;
  } catch (error) {
    if (error instanceof InvalidUriError) return undefined;
    throw error;
  }
}
