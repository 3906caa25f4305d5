import { describe, expect, it } from 'vitest';
import { batchPlanSchema, batchSummarySchema } from '../../contracts/batch.ts';
import { ObjectNotFoundError, OutputTakenError, StoreAccessDeniedError } from '../../contracts/errors.ts';
import { resolveStart } from '../../contracts/start-event.ts';
import { listDatasets } from '../../functions/list-datasets/list-datasets.ts';
import { summarizeBatch } from '../../functions/summarize-batch/summarize-batch.ts';

const BUCKET = 's3://lake/';
/** An object that is there, but not for us. */
const FORBIDDEN = 'forbidden';

/** A bucket in memory, whose objects have their own text for an ETag; notes what is read. */
function bucketOf(files: Record<string, string>) {
  const reads: string[] = [];
  return {
    files,
    reads,
    async describe(uri: string) {
      const file = files[uri.slice(BUCKET.length)];
      if (file === undefined) throw new ObjectNotFoundError(uri);
      if (file === FORBIDDEN) throw new StoreAccessDeniedError(`cannot read ${uri}: S3 answered 403`);
      return { bytes: Buffer.byteLength(file) };
    },
    async read(uri: string) {
      const key = uri.slice(BUCKET.length);
      reads.push(key);
      await this.describe(uri);
      return new TextEncoder().encode(files[key]);
    },
    async update(uri: string, change: (bytes?: Uint8Array) => Uint8Array) {
      const file = files[uri.slice(BUCKET.length)];
      await this.write(uri, change(file === undefined ? undefined : new TextEncoder().encode(file)));
    },
    async write(uri: string, bytes: Uint8Array) {
      files[uri.slice(BUCKET.length)] = new TextDecoder().decode(bytes);
    },
    async *list(folder: string) {
      const prefix = folder.slice(BUCKET.length);
      for (const key of Object.keys(files).sort()) {
        if (key.startsWith(prefix)) yield { uri: BUCKET + key, bytes: files[key].length, etag: files[key] };
      }
    },
  };
}

type FakeBucket = ReturnType<typeof bucketOf>;

async function list(store: FakeBucket, request: object = {}, batch = 'batch-1') {
  const plan = await listDatasets(request, batch, { store, bucket: 'lake', defaults: { seed: 9 } });
  return batchPlanSchema.parse(plan);
}

function summarize(store: FakeBucket, outcomes: object[], at = '2026-11-01T02:00:00Z') {
  const batch = { id: 'batch-1', startedAt: at };
  return summarizeBatch(
    { batch, request: {}, plan: { unchanged: 1, postponed: 0 }, outcomes },
    { store, bucket: 'lake' },
  );
}

const succeeded = (name: string, etag: string) => ({
  dataset: `${BUCKET}incoming/${name}`,
  etag,
  execution: name,
  status: 'succeeded',
  manifest: `${BUCKET}balanced/${name}/manifest.json`,
});

const names = (items: { dataset: string }[]) => items.map(({ dataset }) => dataset.slice(`${BUCKET}incoming/`.length));

describe('listDatasets', () => {
  it('finds every table below the prefix, and no settings file', async () => {
    const store = bucketOf({
      'incoming/a.csv': '1',
      'incoming/a.csv.rebalance.json': '{"seed":1}',
      'incoming/eu/b c+ü.csv': '2',
      'incoming/eu/rebalance.json': '{"seed":2}',
      'incoming/us/c.parquet': '3',
      'balanced/a/train.csv': '4',
    });
    const { items, unchanged, postponed } = await list(store);
    expect(names(items)).toEqual(['a.csv', 'eu/b c+ü.csv', 'us/c.parquet']);
    expect(items.map(({ start }) => start.seed)).toEqual([1, 2, 9]);
    expect({ unchanged, postponed }).toEqual({ unchanged: 0, postponed: 0 });
    expect(resolveStart(items[1].start).output.uri).toBe(items[1].output);
    expect(names((await list(store, { prefix: 'incoming/eu/' })).items)).toEqual(['eu/b c+ü.csv']);
  });

  it('reads each settings file once, and looks for none that is not there, but above the prefix', async () => {
    const store = bucketOf({ 'incoming/eu/a.csv': '1', 'incoming/eu/b.csv': '2', 'incoming/eu/rebalance.json': '{}' });
    await list(store);
    expect(store.reads).toEqual(['balanced/batches/seen.json', 'incoming/eu/rebalance.json']);
    const above = bucketOf({ 'incoming/eu/a.csv': '1', 'incoming/rebalance.json': '{"seed":3}' });
    const { items } = await list(above, { prefix: 'incoming/eu/' });
    expect(items[0].start.seed).toBe(3);
  });

  it('leaves out what a batch has rebalanced and nobody has changed, unless all are asked for', async () => {
    const store = bucketOf({ 'incoming/a.csv': '1', 'incoming/b.csv': '2', 'incoming/c.csv': '3' });
    await summarize(store, [succeeded('a.csv', '1'), succeeded('b.csv', 'older')]);
    const { items, unchanged } = await list(store);
    expect(names(items)).toEqual(['c.csv', 'b.csv']);
    expect(unchanged).toBe(1);
    expect(names((await list(store, { select: 'all' })).items)).toEqual(['c.csv', 'a.csv', 'b.csv']);
  });

  it('takes as many as fit into a payload, and first those whose turn it is', async () => {
    const long = `${'x'.repeat(700)}.csv`;
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`incoming/${100 + n}${long}`, '1']));
    const store = bucketOf(many);
    const first = await list(store);
    expect(JSON.stringify(first.items).length).toBeLessThan(110 * 1024);
    expect(first.items.length + first.postponed).toBe(200);
    await summarize(
      store,
      first.items.map(({ dataset }) => succeeded(dataset.slice(`${BUCKET}incoming/`.length), '1')),
    );
    const second = await list(store, { select: 'all' });
    expect(second.items[0].dataset).toBe(`${BUCKET}incoming/${100 + first.items.length}${long}`);
  });

  it('takes as many tables with keys of ordinary length as docs/deploying.md says', async () => {
    // As CDK and CloudFormation name a bucket, and S3 a content.
    const bucket = 'counterpoise-rebalancerdatasetbucketf0a1b2c3-d4e5f6a7b8c9';
    const store = {
      ...bucketOf({}),
      async *list() {
        for (let n = 0; n < 1000; n++) {
          yield { uri: `s3://${bucket}/incoming/transactions-${1000 + n}.csv`, bytes: 1, etag: `"${'0'.repeat(32)}"` };
        }
      },
    };
    const { items, postponed } = await listDatasets({}, 'batch-1', { store, bucket, defaults: {} });
    expect({ items: items.length, postponed }).toEqual({ items: 185, postponed: 815 });
  });

  it('gives an execution the same name in the same batch, another in the next', async () => {
    const store = bucketOf({ 'incoming/a.csv': '1' });
    const name = async (batch: string) => (await list(store, {}, batch)).items[0].execution;
    expect(await name('batch-1')).toBe(await name('batch-1'));
    expect(await name('batch-1')).not.toBe(await name('batch-2'));
  });

  it('does not stop at one table whose key or settings cannot be used: its own run says so', async () => {
    const store = bucketOf({ 'incoming//odd.csv': '1', 'incoming/a.csv': '2', 'incoming/a.csv.rebalance.json': '{' });
    const { items } = await list(store);
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ output: '', start: { dataset: { uri: `${BUCKET}incoming//odd.csv` } } });
    expect(() => resolveStart(items[1].start)).toThrow('a.csv.rebalance.json cannot be used: found no JSON');
  });

  it('does not stop at settings that it may not read, that are too large, or that name no place', async () => {
    const columns = Array.from({ length: 20_000 }, (_, n) => `column ${n}`);
    const large = JSON.stringify({ dataset: { columns } });
    const store = bucketOf({
      'incoming/a.csv': '1',
      'incoming/a.csv.rebalance.json': FORBIDDEN,
      'incoming/b.csv': '1',
      'incoming/b.csv.rebalance.json': large,
      'incoming/c.csv': '1',
      'incoming/c.csv.rebalance.json': '{"output":{"uri":"balanced/c"}}',
      'incoming/d.csv': '1',
    });
    const { items } = await list(store);
    expect(names(items)).toEqual(['a.csv', 'b.csv', 'c.csv', 'd.csv']);
    const refusal = (name: string, fault: string) => ({
      refused: { settings: `${BUCKET}incoming/${name}.csv.rebalance.json`, fault },
      dataset: { uri: `${BUCKET}incoming/${name}.csv` },
      output: { uri: `${BUCKET}balanced/${name}` },
    });
    expect(items.slice(0, 3).map(({ start }) => start)).toEqual([
      refusal('a', `cannot read ${BUCKET}incoming/a.csv.rebalance.json: S3 answered 403`),
      refusal('b', `found ${large.length} bytes, needed at most 32768; leave out what is no setting`),
      refusal('c', 'Found "balanced/c", needed s3://bucket/key or file:///absolute/path'),
    ]);
    expect(resolveStart(items[3].start).seed).toBe(9);
  });

  it('refuses a table that would write over the outputs of another one in the same batch', async () => {
    const elsewhere = JSON.stringify({ output: { uri: `${BUCKET}balanced/shared/` } });
    const store = bucketOf({
      'incoming/a.csv': '1',
      'incoming/a.csv.gz': '1',
      'incoming/a.parquet': '2',
      'incoming/b.csv': '1',
      'incoming/b.data': '{',
      'incoming/b.data.rebalance.json': '{',
      'incoming/c.csv': '1',
      'incoming/c.csv.rebalance.json': elsewhere,
      'incoming/d.csv': '1',
      'incoming/d.csv.rebalance.json': elsewhere.replace('shared/', 'shared'),
    });
    await summarize(store, [succeeded('a.parquet', '1')]);
    const { items } = await list(store);
    const fates = items.map(({ dataset, start }) => [names([{ dataset }])[0], start.refused]);
    const takenBy = (name: string) => ({ takenBy: `${BUCKET}incoming/${name}` });
    expect(Object.fromEntries(fates)).toEqual({
      // A batch has rebalanced this one before.
      'a.parquet': undefined,
      'a.csv': takenBy('a.parquet'),
      'a.csv.gz': takenBy('a.parquet'),
      // One that is refused anyway takes nothing.
      'b.csv': undefined,
      'b.data': expect.objectContaining({ settings: `${BUCKET}incoming/b.data.rebalance.json` }),
      'c.csv': undefined,
      'd.csv': takenBy('c.csv'),
    });
    const [{ start, output }] = items.filter(({ dataset }) => dataset.endsWith('a.csv'));
    expect(output).toBe(`${BUCKET}balanced/a`);
    expect(() => resolveStart(start)).toThrow(
      OutputTakenError.of(`${BUCKET}incoming/a.csv`, `${BUCKET}balanced/a`, `${BUCKET}incoming/a.parquet`),
    );
  });

  it('hands out items of a bounded size, whatever is in the settings', async () => {
    const settings = { dataset: { ignore: ['x'.repeat(32_000)] } };
    const faults = Object.fromEntries(Array.from({ length: 2500 }, (_, n) => [`setting ${n}`, '\u0001']));
    const store = bucketOf({
      [`incoming/${'"'.repeat(900)}.csv`]: '1',
      'incoming/valid.csv': '1',
      'incoming/valid.csv.rebalance.json': JSON.stringify(settings),
      'incoming/wrong.csv': '1',
      'incoming/wrong.csv.rebalance.json': JSON.stringify(faults),
    });
    const { items, postponed } = await list(store);
    expect(postponed).toBe(0);
    expect(items).toHaveLength(3);
    expect(Buffer.byteLength(JSON.stringify(items))).toBeLessThan(100 * 1024);
  });

  it('may be asked by an execution that says which one it is', async () => {
    const store = bucketOf({ 'incoming/a.csv': '1', 'incoming/eu/b.csv': '1' });
    const parent = { AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: 'arn:aws:states:eu-central-1:1:execution:nightly:1' };
    expect(names((await list(store, { prefix: 'incoming/eu/', ...parent })).items)).toEqual(['eu/b.csv']);
  });

  it.each([
    [{ prefix: 'balanced/' }, 'prefix: must be incoming/ or a folder below it, with / at its end'],
    [{ selct: 'all' }, 'Unrecognized key: "selct"'],
  ])('refuses %j', async (request, fault) => {
    await expect(list(bucketOf({}), request)).rejects.toThrow(`The batch is not valid:\n  - `);
    await expect(list(bucketOf({}), request)).rejects.toThrow(fault);
  });
});

describe('summarizeBatch', () => {
  const output = `${BUCKET}balanced/bad`;
  const failed = { dataset: `${BUCKET}incoming/bad.csv`, etag: '1', execution: 'bad-1', status: 'failed', output };
  const record = {
    status: 'failed',
    execution: { id: 'bad-1', startedAt: '2026-11-01T02:00:01Z' },
    request: {},
    failure: { error: 'EmptyTableError', cause: 'there are columns, but no row' },
    outputs: [],
    versions: { counterpoise: '0.1.0', manifest: 1, node: '24.0.0' },
  };
  const recordKey = 'balanced/bad/runs/bad-1/record-failure/manifest.json';

  it('writes how every table fared, and why those that failed did', async () => {
    const store = bucketOf({ [recordKey]: JSON.stringify(record) });
    const result = await summarize(store, [succeeded('a.csv', '1'), failed]);
    const counts = { succeeded: 1, failed: 1, unchanged: 1, postponed: 0 };
    expect(result).toEqual({ summary: `${BUCKET}balanced/batches/batch-1/summary.json`, counts });
    const summary = batchSummarySchema.parse(JSON.parse(store.files['balanced/batches/batch-1/summary.json']));
    expect(summary).toMatchObject({ counts, request: { prefix: 'incoming/', select: 'changed' } });
    expect(summary.datasets).toEqual([
      {
        dataset: `${BUCKET}incoming/a.csv`,
        execution: 'a.csv',
        status: 'succeeded',
        manifest: `${BUCKET}balanced/a.csv/manifest.json`,
      },
      {
        dataset: failed.dataset,
        execution: 'bad-1',
        status: 'failed',
        manifest: BUCKET + recordKey,
        failure: record.failure,
      },
    ]);
  });

  it('says so plainly where a failure was not recorded, or had no place for it', async () => {
    const store = bucketOf({});
    await summarize(store, [failed, { ...failed, output: '' }]);
    const { datasets } = JSON.parse(store.files['balanced/batches/batch-1/summary.json']);
    const known = { dataset: failed.dataset, execution: 'bad-1', status: 'failed' };
    expect(datasets).toEqual([known, known]);
  });

  it('does not stop at a record that it may not read, or an output location that is none', async () => {
    const store = bucketOf({ [recordKey]: FORBIDDEN });
    await summarize(store, [failed, { ...failed, output: 'balanced/bad' }]);
    const { datasets } = JSON.parse(store.files['balanced/batches/batch-1/summary.json']);
    const known = { dataset: failed.dataset, execution: 'bad-1', status: 'failed' };
    expect(datasets).toEqual([known, known]);
  });

  it('remembers what went well, also of earlier batches, and lets what failed come again', async () => {
    const store = bucketOf({ 'incoming/a.csv': '1', 'incoming/b.csv': '1', 'incoming/bad.csv': '1' });
    await summarize(store, [succeeded('a.csv', '1'), failed]);
    await summarize(store, [succeeded('b.csv', '1')], '2026-11-02T02:00:00Z');
    expect(JSON.parse(store.files['balanced/batches/seen.json'])).toEqual({
      's3://lake/incoming/a.csv': { etag: '1', at: '2026-11-01T02:00:00Z' },
      's3://lake/incoming/b.csv': { etag: '1', at: '2026-11-02T02:00:00Z' },
      's3://lake/incoming/bad.csv': { at: '2026-11-01T02:00:00Z' },
    });
    expect(names((await list(store)).items)).toEqual(['bad.csv']);
  });

  it('keeps what was rebalanced once where a later content fails, and what a batch that started later has written', async () => {
    const store = bucketOf({});
    const again = { ...failed, dataset: `${BUCKET}incoming/a.csv`, etag: '2' };
    await summarize(store, [succeeded('a.csv', '1')], '2026-11-01T02:00:00Z');
    await summarize(store, [again, succeeded('b.csv', '2')], '2026-11-02T02:00:00Z');
    await summarize(store, [succeeded('b.csv', '1'), succeeded('c.csv', '1')], '2026-11-01T14:00:00Z');
    expect(JSON.parse(store.files['balanced/batches/seen.json'])).toEqual({
      's3://lake/incoming/a.csv': { etag: '1', at: '2026-11-02T02:00:00Z' },
      's3://lake/incoming/b.csv': { etag: '2', at: '2026-11-02T02:00:00Z' },
      's3://lake/incoming/c.csv': { etag: '1', at: '2026-11-01T14:00:00Z' },
    });
  });

  it('lets no table wait for long because others fail', async () => {
    const etag = (content: string) => `"${content.repeat(32)}"`;
    const failing = Array.from({ length: 400 }, (_, n) => `card-transactions-${100 + n}.csv`);
    const store = bucketOf({ 'incoming/changed.csv': etag('1') });
    await summarize(store, [succeeded('changed.csv', etag('1'))], '2026-11-01T02:00:00Z');
    store.files['incoming/changed.csv'] = etag('2');
    for (const name of failing) store.files[`incoming/${name}`] = etag('1');
    const plans: string[][] = [];
    for (const day of [2, 3]) {
      const { items } = await list(store);
      plans.push(names(items));
      const outcomes = items.map((item) => ({ ...failed, dataset: item.dataset, etag: item.etag }));
      await summarize(store, outcomes, `2026-11-0${day}T02:00:00Z`);
    }
    const taken = plans[0].length;
    expect(plans[0]).toEqual(failing.slice(0, taken));
    expect(plans[1].slice(0, 400 - taken + 1)).toEqual([...failing.slice(taken), 'changed.csv']);
  });
});
