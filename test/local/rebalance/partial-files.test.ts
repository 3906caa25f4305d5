import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fileUri } from '../../../contracts/uri.ts';
import { removePartialFiles } from '../../../local/rebalance/partial-files.ts';
import { PARTIAL_PREFIX } from '../../../storage/directory-store.ts';

it('removes what one run had begun to write, and nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterpoise-partial-'));
  const step = (run: string) => join(folder, 'runs', run, 'prepare-dataset');
  for (const run of ['local-a', 'local-b']) {
    mkdirSync(step(run), { recursive: true });
    writeFileSync(join(step(run), 'observed.parquet'), 'whole');
    writeFileSync(join(step(run), `${PARTIAL_PREFIX}1`), 'par');
  }
  await removePartialFiles(fileUri(folder), 'local-a');
  expect(readdirSync(step('local-a'))).toEqual(['observed.parquet']);
  expect(readdirSync(step('local-b')).toSorted()).toEqual([`${PARTIAL_PREFIX}1`, 'observed.parquet']);
  await removePartialFiles(fileUri(join(folder, 'none')), 'local-a');
  await removePartialFiles('s3://bucket/out', 'local-a');
  rmSync(folder, { recursive: true, force: true });
});
