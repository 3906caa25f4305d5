import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResolvedRequest } from '../../../contracts/request.ts';
import { resolveStart } from '../../../contracts/start-event.ts';
import { fileUri } from '../../../contracts/uri.ts';
import { checkFiles, locationUri, shownLocation } from '../../../local/command/locations.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterpoise-locations-'));
  mkdirSync(join(folder, 'sub'));
  writeFileSync(join(folder, 'adult.data'), 'a,b\n1,2\n');
  writeFileSync(join(folder, 'train.csv'), 'a,b\n1,2\n');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function request(input: string, output = join(folder, 'out'), format: 'csv' | 'parquet' = 'csv'): ResolvedRequest {
  return resolveStart({ dataset: { uri: fileUri(input) }, output: { uri: fileUri(output), format } });
}

describe('locationUri', () => {
  it('makes a URI of a path, and leaves URIs as they are', () => {
    expect(locationUri('data/a b.csv', '/home/me', 'input')).toBe(fileUri('/home/me/data/a b.csv'));
    expect(locationUri('../x.csv', '/home/me', 'input')).toBe('file:///home/x.csv');
    expect(locationUri('s3://bucket/a/b.csv', '/home/me', 'input')).toBe('s3://bucket/a/b.csv');
  });

  it('refuses what no store knows, in the name of the argument', () => {
    expect(() => locationUri('https://x.org/a.csv', '/', 'input')).toThrow(
      'input: Found "https://x.org/a.csv", needed s3://bucket/key or file:///absolute/path',
    );
    expect(() => locationUri('', '/', '--out')).toThrow(
      '--out: found nothing, needed a path, s3://bucket/key or file:///path',
    );
  });
});

describe('shownLocation', () => {
  it('is a path from here where it lies below, else the whole of it', () => {
    expect(shownLocation(fileUri('/home/me/out/a b.csv'), '/home/me')).toBe('out/a b.csv');
    expect(shownLocation('file:///home/me', '/home/me')).toBe('.');
    expect(shownLocation('file:///data/x.csv', '/home/me')).toBe('/data/x.csv');
    expect(shownLocation('s3://bucket/x.csv', '/home/me')).toBe('s3://bucket/x.csv');
  });
});

describe('checkFiles', () => {
  it('makes the output folder, and leaves what is in S3 to the store', async () => {
    await checkFiles(request(join(folder, 'adult.data'), join(folder, 'made', 'deep')));
    await checkFiles(resolveStart({ dataset: { uri: 's3://bucket/x.csv' }, output: { uri: 's3://bucket/out' } }));
  });

  it('says that an input is missing, and which one may be meant', async () => {
    const [missing, meant] = [join(folder, 'adutl.data'), join(folder, 'adult.data')];
    await expect(checkFiles(request(missing))).rejects.toThrow(
      `input: found no file ${missing}; did you mean ${meant}?`,
    );
    await expect(checkFiles(request('/nowhere/at/all.csv'))).rejects.toThrow(
      'input: found no file /nowhere/at/all.csv',
    );
  });

  it('says that an input is a folder', async () => {
    await expect(checkFiles(request(join(folder, 'sub')))).rejects.toThrow(
      `input: found a folder at ${join(folder, 'sub')}, needed a file`,
    );
  });

  it('says that an output folder is a file, lies below one, or cannot be written to', async () => {
    const input = join(folder, 'adult.data');
    for (const output of [input, join(input, 'below')]) {
      await expect(checkFiles(request(input, output))).rejects.toThrow(
        `--out: ${output} is not a folder, or lies below a file`,
      );
    }
    await expect(checkFiles(request(input, '/proc/counterpoise'))).rejects.toThrow(
      /^--out: cannot write to \/proc\/counterpoise \(E\w+\)$/,
    );
  });

  it('refuses outputs that would overwrite the input, also by way of a link', async () => {
    const input = join(folder, 'train.csv');
    const message = `--out: the output train.csv would overwrite the input ${input}; name another folder`;
    await expect(checkFiles(request(input, folder))).rejects.toThrow(message);
    symlinkSync(folder, join(folder, 'link'));
    await expect(checkFiles(request(input, join(folder, 'link')))).rejects.toThrow(message);
    await checkFiles(request(input, folder, 'parquet'));
  });
});
