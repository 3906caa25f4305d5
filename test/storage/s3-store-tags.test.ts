import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import { openStore } from '../../storage/open-store.ts';

/** An S3 that takes everything, and notes how each object is tagged. */
const tags = new Map<string, string | undefined>();
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '', 'http://127.0.0.1');
  tags.set(decodeURIComponent(pathname).slice('/bucket/'.length), request.headers['x-amz-tagging']?.toString());
  request.resume().on('end', () => response.setHeader('ETag', '"1"').end());
});
let store: DatasetStore;

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  store = openStore({ s3: { endpoint: `http://127.0.0.1:${port}`, region: 'eu-central-1', credentials } });
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it('tags what is written as an artifact, for the lifecycle rule, and nothing else, wherever it lies', async () => {
  const bytes = new Uint8Array(1);
  const uri = (key: string) => `s3://bucket/balanced/${key}`;
  await store.write(uri('adult/runs/run-1/merge-rows/merged.table'), bytes, { artifact: true });
  const produce = (path: string) => writeFile(path, bytes);
  await store.publishLocalFile(uri('adult/runs/run-1/prepare-dataset/observed.parquet'), produce, { artifact: true });
  // Outputs of the upload incoming/runs/2026-11/fit-model.csv.
  await store.createIfAbsent(uri('runs/2026-11/fit-model/manifest.json'), bytes);
  await store.write(uri('runs/2026-11/fit-model/model.json'), bytes);
  await store.publishLocalFile(uri('runs/2026-11/fit-model/train.csv'), produce);
  expect(Object.fromEntries(tags)).toEqual({
    'balanced/adult/runs/run-1/merge-rows/merged.table': 'counterpoise=run-artifact',
    'balanced/adult/runs/run-1/prepare-dataset/observed.parquet': 'counterpoise=run-artifact',
    'balanced/runs/2026-11/fit-model/manifest.json': undefined,
    'balanced/runs/2026-11/fit-model/model.json': undefined,
    'balanced/runs/2026-11/fit-model/train.csv': undefined,
  });
});
