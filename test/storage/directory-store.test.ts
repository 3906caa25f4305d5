import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  InvalidUriError,
  ObjectNotFoundError,
  StoreAccessDeniedError,
  StoreRefusedError,
  StoreUnavailableError,
} from '../../contracts/errors.ts';
import { fileUri } from '../../contracts/uri.ts';
import { DirectoryStore } from '../../storage/directory-store.ts';
import { fileError } from '../../storage/file-errors.ts';
import { openStore } from '../../storage/open-store.ts';
import { all, describeStore, pattern, text } from './store-contract.ts';

let root: string;
const store = new DirectoryStore();

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'counterpoise-stores ä-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describeStore('DirectoryStore', async () => ({ store, folder: fileUri(root) }));
describeStore('openStore with files', async () => ({ store: openStore(), folder: fileUri(root) }));

describe('DirectoryStore', () => {
  it('leaves nothing but the objects behind', async () => {
    const folder = join(root, 'clean');
    await store.write(fileUri(join(folder, 'written')), pattern(10));
    await store.createIfAbsent(fileUri(join(folder, 'created')), pattern(10));
    await store.createIfAbsent(fileUri(join(folder, 'created')), pattern(10));
    await store.publishLocalFile(fileUri(join(folder, 'published')), (path) => writeFile(path, 'x'));
    await store.publishLocalFile(fileUri(join(folder, 'failed')), () => Promise.reject(new Error())).catch(() => {});
    await mkdir(join(folder, 'taken'));
    await store.write(fileUri(join(folder, 'taken')), pattern(10)).catch(() => {});
    expect((await readdir(folder)).toSorted()).toEqual(['created', 'published', 'taken', 'written']);
  });

  it('never lists, and never hands out, what a crash left unfinished', async () => {
    const folder = join(root, 'crashed');
    const partial = '.counterpoise-partial-0b7c';
    await mkdir(join(folder, partial), { recursive: true });
    await writeFile(join(folder, partial, 'train.csv'), 'half');
    await writeFile(join(folder, `${partial}2`), 'half');
    await writeFile(join(folder, 'whole'), 'whole');
    expect(await all(store.list(fileUri(folder)))).toEqual([{ uri: fileUri(join(folder, 'whole')), bytes: 5 }]);
    const uri = fileUri(join(folder, partial, 'train.csv'));
    await expect(store.read(uri)).rejects.toThrow(
      new InvalidUriError(`${uri}: found a name that begins with .counterpoise-partial-, kept for unfinished files`),
    );
  });

  it('lends the file itself, not a copy', async () => {
    const path = join(root, 'lent.csv');
    await writeFile(path, 'a');
    expect(await store.withLocalFile(fileUri(path), async (lent) => lent)).toBe(path);
  });

  it('follows links to files, and passes over those to folders and to nothing', async () => {
    const folder = join(root, 'links');
    await mkdir(join(folder, 'sub'), { recursive: true });
    await writeFile(join(folder, 'sub', 'file'), '12345');
    await symlink(join(folder, 'sub', 'file'), join(folder, 'to-file'));
    await symlink(folder, join(folder, 'to-itself'));
    await symlink(join(folder, 'nothing'), join(folder, 'to-nothing'));
    const listed = await all(store.list(fileUri(folder)));
    expect(listed).toEqual(['sub/file', 'to-file'].map((name) => ({ uri: fileUri(join(folder, name)), bytes: 5 })));
    expect(await text(store, fileUri(join(folder, 'to-file')))).toBe('12345');
  });

  it('says what is in the way of a write', async () => {
    await mkdir(join(root, 'way', 'folder'), { recursive: true });
    await writeFile(join(root, 'way', 'file'), '');
    const folder = fileUri(join(root, 'way', 'folder'));
    await expect(store.write(folder, pattern(1))).rejects.toThrow(
      new InvalidUriError(`cannot write ${folder}: found a folder; name a file (EISDIR)`),
    );
    const below = fileUri(join(root, 'way', 'file', 'below'));
    await expect(store.write(below, pattern(1))).rejects.toThrow(
      new InvalidUriError(
        `cannot write ${below}: found a file where its path needs a folder; choose another path (EEXIST)`,
      ),
    );
    const long = fileUri(join(root, 'x'.repeat(256)));
    await expect(store.write(long, pattern(1))).rejects.toThrow(
      new InvalidUriError(
        `cannot write ${long}: found a name longer than the file system takes; shorten it (ENAMETOOLONG)`,
      ),
    );
  });

  it('says that it keeps no versions', async () => {
    const uri = fileUri(join(root, 'versioned'));
    await store.write(uri, pattern(1));
    await expect(store.describe(uri, { versionId: '7' })).rejects.toThrow(
      new ObjectNotFoundError(
        `${uri}: found version "7" asked for, but a directory keeps no versions; leave versionId out`,
      ),
    );
  });

  it('refuses the URIs of others', async () => {
    await expect(store.read('s3://bucket/key')).rejects.toThrow(
      new InvalidUriError('s3://bucket/key: found a URI of S3, needed file:///absolute/path for a directory'),
    );
  });
});

describe('errors of the file system', () => {
  const cases: [string, new (message: string) => Error, string][] = [
    ['ENOENT', ObjectNotFoundError, 'found no such file; check the spelling'],
    ['EACCES', StoreAccessDeniedError, 'found no permission; change that of the file and its folders, or the user'],
    ['EROFS', StoreAccessDeniedError, 'found a read-only file system; choose a place that can be written to'],
    ['ENOSPC', StoreRefusedError, 'found no space left on the disk; free some, or choose another disk'],
    ['EDQUOT', StoreRefusedError, 'found the disk quota used up; free some space, or choose another disk'],
    ['EIO', StoreUnavailableError, 'found a passing fault; try again'],
    ['EMFILE', StoreUnavailableError, 'found a passing fault; try again'],
  ];
  it.each(cases)('%s becomes %o', (code, Named, found) => {
    const error = Object.assign(new Error('raw'), { code, syscall: 'open' });
    expect(fileError(error, 'file:///data/a', 'write')).toEqual(
      new Named(`cannot write file:///data/a: ${found} (${code})`),
    );
  });

  it('leaves faults of the code as they are', () => {
    const fault = new TypeError('x is not a function');
    expect(fileError(fault, 'file:///data/a', 'write')).toBe(fault);
  });
});
