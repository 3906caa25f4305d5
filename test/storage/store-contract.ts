import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { InvalidUriError, ObjectNotFoundError } from '../../contracts/errors.ts';
import { joinUri } from '../../contracts/uri.ts';
import { InvalidArgumentError } from '../../core/errors.ts';
import type { DatasetStore, ObjectEntry } from '../../storage/dataset-store.ts';

export interface StoreUnderTest {
  readonly store: DatasetStore;
  /** a folder that the tests may fill */
  readonly folder: string;
}

const ODD_NAMES = [
  'with space.csv',
  ' begins and ends with one ',
  'a+b.csv',
  '100%',
  '%20',
  '%2F..%2F',
  'a&b=c?d#e;f,g',
  'quotes\'"`',
  'back\\slash',
  '*[glob]?{x}',
  '$(HOME) ~ !',
  '.hidden',
  '...',
  'größe.csv',
  'gro\u0308ße, decomposed',
  '重み.parquet',
  '🎲',
  'x'.repeat(255),
];

/** What every DatasetStore must do. `open` is called once for each test. */
export function describeStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name} keeps the contract of DatasetStore`, () => {
    let store: DatasetStore;
    let folder: string;
    const at = (...segments: string[]) => joinUri(folder, ...segments);

    beforeEach(async () => {
      const opened = await open();
      store = opened.store;
      folder = joinUri(opened.folder, randomUUID());
    });

    describe('write and read', () => {
      it('give back every byte, of none and of a million', async () => {
        for (const length of [0, 1, 256, 1_000_003]) {
          const bytes = pattern(length);
          await store.write(at('object'), bytes);
          expect(equal(await store.read(at('object')), bytes), `${length} bytes`).toBe(true);
          expect((await store.describe(at('object'))).bytes).toBe(length);
        }
      });

      it('write a view of a larger buffer, not the buffer', async () => {
        await store.write(at('view'), pattern(100).subarray(10, 20));
        expect(await text(store, at('view'))).toBe(Buffer.from(pattern(100).subarray(10, 20)).toString());
      });

      it('take keys of all kinds literally', async () => {
        for (const odd of ODD_NAMES) await store.write(at(odd, odd), Buffer.from(odd));
        const listed = await all(store.list(folder));
        expect(listed.map(({ uri }) => uri)).toEqual(byUtf8(ODD_NAMES).map((odd) => at(odd, odd)));
        for (const odd of ODD_NAMES) expect(await text(store, at(odd, odd))).toBe(odd);
      });

      it('never show a reader a half-written object', async () => {
        const uri = at('contended');
        const length = 2_000_000;
        await store.write(uri, new Uint8Array(length).fill(0));
        let writing = true;
        const writer = (async () => {
          for (let i = 1; i <= 20; i++) await store.write(uri, new Uint8Array(length).fill(i));
        })().finally(() => {
          writing = false;
        });
        while (writing) {
          const bytes = await store.read(uri);
          expect(bytes.length).toBe(length);
          expect(bytes.every((byte) => byte === bytes[0])).toBe(true);
        }
        await writer;
      });
    });

    describe('createIfAbsent', () => {
      it('creates once and leaves what is there', async () => {
        expect(await store.createIfAbsent(at('lock'), Buffer.from('first'))).toBe(true);
        expect(await store.createIfAbsent(at('lock'), Buffer.from('second'))).toBe(false);
        expect(await text(store, at('lock'))).toBe('first');
      });

      it('creates again after a removal', async () => {
        await store.createIfAbsent(at('lock'), Buffer.from('first'));
        await store.remove(at('lock'));
        expect(await store.createIfAbsent(at('lock'), Buffer.from('second'))).toBe(true);
        expect(await text(store, at('lock'))).toBe('second');
      });

      it('lets one of ten win', async () => {
        const names = Array.from({ length: 10 }, (_, i) => `writer ${i}`);
        const created = await Promise.all(names.map((name) => store.createIfAbsent(at('race'), Buffer.from(name))));
        expect(names.filter((_, i) => created[i])).toEqual([await text(store, at('race'))]);
        expect((await all(store.list(folder))).map(({ uri }) => uri)).toEqual([at('race')]);
      });
    });

    describe('remove', () => {
      it('removes one object and no other', async () => {
        await store.write(at('gone'), pattern(1));
        await store.write(at('gone too', 'not'), pattern(1));
        await store.remove(at('gone'));
        expect(await all(store.list(folder))).toMatchObject([{ uri: at('gone too', 'not'), bytes: 1 }]);
      });

      it('is fine with what is not there, or is a folder of others', async () => {
        await store.write(at('a', 'b'), pattern(1));
        await store.remove(at('never'));
        await store.remove(at('never', 'was'));
        await store.remove(at('a'));
        expect(await all(store.list(folder))).toMatchObject([{ uri: at('a', 'b'), bytes: 1 }]);
      });
    });

    describe('list', () => {
      it('shows all that is below, in the order of whole keys', async () => {
        // "-" < "." < "/" and U+FF5E < U+1F3B2, though not in UTF-16.
        const names = ['a-b', 'a.csv', 'a/1', 'a/1.x', 'a/2/3/4', 'a/Z', 'a0', 'Z', 'ä', '\uff5e', '\u{1f3b2}'];
        for (const name of names.toReversed()) await store.write(at(name), pattern(name.length));
        const expected = byUtf8(names).map((name) => ({ uri: at(name), bytes: name.length }));
        expect(await all(store.list(folder))).toMatchObject(expected);
        expect(await all(store.list(`${folder}/`))).toMatchObject(expected);
      });

      it('takes a folder for a folder, not for the beginning of a name', async () => {
        for (const name of ['runs/1/a', 'runs/10/b', 'runs/1.json']) await store.write(at(name), pattern(1));
        expect(await all(store.list(at('runs', '1')))).toMatchObject([{ uri: at('runs/1/a'), bytes: 1 }]);
      });

      it('finds nothing in a folder that was never made, or below an object', async () => {
        await store.write(at('object'), pattern(1));
        expect(await all(store.list(at('never')))).toEqual([]);
        expect(await all(store.list(at('object')))).toEqual([]);
      });
    });

    describe('withLocalFile', () => {
      it('lends a file of the same name and returns what was made of it', async () => {
        await store.write(at('größe 1.csv'), Buffer.from('a,b'));
        const lent = await store.withLocalFile(at('größe 1.csv'), async (path) => [
          basename(path),
          await readFile(path, 'utf8'),
        ]);
        expect(lent).toEqual(['größe 1.csv', 'a,b']);
      });

      it('lends an empty file for an empty object', async () => {
        await store.write(at('empty'), pattern(0));
        expect(await store.withLocalFile(at('empty'), (path) => readFile(path, 'utf8'))).toBe('');
      });

      it('passes on the error of its user as it is', async () => {
        await store.write(at('object'), pattern(1));
        const error = Object.assign(new Error('mine'), { code: 'ENOENT', syscall: 'open' });
        await expect(store.withLocalFile(at('object'), () => Promise.reject(error))).rejects.toBe(error);
      });
    });

    describe('publishLocalFile', () => {
      it('makes an object of the file, over one that was there', async () => {
        await store.write(at('out.csv'), Buffer.from('old'));
        const { result } = await store.publishLocalFile(at('out.csv'), async (path) => {
          await writeFile(path, 'new');
          await writeFile(`${path}.scratch`, 'left behind');
          expect(await text(store, at('out.csv'))).toBe('old');
          return basename(path);
        });
        expect(result).toBe('out.csv');
        expect(await text(store, at('out.csv'))).toBe('new');
        expect((await all(store.list(folder))).map(({ uri }) => uri)).toEqual([at('out.csv')]);
      });

      it('makes an empty object of an empty file', async () => {
        await store.publishLocalFile(at('empty'), (path) => writeFile(path, ''));
        expect(await all(store.list(folder))).toMatchObject([{ uri: at('empty'), bytes: 0 }]);
      });

      it('publishes nothing where the making fails, and shows nothing meanwhile', async () => {
        const error = new Error('mine');
        const failing = store.publishLocalFile(at('sub', 'out.csv'), async (path) => {
          await writeFile(path, 'half');
          expect(await all(store.list(folder))).toEqual([]);
          throw error;
        });
        await expect(failing).rejects.toBe(error);
        expect(await all(store.list(folder))).toEqual([]);
      });

      it('says so where nothing was made', async () => {
        await expect(store.publishLocalFile(at('out.csv'), async () => {})).rejects.toThrow(
          new InvalidArgumentError(
            `publishing ${at('out.csv')}: found no file at the path that was given to be written`,
          ),
        );
      });
    });

    describe('errors', () => {
      it('name what is missing', async () => {
        await store.write(at('folder', 'object'), pattern(1));
        for (const uri of [at('never'), at('folder'), at('folder', 'object', 'below')]) {
          const unused = async () => 'unused';
          const tasks = [
            () => store.read(uri),
            () => store.describe(uri),
            () => store.withLocalFile<unknown>(uri, unused),
          ];
          for (const task of tasks) {
            const error: Error = await (task() as Promise<never>).catch((caught) => caught);
            expect(error, uri).toBeInstanceOf(ObjectNotFoundError);
            expect(error.message).toContain(`cannot read ${uri}: `);
          }
        }
      });

      it('refuse what names no object, and what leads out of a folder', async () => {
        for (const uri of [`${folder}/`, `${folder}/../secret`, `${folder}/a//b`, 'ftp://host/file', 'adult.csv']) {
          const tasks = [
            () => store.read(uri),
            () => store.describe(uri),
            () => store.write(uri, pattern(1)),
            () => store.createIfAbsent(uri, pattern(1)),
            () => store.remove(uri),
            () => store.withLocalFile(uri, async () => 'unused'),
            () => store.publishLocalFile(uri, (path) => writeFile(path, 'x')),
          ];
          for (const task of tasks) {
            const error = await task().catch((caught) => caught);
            expect(error, uri).toBeInstanceOf(InvalidUriError);
            expect(error.message).toContain(`Found ${JSON.stringify(uri)}`);
          }
        }
        expect(() => at('..', 'secret')).toThrow(InvalidUriError);
      });

      it('refuse a version that never was', async () => {
        await store.write(at('object'), pattern(1));
        const reading = store.read(at('object'), { versionId: 'never' });
        await expect(reading).rejects.toBeInstanceOf(ObjectNotFoundError);
      });
    });
  });
}

/** Bytes of which no two neighbouring kilobytes are the same. */
export function pattern(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8) * 17) & 0xff);
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

export async function all(entries: AsyncIterable<ObjectEntry>): Promise<ObjectEntry[]> {
  const collected: ObjectEntry[] = [];
  for await (const entry of entries) collected.push(entry);
  return collected;
}

export async function text(store: DatasetStore, uri: string): Promise<string> {
  return Buffer.from(await store.read(uri)).toString('utf8');
}

function byUtf8(names: readonly string[]): string[] {
  return names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
