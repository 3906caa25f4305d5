import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { fileUri } from '../../contracts/uri.ts';

const OPEN_STORE = new URL('../../storage/open-store.ts', import.meta.url).href;

/** Reads and writes at `uri` in a process of its own, and prints the packages that this made Node load. */
const SCRIPT = `
  import { registerHooks } from 'node:module';
  const packages = new Set();
  registerHooks({
    load(url, context, next) {
      const name = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1];
      if (name) packages.add(name);
      return next(url, context);
    },
  });
  const { openStore } = await import(process.argv[1]);
  const store = openStore({ s3: { endpoint: 'http://127.0.0.1:9', region: 'us-east-1' } });
  await store.write(process.argv[2], Buffer.from('a')).catch(() => {});
  console.log(JSON.stringify([...packages]));
`;

describe('openStore', () => {
  it('loads the AWS SDK for a URI of S3, and no package at all for files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'counterpoise-open-'));
    try {
      expect(await packagesLoadedFor(fileUri(join(folder, 'a')))).toEqual([]);
      expect(await packagesLoadedFor('s3://bucket/a')).toContain('@aws-sdk/client-s3');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

async function packagesLoadedFor(uri: string): Promise<string[]> {
  const environment = { ...process.env, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  const node = ['--input-type=module', '--eval', SCRIPT, OPEN_STORE, uri];
  const { stdout } = await promisify(execFile)(process.execPath, node, { env: environment });
  return JSON.parse(stdout);
}
