import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { S3Store } from '../../storage/s3-store.ts';

/** An S3 that takes everything, and notes how each object is tagged. */
const tags = new Map<string, string | undefined>();
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '', 'http://127.0.0.1');
  tags.set(decodeURIComponent(pathname).slice('/bucket/'.length), request.headers['x-amz-tagging']?.toString());
  request.resume().on('end', () => response.setHeader('ETag', '"1"').end());
});
let store: S3Store;

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  store = new S3Store({ endpoint: `http://127.0.0.1:${port}`, region: 'eu-central-1', credentials });
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it('tags what a run leaves behind, for the lifecycle rule, and nothing else', async () => {
  const bytes = new Uint8Array(1);
  const uri = (key: string) => `s3://bucket/balanced/adult/${key}`;
  await store.write(uri('runs/run-1/merge-rows/merged.table'), bytes);
  await store.createIfAbsent(uri('runs/run-1/record-failure/manifest.json'), bytes);
  await store.publishLocalFile(uri('runs/run-1/prepare-dataset/observed.parquet'), (path) => writeFile(path, bytes));
  await store.write(uri('manifest.json'), bytes);
  await store.createIfAbsent(uri('manifest.json'), bytes);
  await store.publishLocalFile(uri('train.csv'), (path) => writeFile(path, bytes));
  expect(Object.fromEntries(tags)).toEqual({
    'balanced/adult/runs/run-1/merge-rows/merged.table': 'counterpoise=run-artifact',
    'balanced/adult/runs/run-1/record-failure/manifest.json': 'counterpoise=run-artifact',
    'balanced/adult/runs/run-1/prepare-dataset/observed.parquet': 'counterpoise=run-artifact',
    'balanced/adult/manifest.json': undefined,
    'balanced/adult/train.csv': undefined,
  });
});
