import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ADULT_SHA256, ADULT_URL, type AdultSource, adultSource, locateAdult } from '../../paper/adult.ts';
import { temporaryFolder } from '../functions/run.ts';

const TEXT = '39, State-gov, 77516, <=50K\n';
const sha256 = createHash('sha256').update(TEXT).digest('hex');

function sourceServing(answer: () => Response | Promise<Response>): AdultSource & { fetched: string[] } {
  const folder = temporaryFolder();
  const fetched: string[] = [];
  return {
    fetched,
    neighbour: join(folder, 'beside', 'adult.data'),
    cacheFolder: join(folder, 'cache'),
    sha256,
    fetch: async (url) => {
      fetched.push(String(url));
      return answer();
    },
  };
}

const nothing = () => new Response('gone', { status: 404 });

function put(path: string, text: string): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

describe('locateAdult', () => {
  it('takes the file asked for where its bytes are the source’s', async () => {
    const source = sourceServing(nothing);
    const asked = put(join(source.cacheFolder, 'mine.csv'), TEXT);
    expect(await locateAdult(asked, source)).toBe(asked);
  });

  it('refuses the file asked for where its bytes are others', async () => {
    const source = sourceServing(nothing);
    const asked = put(join(source.cacheFolder, 'mine.csv'), 'other');
    const other = createHash('sha256').update('other').digest('hex');
    await expect(locateAdult(asked, source)).rejects.toThrow(
      `${asked}: found 5 bytes with SHA-256 ${other}, needed UCI Adult's adult.data with SHA-256 ${sha256}. ` +
        'Name the unchanged adult.data, or leave --data out.',
    );
    await expect(locateAdult(`${asked}.gz`, source)).rejects.toThrow(`${asked}.gz: found no such file.`);
  });

  it('takes the file beside the project before the cache, and verifies it too', async () => {
    const source = sourceServing(nothing);
    put(join(source.cacheFolder, 'adult.data'), TEXT);
    put(source.neighbour, TEXT);
    expect(await locateAdult(undefined, source)).toBe(source.neighbour);
    put(source.neighbour, 'other');
    await expect(locateAdult(undefined, source)).rejects.toThrow('Name the unchanged adult.data with --data.');
  });

  it('fetches once into the cache', async () => {
    const source = sourceServing(() => new Response(TEXT));
    const path = await locateAdult(undefined, source);
    expect(readFileSync(path, 'utf8')).toBe(TEXT);
    expect(await locateAdult(undefined, source)).toBe(path);
    expect(source.fetched).toEqual([ADULT_URL]);
    expect(readdirSync(source.cacheFolder)).toEqual(['adult.data']);
  });

  it('does not fetch over a cached file with other bytes, which may be somebody’s', async () => {
    const source = sourceServing(() => new Response(TEXT));
    put(join(source.cacheFolder, 'adult.data'), 'other');
    await expect(locateAdult(undefined, source)).rejects.toThrow('Delete that file: it is then fetched again.');
    expect(source.fetched).toEqual([]);
  });

  it('refuses a fetched file with other bytes, and leaves nothing of it', async () => {
    const source = sourceServing(() => new Response('<html>moved</html>'));
    await expect(locateAdult(undefined, source)).rejects.toThrow('The archive serves another file than it did');
    expect(readdirSync(source.cacheFolder)).toEqual([]);
  });

  it('says what to do without a network, or where the archive has no such file', async () => {
    const offline = sourceServing(() => {
      throw new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND archive.ics.uci.edu') });
    });
    await expect(locateAdult(undefined, offline)).rejects.toThrow(
      `${ADULT_URL} cannot be fetched (fetch failed: getaddrinfo ENOTFOUND archive.ics.uci.edu). ` +
        'Fetch adult.data where there is a network and name it with --data <path>.',
    );
    expect(existsSync(join(offline.cacheFolder, 'adult.data'))).toBe(false);
    await expect(locateAdult(undefined, sourceServing(nothing))).rejects.toThrow('cannot be fetched (HTTP status 404)');
  });
});

describe('adultSource', () => {
  it('caches where the environment says', () => {
    expect(adultSource({ XDG_CACHE_HOME: '/var/caches' })).toMatchObject({
      cacheFolder: '/var/caches/counterpoise',
      sha256: ADULT_SHA256,
    });
    expect(adultSource({}).cacheFolder).toMatch(/\/\.cache\/counterpoise$/);
  });
});
