import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StoreUnavailableError, UnreadableTableError } from '../../contracts/errors.ts';
import { failedManifestSchema } from '../../contracts/manifest.ts';
import { STATES } from '../../contracts/states.ts';
import { failingStep, hashes, readManifest, rebalance } from './run.ts';
import { paymentsTable } from './tables.ts';

const table = paymentsTable();

describe('a step that fails', () => {
  it('twice because the store was away, and then works: the run goes well', async () => {
    const steps = failingStep(STATES.selectRows, new StoreUnavailableError('the store did not answer'), 2);
    const { outcome, out } = await rebalance(table, {}, { steps });
    expect(outcome.status).toBe('succeeded');
    expect((await readManifest(out)).status).toBe('succeeded');
  });

  it.each([STATES.prepareDataset, STATES.trainGenerator, STATES.trainDiscriminator, STATES.publishDataset])(
    '%s, for good: the run ends in Fail, the manifest says why, and nothing is published',
    async (state) => {
      const steps = failingStep(state, new StoreUnavailableError('the store did not answer'));
      const { outcome, out } = await rebalance(table, { seed: 5 }, { steps });
      expect(outcome).toMatchObject({
        status: 'failed',
        error: 'StoreUnavailableError',
        cause: 'the store did not answer',
      });
      const manifest = failedManifestSchema.parse(await readManifest(out));
      expect(manifest.failure).toEqual({ error: 'StoreUnavailableError', cause: 'the store did not answer' });
      expect(manifest.request).toMatchObject({ seed: 5 });
      expect((await readdir(out)).sort()).toEqual(['manifest.json', 'runs']);
    },
  );

  it('says no more than Step Functions takes; the record has all of it', async () => {
    const long = `${'x'.repeat(32_767)}\u{1f3b2}${'y'.repeat(1000)}`;
    const steps = failingStep(STATES.prepareDataset, new UnreadableTableError(long));
    const { outcome, out } = await rebalance(table, {}, { steps });
    expect(outcome).toMatchObject({ status: 'failed', cause: `${'x'.repeat(32_767)}\ufffd` });
    expect((await readManifest(out)).failure.cause).toBe(long);
  });

  it('leaves what an earlier run published as it was, manifest included', async () => {
    const { out, folder } = await rebalance(table);
    const published = async () => {
      const { 'manifest.json': manifest, 'train.csv': train, 'test.csv': test } = await hashes(out);
      return { manifest, train, test };
    };
    const before = await published();
    const { outcome } = await rebalance('a,label\n1,x\n', {}, { folder });
    expect(outcome.status).toBe('failed');
    expect(await published()).toEqual(before);
    const recorded = Object.keys(await hashes(out)).filter((path) => path.includes('record-failure'));
    expect(recorded).toEqual(['runs/test/record-failure/manifest.json']);
  });

  it('a failure takes the place of an earlier failure', async () => {
    const { folder, out } = await rebalance('a,label\n1,x\n');
    await rebalance('a,label\n', {}, { folder });
    expect((await readManifest(out)).failure.error).toBe('EmptyTableError');
  });

  it('a manifest that is cut short stands in the way of neither a failure nor a success', async () => {
    const { folder, out } = await rebalance('a,label\n1,x\n');
    const cut = () => writeFile(join(out, 'manifest.json'), '{ "status": "succ');
    await cut();
    await rebalance('a,label\n', {}, { folder });
    expect((await readManifest(out)).failure.error).toBe('EmptyTableError');
    await cut();
    await rebalance(table, {}, { folder });
    expect((await readManifest(out)).status).toBe('succeeded');
  });

  it('a run in another format takes back the files that it does not replace', async () => {
    const { folder, out } = await rebalance(table);
    await writeFile(join(out, 'notes.txt'), 'mine');
    await rebalance(table, { output: { format: 'parquet' } }, { folder });
    expect((await readdir(out)).sort()).toEqual([
      'domain.json',
      'manifest.json',
      'model.json',
      'notes.txt',
      'provenance.parquet',
      'report.html',
      'report.json',
      'runs',
      'test.parquet',
      'train.parquet',
      'weights.json',
    ]);
  });
});

describe('tables that cannot be rebalanced', () => {
  const rows = (count: number, label: string) =>
    Array.from({ length: count }, (_, row) => `${row % 7},${label}`).join('\n');

  it.each<[string, string, Parameters<typeof rebalance>[1], string, string]>([
    [
      'one class',
      `a,label\n${rows(30, 'x')}\n`,
      {},
      'UnsupportedTargetError',
      'found 1 labels, "x" (30 rows); needed two',
    ],
    [
      'three classes',
      `a,label\n${rows(30, 'x')}\n${rows(20, 'y')}\n${rows(9, 'z')}\n`,
      {},
      'UnsupportedTargetError',
      'column "label": found 3 labels, "x" (30 rows), "y" (20 rows), "z" (9 rows); needed two',
    ],
    [
      'no rarer class',
      `a,label\n${rows(30, 'x')}\n${rows(30, 'y')}\n`,
      {},
      'UnsupportedTargetError',
      'needed a rarer label, or name one',
    ],
    [
      'a row without a label',
      `a,label\n${rows(30, 'x')}\n3,\n${rows(10, 'y')}\n`,
      {},
      'UnsupportedTargetError',
      'found no label in data row 31, needed one in every row',
    ],
    [
      'a label column that is not there',
      table,
      { target: { column: 'lable' } },
      'UnknownTargetError',
      'found no column "lable", needed the label column; did you mean "label"?',
    ],
    [
      'a minority that is not there',
      table,
      { target: { minority: 'Fraud' } },
      'UnknownTargetError',
      'found labels "fine" (270 rows), "fraud" (30 rows), needed the minority label "Fraud"',
    ],
    [
      'a minority that is the majority',
      table,
      { target: { minority: 'fine' } },
      'UnsupportedTargetError',
      '"fine" was named as the minority, but is not',
    ],
    [
      'fewer minority rows than needed',
      `a,label\n${rows(30, 'x')}\n${rows(5, 'y')}\n`,
      {},
      'TooFewMinorityRowsError',
      'column "label": found 5 usable rows of "y", that is 4 for training and 1 for testing; needed at least 5 and 2',
    ],
    [
      'nothing to learn from',
      `id,same,label\n${Array.from({ length: 40 }, (_, row) => `${row},k,${row % 4 ? 'x' : 'y'}`).join('\n')}\n`,
      {},
      'NoFeaturesError',
      'found no column to learn from ("id" is identifier, "same" is constant, "label" is target)',
    ],
    [
      'an ignored column that is not there',
      table,
      { dataset: { ignore: ['amont'] } },
      'InvalidRequestError',
      'dataset.ignore: found no column "amont"; did you mean "amount"?',
    ],
    [
      'an ignored label',
      table,
      { dataset: { ignore: ['label'] } },
      'InvalidRequestError',
      'dataset.ignore: found the label column "label", needed others',
    ],
    [
      'a column that marks synthetic rows already',
      table.replace('note', 'is_synthetic'),
      {},
      'UnsupportedColumnNameError',
      'column "is_synthetic": found the name of a column that is added to the output (is_synthetic, in_domain), needed another',
    ],
    ['no rows', 'a,label\n', {}, 'EmptyTableError', 'table.csv'],
  ])('%s', async (_, csv, settings, error, message) => {
    const { outcome, out } = await rebalance(csv, settings);
    expect(outcome).toMatchObject({ status: 'failed', error, cause: expect.stringContaining(message) });
    expect((await readdir(out)).sort()).toEqual(['manifest.json', 'runs']);
  });
});

describe('tables that are odd but fine', () => {
  const labelled = (of: (row: number) => string, header: string, rows = 80) =>
    `${header}\n${Array.from({ length: rows }, (_, row) => of(row)).join('\n')}\n`;

  it.each<[string, string, Parameters<typeof rebalance>[1], object]>([
    [
      'a label with spaces',
      labelled((r) => `${r % 9},${r % 5 ? 'no churn' : 'has churned '}`, 'a,label'),
      {},
      { minority: 'has churned' },
    ],
    ['a boolean label', labelled((r) => `${r % 9},${r % 5 === 0}`, 'a,label'), {}, { minority: 'true' }],
    [
      'a numeric label, named with a decimal point',
      labelled((r) => `${r % 9},${Number(r % 5 === 0)}`, 'a,label'),
      { target: { minority: '1.0' } },
      { minority: '1' },
    ],
    [
      'a label that is not the last column',
      labelled((r) => `${r % 5 ? 'x' : 'y'},${r % 9}`, 'label,a'),
      { target: { column: 'label' } },
      { minority: 'y' },
    ],
    [
      'a constant column and one that is all missing',
      labelled((r) => `${r % 9},k,,${r % 5 ? 'x' : 'y'}`, 'a,same,none,label'),
      {},
      { minority: 'y' },
    ],
    [
      'an index column without a name',
      labelled((r) => `${r},${r % 9},${r % 5 ? 'x' : 'y'}`, ',a,label'),
      {},
      { minority: 'y' },
    ],
    [
      'missing values everywhere',
      labelled((r) => `${r % 3 ? r % 9 : ''},${r % 4 ? 'u' : 'NA'},${r % 5 ? 'x' : 'y'}`, 'a,b,label'),
      {},
      { minority: 'y' },
    ],
    [
      'classes that are nearly balanced',
      labelled((r) => `${r % 9},${r % 9 > 4 ? 'x' : 'y'}`, 'a,label'),
      { sampling: { ratio: 3 } },
      {},
    ],
  ])('%s', async (_, csv, settings, target) => {
    const { outcome, out } = await rebalance(csv, settings);
    expect(outcome).toMatchObject({ status: 'succeeded' });
    const manifest = await readManifest(out);
    expect(manifest.request.target).toMatchObject(target);
    expect(manifest.counts.rebalanced.minority).toBe(manifest.counts.train.minority + manifest.counts.newFeatureRows);
  });
});
