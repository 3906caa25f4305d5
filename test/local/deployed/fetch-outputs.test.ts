import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileUri } from '../../../contracts/uri.ts';
import { fetchOutputs } from '../../../local/deployed/fetch-outputs.ts';
import type { VersionOptions } from '../../../storage/dataset-store.ts';
import { openStore } from '../../../storage/open-store.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterpoise-fetch-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function published(name: string, content: string, hash = sha256(content)) {
  writeFileSync(join(folder, `published-${name}`), content);
  return { name, uri: fileUri(join(folder, `published-${name}`)), bytes: content.length, sha256: hash };
}

describe('fetchOutputs', () => {
  it('copies outputs and manifest', async () => {
    const outputs = [published('train.csv', 'a\n1\n'), published('test.csv', 'a\n2\n')];
    writeFileSync(join(folder, 'manifest.json'), '{}');
    const target = join(folder, 'here');
    const fetched = await fetchOutputs(fileUri(join(folder, 'manifest.json')), outputs, target, openStore());
    expect(fetched).toEqual(['train.csv', 'test.csv', 'manifest.json'].map((name) => fileUri(join(target, name))));
    expect(readFileSync(join(target, 'train.csv'), 'utf8')).toBe('a\n1\n');
    expect(readFileSync(join(target, 'test.csv'), 'utf8')).toBe('a\n2\n');
    expect(readFileSync(join(target, 'manifest.json'), 'utf8')).toBe('{}');
  });

  it('asks for the version of each output that the manifest names, where it names one', async () => {
    writeFileSync(join(folder, 'manifest.json'), '{}');
    const outputs = [{ ...published('train.csv', 'a\n1\n'), versionId: 'v7' }, published('test.csv', 'a\n2\n')];
    const files = openStore();
    const asked: (string | undefined)[] = [];
    const versioned = Object.assign(Object.create(files), {
      read: files.read.bind(files),
      write: files.write.bind(files),
      publishLocalFile: files.publishLocalFile.bind(files),
      withLocalFile(uri: string, use: (path: string) => Promise<string>, { versionId }: VersionOptions = {}) {
        asked.push(versionId);
        return files.withLocalFile(uri, use);
      },
    });
    await fetchOutputs(fileUri(join(folder, 'manifest.json')), outputs, join(folder, 'here'), versioned);
    expect(asked).toEqual(['v7', undefined]);
  });

  it('keeps nothing that is not what the manifest describes, nor the manifest then', async () => {
    const outputs = [published('train.csv', 'a\n1\n'), published('test.csv', 'a\n2\n', sha256('a\n3\n'))];
    const target = join(folder, 'here');
    const fetching = fetchOutputs(fileUri(join(folder, 'manifest.json')), outputs, target, openStore());
    await expect(fetching).rejects.toThrow(
      `cannot fetch ${outputs[1].uri}: found the SHA-256 ${sha256('a\n2\n')}, and the manifest has ${sha256('a\n3\n')}; ` +
        'a later run may have replaced it, so fetch the outputs of that one',
    );
    expect(readdirSync(target)).toEqual(['train.csv']);
  });
});
