import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BATCH_STATES } from '../../contracts/batch.ts';
import { type RunResult, runResultSchema } from '../../contracts/run-result.ts';
import { HAPPY_PATH, STATES } from '../../contracts/states.ts';
import { bundleStep, handlerPath } from '../../infra/step-bundle.ts';
import { generateDefinition } from '../../scripts/generate-definition.ts';

const MB = 1024 * 1024;
/** Lambda's own limits, for a zip that is uploaded directly and for what is in it. */
const LAMBDA_LIMIT = { zipped: 50 * MB, unzipped: 250 * MB };

/** Functions are bundled for this machine, so that the bundles run here; the binding for Linux is installed only there. */
const STATES_TO_BUNDLE: readonly string[] = [
  ...Object.values(STATES),
  'StartRun',
  BATCH_STATES.listDatasets,
  BATCH_STATES.summarize,
];
const USES_DUCKDB: readonly string[] = [STATES.prepareDataset, STATES.publishDataset];
/** The report's plots: Vega and Vega-Lite. */
const DRAWS: readonly string[] = [STATES.writeReport];
const PUBLISHED_FILES = [
  'train.csv',
  'test.csv',
  'provenance.csv',
  'model.json',
  'domain.json',
  'weights.json',
  'report.json',
  'report.html',
];
const runsHere = process.platform === 'linux';
if (!runsHere)
  console.warn('bundles with DuckDB are made for Linux, so the workflow is not run from them on this machine');

let folder: string;

function bundleFolder(state: string): string {
  return join(folder, state);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterpoise-bundles-'));
  for (const state of STATES_TO_BUNDLE) {
    mkdirSync(bundleFolder(state));
    bundleStep(handlerPath(state), bundleFolder(state), process.arch === 'arm64' ? 'arm64' : 'x64');
  }
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

/** Every file of a bundle, by its path in it. */
function filesOf(state: string): string[] {
  return readdirSync(bundleFolder(state), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const compressedSizes = new Map<string, Promise<number>>();

/** The same binding is in several bundles and takes seconds to compress: each file of a name and size is done once. */
function compressedSize(path: string): Promise<number> {
  const bytes = readFileSync(path);
  const key = path.endsWith('.so') ? `${bytes.length}` : path;
  const size = compressedSizes.get(key) ?? promisify(deflateRaw)(bytes).then((zipped) => (zipped as Buffer).length);
  compressedSizes.set(key, size);
  return size;
}

/** Runs a script in a Node process of its own, which knows of this project only what is passed to it. */
async function runNode(script: string, ...args: string[]): Promise<unknown> {
  const options = { cwd: folder, env: { PATH: process.env.PATH, POWERTOOLS_METRICS_DISABLED: 'true' } };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--enable-source-maps', '--input-type=module', '--eval', script, ...args],
    options,
  );
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}

describe('the bundles', () => {
  it('stay far below what Lambda takes', async () => {
    const sizes = await Promise.all(
      STATES_TO_BUNDLE.map(async (state) => {
        const paths = filesOf(state);
        const zipped = await Promise.all(paths.map(compressedSize));
        const unzipped = paths.map((path) => readFileSync(path).length);
        return { state, zipped: sum(zipped), unzipped: sum(unzipped) };
      }),
    );
    const table = sizes.map(({ state, zipped, unzipped }) => {
      const [z, u] = [zipped / LAMBDA_LIMIT.zipped, unzipped / LAMBDA_LIMIT.unzipped].map(
        (share) => `${(share * 100).toFixed(1)}%`,
      );
      return `${state.padEnd(20)} zip ${megabytes(zipped)} (${z} of the limit), unzipped ${megabytes(unzipped)} (${u})`;
    });
    console.log(table.join('\n'));
    for (const { state, zipped, unzipped } of sizes) {
      const share = USES_DUCKDB.includes(state) ? 0.6 : DRAWS.includes(state) ? 0.05 : 0.03;
      expect(zipped, state).toBeLessThan(LAMBDA_LIMIT.zipped * share);
      expect(unzipped, state).toBeLessThan(LAMBDA_LIMIT.unzipped * share);
    }
  });

  it('carry DuckDB where users’ files are read or written, and nowhere else', () => {
    const withBinding = STATES_TO_BUNDLE.filter((state) => filesOf(state).some((path) => path.endsWith('duckdb.node')));
    expect(withBinding).toEqual(USES_DUCKDB);
    for (const state of STATES_TO_BUNDLE) {
      const files = filesOf(state).filter((path) => !path.includes('node_modules'));
      expect(files.map((path) => path.slice(bundleFolder(state).length + 1)).sort()).toEqual([
        'index.mjs',
        'index.mjs.map',
      ]);
    }
  });

  it('are the same bytes wherever they are made', () => {
    const [here, deeper] = ['here', 'deeper/in/another/folder'].map((name) => {
      const path = join(folder, name);
      mkdirSync(path, { recursive: true });
      bundleStep(handlerPath(STATES.mergeRows), path, 'x64');
      return ['index.mjs', 'index.mjs.map'].map((file) => readFileSync(join(path, file)));
    });
    expect(here.map((bytes, file) => bytes.equals(deeper[file]))).toEqual([true, true]);
    const { sources } = JSON.parse(here[1].toString()) as { sources: string[] };
    expect(sources).toContain('../functions/merge-rows/step.ts');
    expect(sources.filter((source) => !source.startsWith('../'))).toEqual([]);
  });

  it('load in Node, and their errors keep their names and point to the source', async () => {
    const script = `
      const { handler } = await import(process.argv[1]);
      const error = await handler({ execution: { id: 'run-1', startedAt: '2026-01-01T00:00:00.000Z' }, start: { dataset: {}, sed: 1 } }, {})
        .catch((error) => error);
      console.log(JSON.stringify({ name: error.name, message: error.message, stack: error.stack }));`;
    const error = (await runNode(script, bundleUrl(STATES.resolveRequest))) as Record<
      'name' | 'message' | 'stack',
      string
    >;
    expect(error.name).toBe('InvalidRequestError');
    expect(error.message).toContain('sed: unknown key; did you mean seed?');
    expect(error.stack).toMatch(/contracts\/parse-request\.ts:\d+:\d+/);
  });

  it.runIf(runsHere)('run the whole workflow, from a CSV file to a balanced one', async () => {
    const rows = Array.from({ length: 400 }, (_, n) => `${(n * 7) % 50},${n % 3 ? 'a' : 'b'},${n % 8 ? 'no' : 'yes'}`);
    writeFileSync(join(folder, 'table.csv'), `amount,kind,fraud\n${rows.join('\n')}\n`);
    const request = {
      dataset: { uri: `file://${folder}/table.csv` },
      generator: { type: 'autoencoder', epochs: 2 },
      evaluation: { folds: 2, ratios: [1] },
      output: { uri: `file://${folder}/out` },
    };
    const script = `
      const { HAPPY_PATH, bundles, definition, engine, request } = JSON.parse(process.argv[1]);
      const { StateMachine } = await import(engine);
      const handlers = { AnnounceResult: async () => ({}) };
      for (const state of HAPPY_PATH) {
        const { handler } = await import(bundles[state]);
        handlers[state] = (payload) => handler(payload, {});
      }
      const { result } = new StateMachine(definition).run(request, {
        overrides: { taskResourceLocalHandlers: handlers },
        context: { Execution: { Name: 'run-1' } },
      });
      console.log(JSON.stringify(await result));`;
    const output = (await runNode(
      script,
      JSON.stringify({
        HAPPY_PATH,
        request,
        engine: import.meta.resolve('aws-local-stepfunctions'),
        definition: JSON.parse(generateDefinition()),
        bundles: Object.fromEntries(HAPPY_PATH.map((state) => [state, bundleUrl(state)])),
      }),
    )) as RunResult;
    const { counts, outputs } = runResultSchema.parse(output);
    expect(counts.rebalanced.majority).toBe(counts.rebalanced.minority);
    expect(outputs.files.map(({ name }) => name)).toEqual(PUBLISHED_FILES);
    const train = readFileSync(join(folder, 'out', 'train.csv'), 'utf8')
      .trim()
      .split('\n');
    expect(train[0]).toBe('amount,kind,fraud,is_synthetic,in_domain');
    expect(train).toHaveLength(1 + counts.rebalanced.majority + counts.rebalanced.minority);
    // What the run ends with is references and counts: far from the 256 KiB that a payload may have.
    expect(JSON.stringify(output).length).toBeLessThan(4 * 1024);
  });
});

function bundleUrl(state: string): string {
  return pathToFileURL(join(bundleFolder(state), 'index.mjs')).href;
}

function megabytes(bytes: number): string {
  return `${(bytes / MB).toFixed(1).padStart(5)} MB`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
