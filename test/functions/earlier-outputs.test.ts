import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OutputTakenError, SupersededError } from '../../contracts/errors.ts';
import type { SucceededManifest } from '../../contracts/manifest.ts';
import { resolveStart } from '../../contracts/start-event.ts';
import { fileUri } from '../../contracts/uri.ts';
import type { Workflow } from '../../contracts/workflow.ts';
import { withdrawEarlier } from '../../functions/publish-dataset/earlier-outputs.ts';
import { DirectoryStore } from '../../storage/directory-store.ts';
import { hashes, readManifest, rebalance, temporaryFolder } from './run.ts';
import { paymentsTable } from './tables.ts';

const NOON = '2026-11-01T12:00:00Z';
/** SHA-256 of what the table was when the outputs were made, and of another content. */
const [CONTENT, ANOTHER] = ['1'.repeat(64), '2'.repeat(64)];
const EARLIER = '2026-11-01T13:59:59+02:00';
const LATER = '2026-11-01T14:00:01+02:00';
let published: Promise<SucceededManifest> | undefined;

/** A folder that has `balanced/adult/` with the outputs of adult.csv, published by the execution `first` at noon. */
async function publishedOf(table = 'adult.csv') {
  const folder = temporaryFolder();
  const store = new DirectoryStore();
  const uri = (...names: string[]) => fileUri(join(folder, ...names));
  const output = { name: 'train.csv', uri: uri('balanced/adult/train.csv'), bytes: 1, sha256: '0'.repeat(64) };
  published ??= rebalance(paymentsTable()).then(({ out }) => readManifest(out));
  const real = await published;
  const manifest = {
    ...real,
    execution: { id: 'first', startedAt: NOON },
    input: { ...real.input, sha256: CONTENT, uri: uri(table) },
    outputs: [output],
  };
  await store.write(uri('balanced/adult/manifest.json'), new TextEncoder().encode(JSON.stringify(manifest)));
  await store.write(output.uri, new Uint8Array(1));
  const withdraw = (
    dataset: string,
    more: { id?: string; startedAt?: string; output?: string; sha256?: string } = {},
  ) => {
    const { id = 'second', startedAt = LATER, output: asked, sha256 = ANOTHER } = more;
    const request = resolveStart({ dataset: { uri: uri(dataset) }, ...(asked ? { output: { uri: uri(asked) } } : {}) });
    const prepared = { input: { bytes: 1, sha256 } } as Workflow['prepared'];
    return withdrawEarlier({ request, execution: { id, startedAt }, prepared }, store, []);
  };
  const left = async () => Object.keys(await hashes(join(folder, 'balanced')));
  return { withdraw, left, uri };
}

const WHOLE = ['adult/manifest.json', 'adult/train.csv'];

describe('outputs that are there already', () => {
  it('are taken back for a later run of the same table', async () => {
    const { withdraw, left } = await publishedOf();
    await withdraw('adult.csv');
    expect(await left()).toEqual([]);
  });

  it('stay where they are those of another table, whose location is this one’s only by its name', async () => {
    const { withdraw, left, uri } = await publishedOf();
    await expect(withdraw('adult.parquet')).rejects.toThrow(
      new OutputTakenError(
        `${uri('adult.parquet')}: found its output location ${uri('balanced/adult')} taken by ${uri('adult.csv')}, needed ` +
          'one of its own; name another output.uri in the settings of one of them, or, where the other table is gone for ' +
          'good, remove the manifest.json there',
      ),
    );
    // To name the very place is no way round.
    await expect(withdraw('adult.parquet', { output: 'balanced/adult/' })).rejects.toBeInstanceOf(OutputTakenError);
    expect(await left()).toEqual(WHOLE);
  });

  it('are taken back for the same table in a folder that was moved', async () => {
    const { withdraw, left } = await publishedOf('where it was/adult.csv');
    await withdraw('adult.csv');
    expect(await left()).toEqual([]);
  });

  it('are taken back for another table where a request names their location', async () => {
    const { withdraw, left } = await publishedOf('2026-10/adult.csv');
    await withdraw('2026-11/adult.csv', { output: 'balanced/adult' });
    expect(await left()).toEqual([]);
  });

  it('stay where the run that made them started later, on another content, whatever the offset of its time', async () => {
    const { withdraw, left, uri } = await publishedOf();
    await expect(withdraw('adult.csv', { startedAt: EARLIER })).rejects.toThrow(
      new SupersededError(
        `${uri('balanced/adult')}: found outputs of ${uri('adult.csv')} with another content, by the execution first, which ` +
          `started at ${NOON}, after this one at ${EARLIER}; they stay. To have this request's in their place, start it again`,
      ),
    );
    expect(await left()).toEqual(WHOLE);
  });

  it.each([
    ['the same run, which is tried again', { id: 'first', startedAt: NOON, sha256: CONTENT }],
    ['one that started at the same time', { startedAt: NOON }],
    ['one that started earlier, on the same content', { startedAt: EARLIER, sha256: CONTENT }],
  ])('are taken back for %s', async (_, execution) => {
    const { withdraw, left } = await publishedOf();
    await withdraw('adult.csv', execution);
    expect(await left()).toEqual([]);
  });
});

it('a run that a later one overtook fails, and leaves what that published as it was', async () => {
  const table = paymentsTable();
  const { out, folder } = await rebalance(table);
  const { input, ...manifest } = await readManifest(out);
  const execution = { id: 'newer', startedAt: '2999-01-01T00:00:00Z' };
  const newer = { ...manifest, execution, input: { ...input, sha256: ANOTHER } };
  await writeFile(join(out, 'manifest.json'), JSON.stringify(newer));
  const outputs = async () =>
    Object.fromEntries(Object.entries(await hashes(out)).filter(([path]) => !path.startsWith('runs/')));
  const before = await outputs();
  const { outcome } = await rebalance(table, { seed: 1 }, { folder });
  expect(outcome).toMatchObject({ status: 'failed', error: 'SupersededError' });
  expect(await outputs()).toEqual(before);
});
