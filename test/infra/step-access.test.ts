import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { StateMachine } from 'aws-local-stepfunctions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ObjectNotFoundError } from '../../contracts/errors.ts';
import { ANNOUNCEMENT_STATES, STATES, type StateName, stepFolder } from '../../contracts/states.ts';
import { invokeStep } from '../../functions/step.ts';
import { STEPS } from '../../functions/steps.ts';
import { objectStatements } from '../../infra/object-access.ts';
import { STEP_ACCESS } from '../../infra/step-access.ts';
import { generateDefinition } from '../../scripts/generate-definition.ts';
import type { DatasetStore, WriteOptions } from '../../storage/dataset-store.ts';
import { DirectoryStore } from '../../storage/directory-store.ts';

type Touch = {
  readonly state: StateName;
  readonly kind: 'reads' | 'writes' | 'removes' | 'misses';
  readonly key: string;
  /** of a write: whether the object is tagged */
  readonly artifact?: boolean;
};

const BUCKET = 's3://bucket/';
let folder: string;
const touched: Touch[] = [];
const EXECUTIONS = ['first', 'second', 'again', 'among', 'beside', 'third', 'fourth', 'fifth', 'sixth'];

/**
 * A bucket in a folder, which notes what `state` asks of it: no emulator of S3 holds anyone to their permissions, so
 * whether they suffice is found out here.
 */
function watchedStore(state: StateName): DatasetStore {
  const directory = new DirectoryStore();
  const local = (uri: string) => {
    expect(uri.startsWith(BUCKET), `${state} leaves the bucket: ${uri}`).toBe(true);
    return `file://${folder}/${uri.slice(BUCKET.length)}`;
  };
  const note = async <T>(
    kind: Touch['kind'],
    uri: string,
    use: (path: string) => Promise<T>,
    { artifact = false }: WriteOptions = {},
  ): Promise<T> => {
    const key = uri.slice(BUCKET.length);
    touched.push({ state, kind, key, ...(kind === 'writes' ? { artifact } : {}) });
    try {
      return await use(local(uri));
    } catch (error) {
      if (error instanceof ObjectNotFoundError) touched.push({ state, kind: 'misses', key });
      throw error;
    }
  };
  return {
    describe: (uri) => note('reads', uri, (at) => directory.describe(at)),
    read: (uri) => note('reads', uri, (at) => directory.read(at)),
    withLocalFile: (uri, use) => note('reads', uri, (at) => directory.withLocalFile(at, use)),
    write: (uri, bytes, options) => note('writes', uri, (at) => directory.write(at, bytes), options),
    createIfAbsent: (uri, bytes) => note('writes', uri, (at) => directory.createIfAbsent(at, bytes)),
    publishLocalFile: (uri, produce, options) =>
      note('writes', uri, (at) => directory.publishLocalFile(at, produce), options),
    remove: (uri) => note('removes', uri, (at) => directory.remove(at)),
    list: (uri) => {
      throw new Error(`${state} lists ${uri}: no step is granted that`);
    },
  };
}

const unannounced = Object.fromEntries(Object.values(ANNOUNCEMENT_STATES).map((state) => [state, async () => ({})]));

/** Runs the definition with the real steps on the watched bucket. */
async function run(execution: string, request: object): Promise<unknown> {
  const handlers = Object.values(STATES).map((state) => [
    state,
    (payload: unknown) => invokeStep(STEPS[state], payload, { store: watchedStore(state) }, () => performance.now()),
  ]);
  const { result } = new StateMachine(JSON.parse(generateDefinition())).run(request as never, {
    overrides: { taskResourceLocalHandlers: { ...Object.fromEntries(handlers), ...unannounced } },
    context: { Execution: { Name: execution } },
  });
  return result.catch((error: { cause: Error }) => error.cause.name);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'counterpoise-access-'));
  mkdirSync(join(folder, 'incoming/eu'), { recursive: true });
  mkdirSync(join(folder, 'incoming/runs/2026-11'), { recursive: true });
  const rows = Array.from(
    { length: 200 },
    (_, n) => `${n},${(n * 7) % 50},${n % 3 ? 'a' : 'b'},${n % 8 ? 'no' : 'yes'}`,
  );
  // One is among uploads whose outputs lie where the artifacts of a run might.
  for (const table of ['eu/cards.csv', 'runs/2026-11/fit-model.csv']) {
    writeFileSync(join(folder, 'incoming', table), `note,amount,kind,fraud\n${rows.join('\n')}\n`);
  }

  const dataset = { uri: `${BUCKET}incoming/eu/cards.csv`, ignore: ['note'] };
  const quick = {
    generator: { type: 'autoencoder', epochs: 2 },
    evaluation: { folds: 2, strategies: ['algorithm-1'], ratios: [1] },
  };
  expect(await run('first', { dataset, ...quick })).toHaveProperty('outputs');
  // Over what is there already, in a format that is not asked for any more.
  expect(await run('second', { dataset, ...quick, output: { format: 'parquet' } })).toHaveProperty('outputs');
  expect(await run('again', { dataset, ...quick })).toHaveProperty('outputs');
  const among = { uri: `${BUCKET}incoming/runs/2026-11/fit-model.csv`, ignore: ['note'] };
  expect(await run('among', { dataset: among, ...quick })).toHaveProperty('outputs');
  // What is published by another strategy is seen beside Algorithm 1, which is then trained for that.
  expect(await run('beside', { dataset, ...quick, strategy: 'none' })).toHaveProperty('outputs');
  // Beside a manifest that speaks of whole outputs, and where there is none.
  const unknown = { column: 'none' };
  expect(await run('third', { dataset, target: unknown })).toBe('UnknownTargetError');
  const elsewhere = { uri: `${BUCKET}balanced/` };
  expect(await run('fourth', { dataset, target: unknown, output: elsewhere })).toBe('UnknownTargetError');
  expect(await run('fifth', { dataset, target: unknown, output: elsewhere })).toBe('UnknownTargetError');
  expect(await run('sixth', { dataset: { uri: `${BUCKET}incoming/none.csv` } })).toBe('ObjectNotFoundError');
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

function matches(key: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(key));
}

describe('what a step is granted', () => {
  it.each(Object.values(STATES))('is enough for %s', (state) => {
    const { meetsMissing, ...granted } = STEP_ACCESS[state];
    const refused = touched.filter(
      (touch) =>
        touch.state === state && !(touch.kind === 'misses' ? meetsMissing : matches(touch.key, granted[touch.kind])),
    );
    expect(refused).toEqual([]);
  });

  it.each(Object.values(STATES))('lets %s tag its artifacts, which it does, and nothing else', (state) => {
    const bucket = { arnForObjects: (pattern: string) => pattern, bucketArn: 'bucket' } as unknown as IBucket;
    const taggable = objectStatements(STEP_ACCESS[state], bucket)
      .filter(({ actions }) => actions.includes('s3:PutObjectTagging'))
      .flatMap(({ resources }) => resources);
    const writes = touched.filter((touch) => touch.state === state && touch.kind === 'writes');
    const wrong = writes.filter(({ key, artifact }) => {
      const left = new RegExp(`/runs/(${EXECUTIONS.join('|')})/${stepFolder(state)}/[^/]+$`).test(key);
      return artifact !== left || (artifact && !matches(key, taggable));
    });
    expect(wrong).toEqual([]);
  });

  it.each(Object.values(STATES))('is no more than %s uses', (state) => {
    const mine = touched.filter((touch) => touch.state === state);
    for (const kind of ['reads', 'writes', 'removes'] as const) {
      const keys = mine.filter((touch) => touch.kind === kind).map(({ key }) => key);
      const idle = STEP_ACCESS[state][kind].filter((pattern) => !keys.some((key) => matches(key, [pattern])));
      expect({ kind, idle }).toEqual({ kind, idle: [] });
    }
    expect(mine.some(({ kind }) => kind === 'misses')).toBe(STEP_ACCESS[state].meetsMissing);
  });
});
