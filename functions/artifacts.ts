import { CorruptArtifactError } from '../contracts/errors.ts';
import { stepUri } from '../contracts/layout.ts';
import type { StateName } from '../contracts/states.ts';
import type { Workflow } from '../contracts/workflow.ts';
import { decodeArrays, encodeArrays } from '../storage/codecs/arrays.ts';
import { decodeRows, encodeRows, type Rows } from '../storage/codecs/rows.ts';
import type { DatasetStore } from '../storage/dataset-store.ts';

/** Which run a step works for: the part of the workflow that says where its artifacts lie. */
export type Run = Pick<Workflow, 'execution' | 'request'>;

/** Where a step of this run keeps a file. */
export function artifactUri({ execution, request }: Run, state: StateName, file: string): string {
  return stepUri(request.output.uri, execution.id, state, file);
}

export async function saveRows(store: DatasetStore, uri: string, rows: Rows): Promise<string> {
  await store.write(uri, encodeRows(rows));
  return uri;
}

export async function loadRows(store: DatasetStore, uri: string): Promise<Rows> {
  return decodeRows(await store.read(uri), uri);
}

export async function saveJson(store: Pick<DatasetStore, 'write'>, uri: string, value: unknown): Promise<string> {
  await store.write(uri, new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`));
  return uri;
}

/** What `saveJson` wrote: our own artifact of the same run, so its shape is known and not checked again. */
export async function loadJson<T>(store: Pick<DatasetStore, 'read'>, uri: string): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await store.read(uri)));
}

/** Row numbers, as an artifact. */
export async function saveIndices(store: DatasetStore, uri: string, indices: Int32Array): Promise<string> {
  await store.write(uri, encodeArrays({ meta: {}, arrays: { indices } }));
  return uri;
}

/** What `saveIndices` wrote. */
export async function loadIndices(store: DatasetStore, uri: string): Promise<Int32Array> {
  const { indices } = decodeArrays(await store.read(uri), uri).arrays;
  if (!(indices instanceof Int32Array)) throw new CorruptArtifactError(`${uri}: found no row numbers in it`);
  return indices;
}
