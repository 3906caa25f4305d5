import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { succeededManifestSchema } from '../../contracts/manifest.ts';
import { fileUri } from '../../contracts/uri.ts';
import { hashes, readCsv, readManifest, readText, rebalance } from './run.ts';
import { HEADER, paymentsTable } from './tables.ts';

const table = paymentsTable();
const input = table.trimEnd().split('\n').slice(1);

describe('the outputs of a run', () => {
  it('the test rows and the observed training rows are the user’s, to the letter and in order, and none is in both', async () => {
    const { out } = await rebalance(table);
    const test = (await readText(out, 'test.csv')).trimEnd().split('\n');
    const train = (await readText(out, 'train.csv')).trimEnd().split('\n');
    expect(test[0]).toBe(HEADER.join(','));
    expect(train[0]).toBe(`${HEADER.join(',')},is_synthetic,in_domain`);
    const observed = train
      .slice(1)
      .filter((line) => line.endsWith(',false,true'))
      .map((line) => line.slice(0, -',false,true'.length));
    const positions = [...test.slice(1), ...observed].map((line) => input.indexOf(line));
    expect(positions).not.toContain(-1);
    expect(new Set(positions).size).toBe(positions.length);
    for (const part of [test.slice(1), observed]) {
      const order = part.map((line) => input.indexOf(line));
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }
  });

  it('the classes are balanced, every observed training minority row is there, and only minority rows are synthetic', async () => {
    const { out } = await rebalance(table);
    const { rows } = await readCsv(out, 'train.csv');
    const { counts } = await readManifest(out);
    const count = (label: string, synthetic: string) =>
      rows.filter((row) => row.at(-3) === label && row.at(-2) === synthetic).length;
    expect(counts.train).toEqual({ majority: 216, minority: 24 });
    expect(count('fraud', 'false')).toBe(24);
    expect(count('fraud', 'true')).toBe(counts.newFeatureRows);
    expect(count('fine', 'true')).toBe(0);
    expect(count('fine', 'false')).toBe(24 + counts.newFeatureRows);
    expect(counts.rebalanced).toEqual({ majority: 24 + counts.newFeatureRows, minority: 24 + counts.newFeatureRows });
  });

  it('a synthetic row is valid: levels that occur, numbers in the observed range, whole where whole, real dates', async () => {
    const { out } = await rebalance(table, { generator: { type: 'autoencoder', rows: 400, epochs: 5 } });
    const { rows } = await readCsv(out, 'train.csv');
    const synthetic = rows.filter((row) => row.at(-2) === 'true');
    const observed = input.map((line) => line.split(',')).filter((row) => row.at(-1) === 'fraud');
    expect(synthetic.length).toBeGreaterThan(20);
    const column = (name: (typeof HEADER)[number], of: string[][]) => of.map((row) => row[HEADER.indexOf(name)]);
    for (const name of ['id', 'country', 'member', 'note', 'label'] as const) {
      for (const value of column(name, synthetic)) expect(column(name, observed)).toContain(value);
    }
    for (const name of ['amount', 'count', 'day'] as const) {
      const asNumber = (text: string) => (name === 'day' ? Date.parse(text) : Number(text));
      const known = column(name, observed).map(asNumber);
      for (const value of column(name, synthetic)) {
        expect(asNumber(value)).toBeGreaterThanOrEqual(Math.min(...known));
        expect(asNumber(value)).toBeLessThanOrEqual(Math.max(...known));
      }
    }
    for (const value of column('count', synthetic)) expect(value).toMatch(/^\d+$/);
    for (const value of column('day', synthetic)) expect(value).toMatch(/^2025-\d\d-\d\d$/);
  });

  it('the training set loads with the types of the input, as CSV and as Parquet', async () => {
    const types = async (sql: string) => {
      const instance = await DuckDBInstance.create();
      const connection = await instance.connect();
      const rows = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${sql}`);
      connection.closeSync();
      instance.closeSync();
      return rows.getRows().map(([name, type]) => `${name} ${type}`);
    };
    const asCsv = await rebalance(table);
    const asParquet = await rebalance(table, { output: { format: 'parquet' } });
    const expected = await types(`'${asCsv.folder}/table.csv'`);
    expect(await types(`'${asCsv.out}/train.csv'`)).toEqual([...expected, 'is_synthetic BOOLEAN', 'in_domain BOOLEAN']);
    expect(await types(`'${asCsv.out}/test.csv'`)).toEqual(expected);
    expect(await types(`'${asParquet.out}/train.parquet'`)).toEqual([
      ...expected,
      'is_synthetic BOOLEAN',
      'in_domain BOOLEAN',
    ]);
  });

  it('the manifest says what was asked, done and made, and the outputs have the bytes that it names', async () => {
    const { out, folder } = await rebalance(table, { seed: 0, target: { column: 'label' } });
    const manifest = succeededManifestSchema.parse(await readManifest(out));
    expect(manifest.request).toMatchObject({
      dataset: { uri: fileUri(`${folder}/table.csv`) },
      target: { column: 'label', minority: 'fraud' },
      generator: { rows: 24, epochs: 20 },
    });
    expect(manifest.seed).toBe(0);
    expect(manifest.columns.map(({ name, type, role }) => `${name} ${type} ${role}`)).toEqual([
      'id text identifier',
      'amount number feature',
      'count integer feature',
      'country text feature',
      'member boolean feature',
      'day date feature',
      'note text constant',
      'label text target',
    ]);
    const onDisk = await hashes(out);
    const names = ['train.csv', 'test.csv', 'provenance.csv', 'model.json', 'domain.json', 'weights.json'];
    expect(manifest.outputs.map(({ name, sha256 }) => [name, sha256])).toEqual(
      [...names, 'report.json', 'report.html'].map((name) => [name, onDisk[name]]),
    );
    expect((await hashes(folder))['table.csv']).toBe(manifest.input.sha256);
    const { truePositives, falseNegatives, falsePositives, trueNegatives } = manifest.metrics.rebalanced;
    expect([truePositives + falseNegatives, falsePositives + trueNegatives]).toEqual([6, 54]);
    expect(Object.keys(manifest.timings)).toContain('TrainGenerator');
  });
});

describe('the same request', () => {
  it('gives the same bytes in every file, the manifest but for its times, and another seed gives others', async () => {
    const settings = { seed: 0, evaluation: { folds: 2, ratios: [1] } };
    const { out, folder } = await rebalance(table, settings);
    const files = async () => {
      const { 'manifest.json': _, ...rest } = await hashes(out);
      const { timings: __, execution: ___, ...manifest } = await readManifest(out);
      return { rest, manifest };
    };
    const first = await files();
    await rebalance(table, settings, { folder });
    expect(await files()).toEqual(first);
    await rebalance(table, { ...settings, seed: 1 }, { folder });
    expect((await files()).rest['train.csv']).not.toBe(first.rest['train.csv']);
  });
});

describe('held-out rows', () => {
  it('never reach what is learned: with other values in the test rows, every model stays the same to the bit', async () => {
    const evaluation = { folds: 2, ratios: [1] };
    const plain = await rebalance(table, { evaluation });
    const heldOut = new Set((await readText(plain.out, 'test.csv')).trimEnd().split('\n').slice(1));
    const changed = input.map((line) => {
      if (!heldOut.has(line)) return line;
      const [id, amount, count, ...rest] = line.split(',');
      return [id, (Number(amount) * 1.5 + 7).toFixed(2), Number(count) + 2, ...rest].join(',');
    });
    const other = await rebalance(`${[HEADER.join(','), ...changed].join('\n')}\n`, { evaluation });
    const [before, after] = [await hashes(plain.out), await hashes(other.out)];
    const learned = Object.keys(before).filter((path) =>
      /(encoder|generator|discriminator|comparison|calibrators|domain|model)\.json|\.arrays$|\.table$|train\.csv$/.test(
        path,
      ),
    );
    // Six models (one is of two strategies) on two folds, the folds themselves, the rows that are kept.
    expect(learned).toHaveLength(3 + 2 + 2 * 2 + (6 * 2 + 1 + 1) + 8 + 1);
    for (const path of learned.filter((path) => !path.endsWith('test.table')))
      expect([path, after[path]]).toEqual([path, before[path]]);
    expect(after['test.csv']).not.toBe(before['test.csv']);
  });
});
