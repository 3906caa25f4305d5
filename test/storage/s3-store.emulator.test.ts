import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname } from 'node:path';
import {
  CreateBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import {
  InvalidUriError,
  ObjectNotFoundError,
  StoreAccessDeniedError,
  StoreUnavailableError,
} from '../../contracts/errors.ts';
import { joinUri } from '../../contracts/uri.ts';
import { openStore } from '../../storage/open-store.ts';
import { S3Store } from '../../storage/s3-store.ts';
import { type Cut, type CuttingProxy, startCuttingProxy } from '../emulator/cutting-proxy.ts';
import { all, describeStore, equal, pattern, text } from './store-contract.ts';

const emulator = inject('emulator');
const endpoint = 'endpoint' in emulator ? emulator.endpoint : 'http://127.0.0.1:9';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const options = { endpoint, region: 'us-east-1', credentials };
const MEBIBYTE = 1024 * 1024;
const BUSY = '<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>';
const SLOW_DOWN = `HTTP/1.1 503 Slow Down\r\nconnection: close\r\ncontent-length: ${BUSY.length}\r\n\r\n${BUSY}`;

// Why it is skipped was printed by the global setup.
describe.skipIf('missing' in emulator)('S3', () => {
  const client = new S3Client({ ...options, forcePathStyle: true });
  const store = new S3Store(options);
  const bucket = `counterpoise-${randomUUID()}`;
  const folder = `s3://${bucket}/stores`;
  const at = (...segments: string[]) => joinUri(folder, ...segments);

  beforeAll(async () => {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  });

  describeStore('S3Store', async () => ({ store, folder }));
  describeStore('openStore with S3', async () => ({ store: openStore({ s3: options }), folder }));

  describe('large and many', () => {
    it('writes 20 MiB in parts and lends them as a file, read in parts', async () => {
      const bytes = pattern(20 * MEBIBYTE + 1);
      await store.write(at('large', 'written.bin'), bytes);
      expect(await partsOf('stores/large/written.bin')).toBe(3);
      const same = await store.withLocalFile(at('large', 'written.bin'), async (path) =>
        equal(await readFile(path), bytes),
      );
      expect(same).toBe(true);
    });

    it('publishes a file of 12 MiB in parts', async () => {
      const bytes = pattern(12 * MEBIBYTE);
      await store.publishLocalFile(at('large', 'published.bin'), (path) => writeFile(path, bytes));
      expect(await partsOf('stores/large/published.bin')).toBe(2);
      expect(equal(await store.read(at('large', 'published.bin')), bytes)).toBe(true);
    });

    it('lists more keys than a page of 1,000 holds, in order, and leaves out the console’s folders', async () => {
      const names = Array.from({ length: 1005 }, (_, i) => `${i}`.padStart(4, '0'));
      await inGroups(names, 50, (name) => store.write(at('many', name), new Uint8Array(Number(name) % 3)));
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'stores/many/0500/', Body: new Uint8Array(0) }));
      const expected = names.map((name) => ({ uri: at('many', name), bytes: Number(name) % 3 }));
      expect(await all(store.list(at('many')))).toMatchObject(expected);
    });

    it('lists what tells one content from another', async () => {
      for (const [name, content] of Object.entries({ a: 'same', b: 'same', c: 'other' })) {
        await store.write(at('etags', name), Buffer.from(content));
      }
      const [a, b, c] = (await all(store.list(at('etags')))).map(({ etag }) => etag);
      expect(a).toEqual(expect.stringMatching(/./));
      expect(b).toBe(a);
      expect(c).not.toBe(a);
    });

    it('leaves no temporary file behind', async () => {
      await store.write(at('lent'), pattern(10));
      const folderOf = (path: string) => Promise.resolve(basename(dirname(path)));
      const lent = await store.withLocalFile(at('lent'), folderOf);
      const failed = await store.publishLocalFile(at('made'), folderOf).catch(() => 'failed');
      expect(failed).toBe('failed');
      expect(await readdir(tmpdir())).not.toContain(lent);
    });
  });

  describe('update', () => {
    it('makes an object, changes one, and loses neither of two changes at the same time', async () => {
      const append = (more: string) => (bytes?: Uint8Array) =>
        Buffer.concat([bytes ?? Buffer.from(''), Buffer.from(more)]);
      await store.update(at('updated'), append('a'));
      await store.update(at('updated'), append('b'));
      expect(await text(store, at('updated'))).toBe('ab');
      await Promise.all([store.update(at('updated'), append('c')), store.update(at('updated'), append('d'))]);
      expect((await text(store, at('updated'))).split('').sort()).toEqual(['a', 'b', 'c', 'd']);
    });
  });

  describe('versions', () => {
    const versioned = `counterpoise-versioned-${randomUUID()}`;

    beforeAll(async () => {
      await client.send(new CreateBucketCommand({ Bucket: versioned }));
      const VersioningConfiguration = { Status: 'Enabled' } as const;
      await client.send(new PutBucketVersioningCommand({ Bucket: versioned, VersioningConfiguration }));
    });

    it('are read as they were', async () => {
      const uri = `s3://${versioned}/incoming/a.csv`;

      await store.write(uri, Buffer.from('first'));
      const first = await store.describe(uri);
      await store.write(uri, Buffer.from('second, longer'));
      expect(first.versionId).toEqual(expect.stringMatching(/./));
      expect(first).toEqual({ bytes: 'first'.length, versionId: first.versionId });
      const old = { versionId: first.versionId as string };

      expect(await text(store, uri)).toBe('second, longer');
      expect(Buffer.from(await store.read(uri, old)).toString()).toBe('first');
      expect(await store.describe(uri, old)).toEqual(first);
      expect(await store.withLocalFile(uri, (path) => readFile(path, 'utf8'), old)).toBe('first');
      await expect(store.read(uri, { versionId: randomUUID() })).rejects.toBeInstanceOf(ObjectNotFoundError);

      await store.remove(uri);
      await expect(store.read(uri)).rejects.toBeInstanceOf(ObjectNotFoundError);
      expect(Buffer.from(await store.read(uri, old)).toString()).toBe('first');
    });

    it.each([
      ['whole', 1],
      ['in parts', 9 * MEBIBYTE],
    ])('are named to who publishes a file, %s', async (name, length) => {
      const uri = `s3://${versioned}/${name}`;
      const { versionId } = await store.publishLocalFile(uri, (path) => writeFile(path, pattern(length)));
      expect(versionId).toEqual(expect.stringMatching(/./));
      await store.write(uri, Buffer.from('another'));
      expect(equal(await store.read(uri, { versionId: versionId as string }), pattern(length))).toBe(true);
    });

    it('are not made up where the bucket keeps none', async () => {
      expect(await store.publishLocalFile(at('plain'), (path) => writeFile(path, 'x'))).toEqual({ result: undefined });
    });
  });

  describe('what is wrong', () => {
    it('names a bucket that does not exist', async () => {
      const uri = `s3://no-such-${bucket}/key`;
      const advice = "check the bucket's name, and that it is in this account or shared";
      const tasks: [string, () => Promise<unknown>][] = [
        ['read', () => store.read(uri)],
        ['read', () => store.describe(uri)],
        ['read', () => store.withLocalFile(uri, async () => 'unused')],
        ['write', () => store.write(uri, pattern(1))],
        ['write', () => store.createIfAbsent(uri, pattern(1))],
        ['write', () => store.publishLocalFile(uri, (path) => writeFile(path, 'x'))],
        ['list', () => all(store.list(uri))],
      ];
      for (const [doing, task] of tasks) {
        await expect(task()).rejects.toThrow(
          new ObjectNotFoundError(
            `cannot ${doing} ${uri}: S3 answered 404 NoSuchBucket, The specified bucket does not exist; ${advice}`,
          ),
        );
      }
    });

    it('names a key that does not exist', async () => {
      const advice = 'check the key and the version, character for character';
      await expect(store.describe(at('never'))).rejects.toThrow(
        new ObjectNotFoundError(
          `cannot read ${at('never')}: S3 answered 404 NoSuchKey, The specified key does not exist.; ${advice}`,
        ),
      );
    });

    it('names what another account keeps to itself', async () => {
      await store.write(at('private'), pattern(1));
      const stranger = new S3Store({ ...options, credentials: { ...credentials, accessKeyId: '111111111111' } });
      const found = 'S3 answered 403 AccessDenied, Access Denied';
      const advice =
        'check credentials and permissions; without s3:ListBucket a missing object is answered like this too';
      const tasks: [string, string, () => Promise<unknown>][] = [
        ['read', at('private'), () => stranger.read(at('private'))],
        ['read', at('private'), () => stranger.describe(at('private'))],
        ['read', at('private'), () => stranger.withLocalFile(at('private'), async () => 'unused')],
        ['write', at('private'), () => stranger.write(at('private'), pattern(2))],
        ['write', at('private'), () => stranger.write(at('private'), pattern(12 * MEBIBYTE))],
        ['write', at('private'), () => stranger.createIfAbsent(at('private'), pattern(2))],
        ['remove', at('private'), () => stranger.remove(at('private'))],
        ['list', folder, () => all(stranger.list(folder))],
      ];
      for (const [doing, uri, task] of tasks) {
        await expect(task()).rejects.toThrow(new StoreAccessDeniedError(`cannot ${doing} ${uri}: ${found}; ${advice}`));
      }
      expect(equal(await store.read(at('private')), pattern(1))).toBe(true);
    });

    it('refuses the URIs of others', async () => {
      await expect(store.read('file:///a')).rejects.toThrow(
        new InvalidUriError('file:///a: found a URI of a file, needed s3://bucket/key for S3'),
      );
    });
  });

  /** The ETag of an object that came in parts ends with their number. */
  async function partsOf(Key: string): Promise<number> {
    const { ETag = '' } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key }));
    return Number(/-(\d+)"$/.exec(ETag)?.[1] ?? 1);
  }

  async function unfinishedUploads(): Promise<string[]> {
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    return Uploads.map(({ Key = '' }) => Key);
  }

  describe('a connection that breaks', () => {
    let proxy: CuttingProxy | undefined;
    afterEach(async () => {
      vi.restoreAllMocks();
      await proxy?.stop();
    });

    async function through(cutOf: (connection: number) => Cut): Promise<S3Store> {
      proxy = await startCuttingProxy(endpoint, cutOf);
      return new S3Store({ ...options, endpoint: proxy.endpoint });
    }

    it('in every body read: is an error, never a shorter object', async () => {
      await store.write(at('cut', 'read'), pattern(MEBIBYTE));
      const cut = await through(() => ({ answerBytes: 100_000 }));
      const reading = cut.read(at('cut', 'read'));
      await expect(reading).rejects.toBeInstanceOf(StoreUnavailableError);
      await expect(reading).rejects.toThrow(/^cannot read s3:.*: found no whole answer from S3 .*; try again$/);
      expect(proxy?.connections).toBe(3);
    });

    it('in one body read: is overcome', async () => {
      await store.write(at('cut', 'once'), pattern(MEBIBYTE));
      const cut = await through((connection) => (connection === 1 ? { answerBytes: 100_000 } : {}));
      expect(equal(await cut.read(at('cut', 'once')), pattern(MEBIBYTE))).toBe(true);
    });

    it('in a download: lends no file', async () => {
      await store.write(at('cut', 'download'), pattern(MEBIBYTE));
      const cut = await through(() => ({ answerBytes: 100_000 }));
      let lent = false;
      const lending = cut.withLocalFile(at('cut', 'download'), async () => {
        lent = true;
      });
      await expect(lending).rejects.toBeInstanceOf(StoreUnavailableError);
      expect(lent).toBe(false);
    });

    it('in every write: leaves what was there', async () => {
      await store.write(at('cut', 'write'), Buffer.from('before'));
      const cut = await through(() => ({ requestBytes: 100_000 }));
      for (const size of [MEBIBYTE, 20 * MEBIBYTE]) {
        await expect(cut.write(at('cut', 'write'), pattern(size))).rejects.toBeInstanceOf(StoreUnavailableError);
      }
      expect(await text(store, at('cut', 'write'))).toBe('before');
      expect(await unfinishedUploads()).toEqual([]);
    });

    it('in one part of an upload: is overcome', async () => {
      const bytes = pattern(20 * MEBIBYTE);
      const cut = await through((connection) => (connection === 2 ? { requestBytes: 100_000 } : {}));
      await cut.publishLocalFile(at('cut', 'parts'), (path) => writeFile(path, bytes));
      expect(equal(await store.read(at('cut', 'parts')), bytes)).toBe(true);
      expect(await unfinishedUploads()).toEqual([]);
    });

    it('in the answer to a part of an upload: leaves no part behind', async () => {
      const cut = await through((connection) => (connection > 1 ? { answerBytes: 1 } : {}));
      const publishing = cut.publishLocalFile(at('cut', 'lost'), (path) => writeFile(path, pattern(20 * MEBIBYTE)));
      await expect(publishing).rejects.toBeInstanceOf(StoreUnavailableError);
      await expect(store.read(at('cut', 'lost'))).rejects.toBeInstanceOf(ObjectNotFoundError);
    });

    it('that damages a byte of every body read: is an error', async () => {
      await store.write(at('damaged', 'read'), pattern(MEBIBYTE));
      const damaging = await through(() => ({ answerFlips: 500_000 }));
      await expect(damaging.read(at('damaged', 'read'))).rejects.toThrow(
        /^cannot read s3:.*: found no whole answer from S3 \(.*Checksum mismatch.*\); try again$/,
      );
    });

    it('that damages a byte of a body written: leaves what was there', async () => {
      await store.write(at('damaged', 'write'), Buffer.from('before'));
      const damaging = await through(() => ({ requestFlips: 500_000 }));
      const tasks = [
        () => damaging.write(at('damaged', 'write'), pattern(MEBIBYTE)),
        () => damaging.write(at('damaged', 'write'), pattern(20 * MEBIBYTE)),
        () => damaging.createIfAbsent(at('damaged', 'new'), pattern(MEBIBYTE)),
        () => damaging.publishLocalFile(at('damaged', 'write'), (path) => writeFile(path, pattern(MEBIBYTE))),
      ];
      for (const task of tasks) await expect(task()).rejects.toThrow(/S3 answered 400 /);
      expect(await text(store, at('damaged', 'write'))).toBe('before');
      await expect(store.read(at('damaged', 'new'))).rejects.toBeInstanceOf(ObjectNotFoundError);
      expect(await unfinishedUploads()).toEqual([]);
    });

    it('that is throttled: is tried again, each time after a longer wait', async () => {
      await store.write(at('throttled'), pattern(10));
      // The waits are drawn from a range that doubles; this makes them a tenth of it.
      vi.spyOn(Math, 'random').mockReturnValue(0.1);
      const busy = await through((connection) => (connection <= 3 ? { answer: SLOW_DOWN } : {}));
      expect(equal(await busy.read(at('throttled')), pattern(10))).toBe(true);
      const [first, second, third, fourth] = proxy?.arrivals ?? [];
      expect(proxy?.connections).toBe(4);
      expect(second - first).toBeGreaterThanOrEqual(0.1 * 1000 - 5);
      expect(third - second).toBeGreaterThanOrEqual(0.1 * 2000 - 5);
      expect(fourth - third).toBeGreaterThanOrEqual(0.1 * 4000 - 5);
    });

    it('that is throttled all the time: is given up', async () => {
      vi.spyOn(Math, 'random').mockReturnValue(0.01);
      const busy = await through(() => ({ answer: SLOW_DOWN }));
      await expect(busy.write(at('throttled', 'write'), pattern(10))).rejects.toThrow(
        new StoreUnavailableError(
          `cannot write ${at('throttled', 'write')}: S3 answered 503 SlowDown, Please reduce your request rate.; try again`,
        ),
      );
      expect(proxy?.connections).toBe(5);
    });

    it('before the answer to a conditional create: the retry knows its own object', async () => {
      const cut = await through((connection) => (connection === 1 ? { answerBytes: 1 } : {}));
      expect(await cut.createIfAbsent(at('cut', 'own'), Buffer.from('mine'))).toBe(true);
      expect(proxy?.connections).toBeGreaterThan(1);
      expect(await cut.createIfAbsent(at('cut', 'own'), Buffer.from('other'))).toBe(false);
    });
  });
});

async function inGroups<T>(items: readonly T[], size: number, run: (item: T) => Promise<void>): Promise<void> {
  for (let i = 0; i < items.length; i += size) await Promise.all(items.slice(i, i + size).map(run));
}
