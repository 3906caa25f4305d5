import { copyFile } from 'node:fs/promises';
import { fileName, fileUri, joinUri } from '../../contracts/uri.ts';
import type { OutputFile } from '../../contracts/workflow.ts';
import { NamedError } from '../../core/errors.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import { fingerprint } from '../../storage/fingerprint.ts';

/** What was downloaded is not what the manifest describes. */
export class WrongChecksumError extends NamedError {}

/**
 * Copies the outputs of a run, and last its manifest, into a folder of this computer. A file that is not the one of the
 * manifest is not kept.
 *
 * @param folder absolute path
 * @returns URIs of the files
 * @throws WrongChecksumError, and the store's errors
 */
export async function fetchOutputs(
  manifestUri: string,
  outputs: readonly OutputFile[],
  folder: string,
  store: DatasetStore,
): Promise<string[]> {
  const fetched: string[] = [];
  for (const output of outputs) fetched.push(await fetchOutput(output, folder, store));
  const manifest = joinUri(fileUri(folder), fileName(manifestUri));
  await store.write(manifest, await store.read(manifestUri));
  return [...fetched, manifest];
}

function fetchOutput(output: OutputFile, folder: string, store: DatasetStore): Promise<string> {
  const { name, uri, sha256, versionId } = output;
  const version = versionId === undefined ? {} : { versionId };
  const target = joinUri(fileUri(folder), name);
  const copy = async (path: string) => {
    const found = await fingerprint(path);
    if (found.sha256 !== sha256) {
      throw new WrongChecksumError(
        `cannot fetch ${uri}: found the SHA-256 ${found.sha256}, and the manifest has ${sha256}; ` +
          'a later run may have replaced it, so fetch the outputs of that one',
      );
    }
    await store.publishLocalFile(target, (partial) => copyFile(path, partial));
    return target;
  };
  return store.withLocalFile(uri, copy, version);
}
