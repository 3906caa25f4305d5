import { mkdtempSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { scoringSummarySchema } from '../../contracts/scoring-summary.ts';
import { fileUri } from '../../contracts/uri.ts';
import { fitDomain } from '../../core/domain/domain.ts';
import { decisionTree } from '../../core/learners/decision-tree/decision-tree.ts';
import { MissingColumnsError } from '../../core/model/errors.ts';
import { describeModelColumns } from '../../core/model/model-column.ts';
import { scoringModelToJSON } from '../../core/model/model-json.ts';
import type { ScoringModel } from '../../core/model/scoring-model.ts';
import { createRng } from '../../core/random/rng.ts';
import { encodeFeatures, fitFeatureEncoder } from '../../core/table/feature-encoder.ts';
import { createTable } from '../../core/table/table.ts';
import { loadScoringModel } from '../../functions/score-rows/load-model.ts';
import { scoreDataset } from '../../functions/score-rows/score-dataset.ts';
import { scoreLocations } from '../../local/score/score-options.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';
import { DirectoryStore } from '../../storage/directory-store.ts';
import { fraudModel, payments, paymentsCsv } from '../core/model/fraud-model.ts';

let folder: string;
let store: DatasetStore;

/** A bucket as a folder of this computer. */
function bucketStore(): DatasetStore {
  const files = new DirectoryStore();
  const local = (uri: string) => fileUri(join(folder, uri.replace(/^s3:\/\//, '')));
  return {
    describe: (uri) => files.describe(local(uri)),
    read: (uri) => files.read(local(uri)),
    write: (uri, bytes) => files.write(local(uri), bytes),
    createIfAbsent: (uri, bytes) => files.createIfAbsent(local(uri), bytes),
    remove: (uri) => files.remove(local(uri)),
    list: (uri) => files.list(local(uri)),
    withLocalFile: (uri, use) => files.withLocalFile(local(uri), use),
    publishLocalFile: (uri, produce) => files.publishLocalFile(local(uri), produce),
  };
}

/** The model of the payments, had they nothing but amounts. */
function amountModel(): ScoringModel {
  const { table, labels } = payments();
  const amounts = createTable(table.columns.slice(0, 1), table.rows);
  const encoder = fitFeatureEncoder(amounts);
  const weights = new Float64Array(amounts.rows).fill(1);
  const learner = decisionTree({ maxDepth: 3 }).fit(
    encodeFeatures(encoder, amounts),
    labels,
    weights,
    createRng(1, 'fit'),
  );
  const domain = fitDomain({ method: 'nearest-neighbours', coverage: 0.95 }, amounts, encoder, createRng(1, 'domain'));
  const columns = describeModelColumns(amounts, [{ name: 'amount', type: 'number' }]);
  return fraudModel({ columns, encoder, learner, domain });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'counterpoise-score-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  store = bucketStore();
  const write = (uri: string, text: string) => store.write(uri, new TextEncoder().encode(text));
  await write('s3://lake/new/rows.csv', paymentsCsv(payments(30)));
  await write('s3://lake/balanced/payments/model.json', JSON.stringify(scoringModelToJSON(fraudModel())));
});

const locations = (rows: string, options: Record<string, string>) => scoreLocations({ rows, options }, '/', store);

describe('scoring in a bucket', () => {
  it.each(['s3://lake/balanced/payments', 's3://lake/balanced/payments/', 's3://lake/balanced/payments/model.json'])(
    'takes the model at %s, and writes beside the rows',
    async (model) => {
      const { modelUri, ...found } = await locations('s3://lake/new/rows.csv', { model });
      expect(modelUri).toBe('s3://lake/balanced/payments/model.json');
      expect(found).toEqual({
        input: 's3://lake/new/rows.csv',
        output: 's3://lake/new/rows-scored.csv',
        format: 'csv',
        outside: 'flag',
      });
      const request = { ...found, modelUri, threshold: 0.5, thresholdRule: null };
      const progress: number[] = [];
      const summary = await scoreDataset(request, await loadScoringModel(store, modelUri), {
        store,
        onProgress: (done, rows) => progress.push(done, rows),
      });
      expect(scoringSummarySchema.parse(summary)).toMatchObject({ rows: 30, model: { uri: modelUri } });
      expect(progress).toEqual([30, 30]);
      expect((await readdir(join(folder, 'lake/new'))).sort()).toEqual(['rows-scored.csv', 'rows.csv']);
      const written = await readFile(join(folder, 'lake/new/rows-scored.csv'), 'utf8');
      expect(written.trimEnd().split('\n')).toHaveLength(1 + 30);
    },
  );

  it('does not write where a deployed stack would take the output for an upload', async () => {
    await expect(locations('s3://lake/incoming/eu/rows.csv', { model: 's3://lake/balanced/payments' })).rejects.toThrow(
      '--output: the rows lie in incoming/, where a deployed stack takes what arrives for an upload; name a file elsewhere, ' +
        'such as s3://lake/scored/rows-scored.csv',
    );
    const output = 's3://lake/scored/rows.parquet';
    const found = await locations('s3://lake/incoming/eu/rows.csv', { model: 's3://lake/balanced/payments', output });
    expect(found).toMatchObject({ output, format: 'parquet' });
  });

  it('gives the same bytes and the same summary each time', async () => {
    const { modelUri, ...found } = await locations('s3://lake/new/rows.csv', { model: 's3://lake/balanced/payments' });
    const model = await loadScoringModel(store, modelUri);
    const request = { ...found, modelUri, threshold: null, thresholdRule: null };
    const once = async () => [
      await scoreDataset(request, model, { store }),
      await readFile(join(folder, 'lake/new/rows-scored.csv'), 'utf8'),
    ];
    expect(await once()).toEqual(await once());
  });

  it('names the columns that a file of one column lacks', async () => {
    await store.write('s3://lake/new/rows.csv', new TextEncoder().encode('amount\n12\n'));
    const { modelUri, ...found } = await locations('s3://lake/new/rows.csv', { model: 's3://lake/balanced/payments' });
    const model = await loadScoringModel(store, modelUri);
    const request = { ...found, modelUri, threshold: null, thresholdRule: null };
    await expect(scoreDataset(request, model, { store })).rejects.toThrow(
      new MissingColumnsError(
        's3://lake/new/rows.csv: found no column "country", "online", "day", "zone", needed all 5 that the model was trained ' +
          'on, in any order and under the same names; the columns here are "amount"',
      ),
    );
  });
});

describe('scoring with a model of one feature', () => {
  it('takes rows without a label, which are a file of one column', async () => {
    await store.write('s3://lake/new/rows.csv', new TextEncoder().encode('amount\n12\n\n300\n""\n'));
    const { modelUri, ...found } = await locations('s3://lake/new/rows.csv', { model: 's3://lake/balanced/payments' });
    const request = { ...found, modelUri, threshold: null, thresholdRule: null };
    expect(await scoreDataset(request, amountModel(), { store })).toMatchObject({ rows: 3, evaluation: null });
    const written = await readFile(join(folder, 'lake/new/rows-scored.csv'), 'utf8');
    expect(written.split('\n').map((line) => line.split(',')[0])).toEqual(['amount', '12', '300', '', '']);
  });
});
