import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BATCH_STATES, type BatchSummary } from '../../../contracts/batch.ts';
import { HAPPY_PATH, MAPPED_STATE, STATES } from '../../../contracts/states.ts';
import { fileUri } from '../../../contracts/uri.ts';
import { runCli } from '../../../local/command/cli.ts';
import type { HistoryEvent } from '../../../local/deployed/executions.ts';
import type { DatasetStore } from '../../../storage/dataset-store.ts';
import { openStore } from '../../../storage/open-store.ts';
import { type FakeContext, fakeContext } from '../fakes/fake-context.ts';
import {
  EXECUTION_ARN,
  entered,
  exited,
  type FakeExecutions,
  fakeExecutions,
  historyOf,
  MACHINE_ARN,
} from '../fakes/fake-executions.ts';
import { fakeManifest } from '../fakes/fake-manifest.ts';
import { memoryStore } from '../fakes/memory-store.ts';

const MANIFEST_URI = 's3://bucket/balanced/cards/manifest.json';
const MANIFEST = fakeManifest({ execution: { id: 'cards-1', startedAt: '2025-01-02T03:04:05.000Z' } });
const TABLE = 's3://bucket/incoming/cards.csv';
const START = ['start', TABLE, '--state-machine', MACHINE_ARN, '--name', 'cards-1'];

const RESULT = JSON.stringify({
  execution: MANIFEST.execution,
  dataset: TABLE,
  input: { bytes: 12, sha256: 'a'.repeat(64) },
  target: { column: 'outcome', minority: 'fraud', majority: 'honest' },
  outputs: { manifest: MANIFEST_URI, files: MANIFEST.outputs },
  counts: MANIFEST.counts,
  metrics: MANIFEST.metrics,
  strategy: MANIFEST.strategy,
  verdict: 'Of 80 minority test rows the learner finds 74.',
});

/** Of a run that compares nothing. */
const STATES_BUT_FOLDS = HAPPY_PATH.filter((state) => state !== MAPPED_STATE);

const SUCCEEDED = historyOf(
  { type: 'ExecutionStarted' },
  ...STATES_BUT_FOLDS.flatMap((state, i) => [entered(state, { at: i }), exited(state, { at: i + 1 })]),
  { type: 'ExecutionSucceeded', output: RESULT, at: 10 },
);

interface World {
  readonly history: readonly HistoryEvent[];
  readonly looks?: readonly number[];
  readonly store?: DatasetStore;
}

function world({ history, looks = [2, 2, 9], store = storeWith(MANIFEST_URI, MANIFEST) }: World) {
  const executions = fakeExecutions(history, { looks, pageSize: 5 });
  const regions: string[] = [];
  const context: FakeContext = {
    ...fakeContext('/here'),
    openExecutions: async (region) => {
      regions.push(region);
      return executions;
    },
    openStore: () => store,
    pollDelayMs: 0,
  };
  return { context, executions, regions };
}

function storeWith(uri: string, value: object): DatasetStore {
  return memoryStore(new Map([[uri, new TextEncoder().encode(JSON.stringify(value))]]));
}

async function run(args: readonly string[], { context }: { context: FakeContext }) {
  const code = await runCli(args, context);
  return { code, out: context.out(), err: context.err() };
}

const types = (out: string) =>
  out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line).type);

describe('counterpoise start', () => {
  it('starts a run with the whole request, follows it, and prints the summary of a local run', async () => {
    const here = world({ history: SUCCEEDED });
    const { code, out, err } = await run([...START, '--ratio', '3'], here);
    expect([code, err]).toEqual([0, '']);
    expect(here.regions).toEqual(['eu-central-1']);
    expect(here.executions.started).toMatchObject([
      {
        machine: MACHINE_ARN,
        name: 'cards-1',
        input: {
          dataset: { uri: TABLE },
          output: { uri: 's3://bucket/balanced/cards', format: 'csv' },
          sampling: { ratio: 3 },
        },
      },
    ]);
    expect(out).toContain(`  ${EXECUTION_ARN}\n`);
    expect(out.match(/ done in 1\.0 s\n/g)).toHaveLength(STATES_BUT_FOLDS.length);
    expect(out).toContain('  320 rows generated, 192 kept as new-feature rows.\n');
    expect(out.endsWith(`\n  ${MANIFEST_URI}\n\n  Done in 10.0 s.\n`)).toBe(true);
  });

  it('gives every execution a name of its own, after the table', async () => {
    const here = world({ history: SUCCEEDED });
    const args = ['start', TABLE, '--state-machine', MACHINE_ARN, '--no-follow'];
    for (const _ of [1, 2]) await run(args, here);
    const [first, second] = here.executions.started.map(({ name }) => name);
    expect(first).toMatch(/^cards-[0-9a-f]{32}$/);
    expect(second).not.toBe(first);
  });

  it('prints every event once as JSON', async () => {
    const { code, out } = await run([...START, '--json'], world({ history: SUCCEEDED }));
    expect(code).toBe(0);
    expect(types(out)).toEqual([
      'run-started',
      ...STATES_BUT_FOLDS.flatMap(() => ['state-started', 'state-succeeded']),
      'run-succeeded',
    ]);
    expect(JSON.parse(out.split('\n')[0])).toMatchObject({ execution: 'cards-1', arn: EXECUTION_ARN });
  });

  it('says why a run failed, and where that is recorded', async () => {
    const record = 's3://bucket/balanced/cards/runs/cards-1/record-failure/manifest.json';
    const failure = { error: 'UnknownTargetError', cause: 'There is no column "x".' };
    const history = historyOf(
      entered(STATES.recordFailure),
      exited(STATES.recordFailure, { output: JSON.stringify({ failure: { manifest: record } }) }),
      { type: 'ExecutionFailed', ...failure },
    );
    const { code, err } = await run([...START, '--quiet'], world({ history }));
    expect([code, err]).toEqual([
      1,
      `\nUnknownTargetError: There is no column "x".\nNothing was published. The failure is recorded in ${record}\n`,
    ]);
  });

  it('stops following at Ctrl-C, and says that the run goes on', async () => {
    const here = world({ history: SUCCEEDED.slice(0, 4), looks: [] });
    const running = run([...START, '--json'], here);
    while (here.executions.pages < 3) await new Promise(setImmediate);
    here.context.signals.emit('SIGINT');
    const { code, out, err } = await running;
    expect([code, err]).toEqual([
      130,
      `\nStopped following. The execution goes on. How it stands:\n  counterpoise status ${EXECUTION_ARN}\n`,
    ]);
    expect(types(out).at(-1)).toBe('following-stopped');
    expect(here.context.signals.listenerCount('SIGINT')).toBe(0);
  });

  it('does not wait where it is not to follow', async () => {
    const here = world({ history: SUCCEEDED });
    const { code, out } = await run([...START, '--no-follow'], here);
    expect([code, here.executions.pages]).toEqual([0, 0]);
    expect(out.endsWith(`\n  counterpoise status ${EXECUTION_ARN}\n`)).toBe(true);
  });

  it('does not take the outputs of a later run for its own', async () => {
    const later = { ...MANIFEST, execution: { ...MANIFEST.execution, id: 'cards-2' } };
    const here = world({ history: SUCCEEDED, store: storeWith(MANIFEST_URI, later) });
    const { code, err } = await run([...START, '-q'], here);
    expect([code, err]).toEqual([
      1,
      `OutputsReplacedError: The run succeeded, but ${MANIFEST_URI} is that of a later one, cards-2. ` +
        'Of 80 minority test rows the learner finds 74.\n',
    ]);
  });

  it('refuses an execution that is not one of its runs', async () => {
    const history = historyOf({ type: 'ExecutionSucceeded', output: '{"other":1}' });
    const { code, err } = await run([...START, '-q'], world({ history }));
    expect([code, err]).toEqual([
      2,
      `The execution ${EXECUTION_ARN} ended, but not with what a run ends with: is its state machine that of Counterpoise?\n`,
    ]);
  });

  it('says that the run goes on where it can be followed no further', async () => {
    const here = world({ history: SUCCEEDED });
    const executions: FakeExecutions = {
      ...here.executions,
      history: () => Promise.reject(new Error('the line is cut')),
    };
    const context = { ...here.context, openExecutions: async () => executions };
    const { code, err } = await run([...START, '-q'], { context });
    expect([code, err]).toEqual([
      1,
      `\nThe execution goes on. How it stands:\n  counterpoise status ${EXECUTION_ARN}\nError: the line is cut\n`,
    ]);
  });

  it.each([
    [
      ['start', 'cards.csv', '--state-machine', MACHINE_ARN],
      'input: found "cards.csv", needed s3://bucket/key: a deployed stack reads and writes in S3 only\n',
    ],
    [['start', '--state-machine', MACHINE_ARN], 'input: found none, needed s3://bucket/key of a table\n'],
    [
      [...START, '--out', 'here'],
      '--out: found "here", needed s3://bucket/key: a deployed stack reads and writes in S3 only\n',
    ],
    [[...START, '--name', 'a b'], '--name: found "a b", needed 1 to 80 letters, digits, hyphens and underscores\n'],
    [
      [...START, '--no-follow', '--fetch', 'x'],
      '--fetch: needs the run to be followed to its end; leave out --no-follow\n',
    ],
    [[...START, '--ratio', 'abc'], '--ratio: found "abc", needed a number from 0.1 to 1000\n'],
    [
      ['start', TABLE, '--state-machine', 'Rebalance'],
      '--state-machine: found "Rebalance", needed arn:aws:states:<region>:<account>:stateMachine:<name>, as the stack\'s outputs have it\n',
    ],
    [
      ['status', MACHINE_ARN],
      `execution: found "${MACHINE_ARN}", needed arn:aws:states:<region>:<account>:execution:<state machine>:<name>, as counterpoise start prints it\n`,
    ],
    [
      ['batch', '--state-machine', MACHINE_ARN, '--prefix', 'x/'],
      '--prefix: must be incoming/ or a folder below it, with / at its end\n',
    ],
  ])('%j is wrong usage, said in words, and starts nothing', async (args, err) => {
    const here = world({ history: [] });
    expect(await run(args, here)).toEqual({ code: 2, out: '', err });
    expect(here.executions.started).toEqual([]);
  });
});

describe('counterpoise start --fetch', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'counterpoise-start-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['a\n1\n', 0, ['manifest.json', 'train.csv']],
    ['a\n2\n', 1, []],
  ])('keeps what has the SHA-256 of the manifest: %j', async (content, expected, kept) => {
    writeFileSync(join(folder, 'train.csv'), content);
    const sha256 = createHash('sha256').update('a\n1\n').digest('hex');
    const outputs = [{ name: 'train.csv', uri: fileUri(join(folder, 'train.csv')), bytes: 4, sha256 }];
    const [s3, files] = [storeWith(MANIFEST_URI, { ...MANIFEST, outputs }), openStore()];
    const store = Object.assign(Object.create(files), {
      read: (uri: string) => (uri.startsWith('s3:') ? s3 : files).read(uri),
      withLocalFile: files.withLocalFile.bind(files),
      publishLocalFile: files.publishLocalFile.bind(files),
      write: files.write.bind(files),
    });
    const target = join(folder, 'here');
    const { code, err } = await run([...START, '-q', '--fetch', target], world({ history: SUCCEEDED, store }));
    expect(code).toBe(expected);
    expect(err.includes('WrongChecksumError: cannot fetch')).toBe(expected === 1);
    expect(readdirSync(target)).toEqual(kept);
  });
});

describe('counterpoise status', () => {
  const status = (history: readonly HistoryEvent[], more: readonly string[] = []) => {
    const here = world({ history, looks: [] });
    here.context.clock.advance(12_000);
    return run(['status', EXECUTION_ARN, ...more], here);
  };

  it('shows what runs, and for how long', async () => {
    const { code, out, err } = await status(SUCCEEDED.slice(0, 4));
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('  ✔ ResolveRequest               1.0 s\n');
    expect(out).toMatch(/ {2}\S PrepareDataset +11\.0 s\n/);
    expect(out.endsWith('\n  Running for 12.0 s: PrepareDataset.\n')).toBe(true);
  });

  it('sums up a run that is over', async () => {
    const { code, out } = await status(SUCCEEDED);
    expect(code).toBe(0);
    expect(out.endsWith(`\n  ${MANIFEST_URI}\n\n  Done in 10.0 s.\n`)).toBe(true);
  });

  it('fails where the run failed', async () => {
    const { code, err } = await status(historyOf({ type: 'ExecutionAborted' }));
    expect([code, err]).toEqual([1, '\nExecutionAborted: Somebody stopped the execution.\nNothing was published.\n']);
  });

  it('prints events as JSON, and nothing else', async () => {
    const { out } = await status(SUCCEEDED.slice(0, 4), ['--json']);
    expect(types(out)).toEqual(['state-started', 'state-succeeded', 'state-started']);
  });

  it('knows a batch when it sees one', async () => {
    const { code, out } = await status(BATCH.slice(0, 6));
    expect(code).toBe(0);
    expect(out.endsWith('\n  Running for 12.0 s: 0 of 2 tables done.\n')).toBe(true);
  });
});

const GOOD = 's3://bucket/incoming/good.csv';
const BAD = 's3://bucket/incoming/bad.csv';
const SUMMARY_URI = 's3://bucket/balanced/batches/batch-1/summary.json';
const PLAN = {
  items: [GOOD, BAD].map((dataset) => ({ dataset, etag: 'e', execution: 'x', output: 's3://bucket/o', start: {} })),
  unchanged: 3,
  postponed: 0,
};
const COUNTS = { succeeded: 1, failed: 1, unchanged: 3, postponed: 0 };
const item = (dataset: string) => JSON.stringify({ dataset });

const BATCH = historyOf(
  { type: 'ExecutionStarted' },
  entered(BATCH_STATES.listDatasets),
  exited(BATCH_STATES.listDatasets, { output: JSON.stringify(PLAN), at: 1 }),
  { type: 'MapStateStarted' },
  entered(BATCH_STATES.rebalance, { input: item(GOOD), at: 1 }),
  entered(BATCH_STATES.rebalance, { input: item(BAD), at: 1 }),
  { type: 'PassStateEntered', name: BATCH_STATES.failed, input: item(BAD), at: 2 },
  { type: 'PassStateEntered', name: BATCH_STATES.succeeded, input: item(GOOD), at: 5 },
  { type: 'ExecutionSucceeded', output: JSON.stringify({ summary: SUMMARY_URI, counts: COUNTS }), at: 6 },
);

const SUMMARY: BatchSummary = {
  batch: { id: 'batch-1', startedAt: '2025-01-02T03:04:05.000Z' },
  request: { prefix: 'incoming/', select: 'changed' },
  counts: COUNTS,
  datasets: [
    { dataset: GOOD, execution: 'good-1', status: 'succeeded', manifest: 's3://bucket/balanced/good/manifest.json' },
    {
      dataset: BAD,
      execution: 'bad-1',
      status: 'failed',
      failure: { error: 'EmptyTableError', cause: 'There is no row.' },
    },
  ],
};

describe('counterpoise batch', () => {
  const batch = (more: readonly string[] = [], summary = SUMMARY, history = BATCH) => {
    const here = world({ history, looks: [2, 4], store: storeWith(SUMMARY_URI, summary) });
    return { here, running: run(['batch', '--state-machine', MACHINE_ARN, ...more], here) };
  };

  it('starts a batch, follows it, and says which tables failed and why', async () => {
    const { here, running } = batch(['--prefix', 'incoming/eu/', '--select', 'all']);
    const { code, out, err } = await running;
    expect([code, err]).toEqual([1, '']);
    expect(here.executions.started).toMatchObject([{ input: { prefix: 'incoming/eu/', select: 'all' } }]);
    expect(out.slice(out.indexOf('    1.0 s'))).toBe(`    1.0 s  2 tables to rebalance, 3 unchanged, 0 postponed
    1.0 s  ${GOOD}  started
    1.0 s  ${BAD}  started
    2.0 s  ${BAD}  failed after 1.0 s
    5.0 s  ${GOOD}  done in 4.0 s

  1 table succeeded, 1 failed, 3 unchanged, 0 postponed to the next batch.

  ${BAD}
    EmptyTableError: There is no row.

  ${SUMMARY_URI}

  Done in 6.0 s.
`);
  });

  it('ends well where no table failed', async () => {
    const well = { ...SUMMARY, counts: { ...COUNTS, failed: 0 }, datasets: SUMMARY.datasets.slice(0, 1) };
    expect((await batch([], well).running).code).toBe(0);
  });

  it('prints every event once as JSON', async () => {
    expect(types((await batch(['--json']).running).out)).toEqual([
      'batch-started',
      'batch-planned',
      'table-started',
      'table-started',
      'table-failed',
      'table-succeeded',
      'batch-ended',
    ]);
  });

  it('says why a batch as a whole failed', async () => {
    const history = historyOf({ type: 'ExecutionFailed', error: 'InvalidBatchError', cause: 'The batch is not valid' });
    const { code, err } = await batch([], SUMMARY, history).running;
    expect([code, err]).toEqual([
      1,
      '\nInvalidBatchError: The batch is not valid\n' +
        'The batch wrote no summary; tables that were done by then are published.\n',
    ]);
  });

  it('does not wait where it is not to follow', async () => {
    const { here, running } = batch(['--no-follow']);
    const { code, out } = await running;
    expect([code, here.executions.pages]).toEqual([0, 0]);
    expect(out).toMatch(
      / {2}counterpoise status arn:aws:states:eu-central-1:\d+:execution:Rebalance:batch-[0-9a-f-]+\n$/,
    );
  });
});
