import { writeFile } from 'node:fs/promises';
import { joinUri } from '../../contracts/uri.ts';
import type { OutputFile } from '../../contracts/workflow.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import { fingerprint } from '../../storage/fingerprint.ts';
import { jsonBytes } from '../artifacts.ts';

/** One file of the output location. */
export interface Output {
  readonly name: string;
  /** makes it at this path of this computer */
  readonly write: (path: string) => Promise<void>;
}

/**
 * Makes all files, and only then publishes them, so that none appears where another cannot be made.
 *
 * @param folder the URI of the output location
 * @param ready called when all are made and before the first appears, with their URIs
 */
export async function publishTogether(
  store: DatasetStore,
  folder: string,
  outputs: readonly Output[],
  ready: (uris: readonly string[]) => Promise<void>,
): Promise<OutputFile[]> {
  const uris = outputs.map(({ name }) => joinUri(folder, name));
  const publishFrom = async (index: number): Promise<OutputFile[]> => {
    if (index === outputs.length) {
      await ready(uris);
      return [];
    }
    const { name, write } = outputs[index];
    const uri = uris[index];
    const { result, ...version } = await store.publishLocalFile(uri, async (path) => {
      await write(path);
      return { content: await fingerprint(path), others: await publishFrom(index + 1) };
    });
    return [{ name, uri, ...result.content, ...version }, ...result.others];
  };
  return publishFrom(0);
}

/** Writes a copy of an artifact. */
export function bytesOf(store: DatasetStore, uri: string): Output['write'] {
  return async (path) => writeFile(path, await store.read(uri));
}

/** Writes a value as JSON. */
export function jsonOf(value: unknown): Output['write'] {
  return (path) => writeFile(path, jsonBytes(value));
}
