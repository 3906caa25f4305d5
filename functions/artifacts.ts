import { CorruptArtifactError } from '../contracts/errors.ts';
import { stepUri } from '../contracts/layout.ts';
import type { StateName } from '../contracts/states.ts';
import type { Workflow } from '../contracts/workflow.ts';
import { decodeArrays, encodeArrays } from '../storage/codecs/arrays.ts';
import { decodeRows, encodeRows, type Rows } from '../storage/codecs/rows.ts';
import type { DatasetStore, WriteOptions } from '../storage/dataset-store.ts';

/** Which run a step works for: the part of the workflow that says where its artifacts lie. */
export type Run = Pick<Workflow, 'execution' | 'request'>;

/** Where a step of this run keeps a file. */
export function artifactUri({ execution, request }: Run, state: StateName, file: string): string {
  return stepUri(request.output.uri, execution.id, state, file);
}

/** What every artifact is written with. */
export const AS_ARTIFACT: WriteOptions = { artifact: true };

/** Writes an artifact: what a step leaves for others of its run. */
export async function saveArtifact(
  store: Pick<DatasetStore, 'write'>,
  uri: string,
  bytes: Uint8Array,
): Promise<string> {
  await store.write(uri, bytes, AS_ARTIFACT);
  return uri;
}

export async function saveRows(store: DatasetStore, uri: string, rows: Rows): Promise<string> {
  return saveArtifact(store, uri, encodeRows(rows));
}

export async function loadRows(store: DatasetStore, uri: string): Promise<Rows> {
  return decodeRows(await store.read(uri), uri);
}

export async function saveJson(store: Pick<DatasetStore, 'write'>, uri: string, value: unknown): Promise<string> {
  return saveArtifact(store, uri, jsonBytes(value));
}

/** A value as all our JSON files are written, artifacts or not. */
export function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}

/**
 * What `saveJson` wrote: our own artifact of the same run, so its shape is known and not checked again.
 *
 * @throws CorruptArtifactError where it is cut short or damaged
 */
export async function loadJson<T>(store: Pick<DatasetStore, 'read'>, uri: string): Promise<T> {
  const bytes = await store.read(uri);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new CorruptArtifactError(
      `${uri}: found ${bytes.length} bytes that are no JSON, needed the file as it was written. Run again`,
      { cause },
    );
  }
}

/** Row numbers, as an artifact. */
export async function saveIndices(store: DatasetStore, uri: string, indices: Int32Array): Promise<string> {
  return saveArtifact(store, uri, encodeArrays({ meta: {}, arrays: { indices } }));
}

/** What `saveIndices` wrote. */
export async function loadIndices(store: DatasetStore, uri: string): Promise<Int32Array> {
  const { indices } = decodeArrays(await store.read(uri), uri).arrays;
  if (!(indices instanceof Int32Array)) throw new CorruptArtifactError(`${uri}: found no row numbers in it`);
  return indices;
}
