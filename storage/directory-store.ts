import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InvalidUriError, ObjectNotFoundError } from '../contracts/errors.ts';
import { fileUri, type Location, parseObjectUri, parseUri } from '../contracts/uri.ts';
import { InvalidArgumentError } from '../core/errors.ts';
import type { DatasetStore, ObjectDescription, ObjectEntry, PublishedObject, VersionOptions } from './dataset-store.ts';
import { fileError, hasCode } from './file-errors.ts';

/**
 * What is being written has a name that begins so, in the folder of the object that it will become. `list` never shows
 * it; what a crash leaves behind can be told by it and removed.
 */
export const PARTIAL_PREFIX = '.counterpoise-partial-';

/** Objects as files of this computer, named by `file:///absolute/path`. Folders are made where they are missing. */
export class DirectoryStore implements DatasetStore {
  async describe(uri: string, options: VersionOptions = {}): Promise<ObjectDescription> {
    const path = objectPath(uri);
    refuseVersion(uri, options);
    return { bytes: (await statObject(uri, path)).size };
  }

  async read(uri: string, options: VersionOptions = {}): Promise<Uint8Array> {
    const path = objectPath(uri);
    refuseVersion(uri, options);
    return asMissing(uri, 'read', () => readFile(path));
  }

  async write(uri: string, bytes: Uint8Array): Promise<void> {
    const path = objectPath(uri);
    await this.#viaPartial(uri, path, bytes, (partial) => rename(partial, path));
  }

  async createIfAbsent(uri: string, bytes: Uint8Array): Promise<boolean> {
    const path = objectPath(uri);
    // A hard link either takes the name with all bytes already there, or fails; `wx` would show an empty file first.
    return this.#viaPartial(uri, path, bytes, async (partial) => {
      const created = await link(partial, path).then(
        () => true,
        (error) => {
          if (hasCode(error, 'EEXIST')) return false;
          throw error;
        },
      );
      await rm(partial);
      return created;
    });
  }

  async remove(uri: string): Promise<void> {
    const path = objectPath(uri);
    try {
      await rm(path);
    } catch (error) {
      // `ERR_FS_EISDIR` is a folder: no object has that name.
      if (!hasCode(error, 'ENOENT', 'ENOTDIR', 'ERR_FS_EISDIR')) throw fileError(error, uri, 'remove');
    }
  }

  async *list(folder: string): AsyncGenerator<ObjectEntry> {
    const path = filePath(folder, parseUri(folder));
    yield* listFolder(path.endsWith('/') ? path : `${path}/`);
  }

  async withLocalFile<T>(uri: string, use: (path: string) => Promise<T>, options: VersionOptions = {}): Promise<T> {
    await this.describe(uri, options);
    return use(objectPath(uri));
  }

  async publishLocalFile<T>(uri: string, produce: (path: string) => Promise<T>): Promise<PublishedObject<T>> {
    const path = objectPath(uri);
    // A folder of its own keeps the file's name, and whatever else `produce` leaves beside it, out of sight.
    const partialFolder = partialPath(path);
    await attempt(uri, 'write', () => mkdir(partialFolder, { recursive: true }));
    try {
      const partial = join(partialFolder, basename(path));
      const result = await produce(partial);
      await attempt(uri, 'write', async () => {
        await syncProduced(uri, partial);
        await rename(partial, path);
      });
      return { result };
    } finally {
      await rm(partialFolder, { recursive: true, force: true });
    }
  }

  async #viaPartial<T>(uri: string, path: string, bytes: Uint8Array, place: (partial: string) => Promise<T>) {
    const partial = partialPath(path);
    return attempt(uri, 'write', async () => {
      await mkdir(dirname(path), { recursive: true });
      try {
        await writeSynced(partial, bytes);
        return await place(partial);
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
    });
  }
}

function objectPath(uri: string): string {
  const path = filePath(uri, parseObjectUri(uri));
  if (path.includes(`/${PARTIAL_PREFIX}`)) {
    throw new InvalidUriError(`${uri}: found a name that begins with ${PARTIAL_PREFIX}, kept for unfinished files`);
  }
  return path;
}

function filePath(uri: string, location: Location): string {
  if (location.scheme === 'file') return location.key;
  throw new InvalidUriError(`${uri}: found a URI of S3, needed file:///absolute/path for a directory`);
}

function partialPath(path: string): string {
  return join(dirname(path), `${PARTIAL_PREFIX}${randomUUID()}`);
}

function refuseVersion(uri: string, { versionId }: VersionOptions): void {
  if (versionId !== undefined) {
    throw new ObjectNotFoundError(
      `${uri}: found version "${versionId}" asked for, but a directory keeps no versions; leave versionId out`,
    );
  }
}

async function statObject(uri: string, path: string) {
  const found = await asMissing(uri, 'read', () => stat(path));
  if (found.isDirectory()) throw folderFound(uri);
  return found;
}

/** Runs `task` for a reader, to whom a folder, or a file in the place of a folder, means that there is no such object. */
async function asMissing<T>(uri: string, doing: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (hasCode(error, 'EISDIR')) throw folderFound(uri);
    if (hasCode(error, 'ENOTDIR'))
      throw new ObjectNotFoundError(
        `cannot ${doing} ${uri}: found a file where its path needs a folder; check the spelling`,
      );
    throw fileError(error, uri, doing);
  }
}

function folderFound(uri: string): ObjectNotFoundError {
  return new ObjectNotFoundError(`cannot read ${uri}: found a folder; name a file in it`);
}

async function attempt<T>(uri: string, doing: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw fileError(error, uri, doing);
  }
}

/** Writes and syncs, so that after a power cut the renamed file is not an empty one. */
async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.datasync();
  } finally {
    await file.close();
  }
}

async function syncProduced(uri: string, path: string): Promise<void> {
  const file = await open(path, 'r+').catch((error) => {
    if (!hasCode(error, 'ENOENT')) throw error;
    throw new InvalidArgumentError(`publishing ${uri}: found no file at the path that was given to be written`);
  });
  await file.datasync().finally(() => file.close());
}

/** Depth first; a folder sorts as its name with a slash, so that the order is that of whole keys. */
async function* listFolder(folder: string): AsyncGenerator<ObjectEntry> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw fileError(error, fileUri(folder), 'list');
  });
  const named = entries
    .filter((entry) => !entry.name.startsWith(PARTIAL_PREFIX))
    .map((entry) => ({ entry, key: entry.isDirectory() ? `${entry.name}/` : entry.name }));
  for (const { entry, key } of named.sort((a, b) => compareUtf8(a.key, b.key))) {
    const path = folder + key;
    if (entry.isDirectory()) yield* listFolder(path);
    else {
      const size = await fileSize(path);
      if (size !== undefined) yield { uri: fileUri(path), bytes: size };
    }
  }
}

/** Undefined for what is no file (a socket, a link to a folder or to nothing) and for what has gone meanwhile. */
async function fileSize(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ELOOP')) return undefined;
    throw fileError(error, fileUri(path), 'list');
  }
}

function compareUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
