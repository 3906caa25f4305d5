import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATES } from '../../contracts/states.ts';
import { fileUri } from '../../contracts/uri.ts';
import { VERSION } from '../../contracts/version.ts';
import type { RunEvent } from '../../local/run/run-events.ts';
import { PARTIAL_PREFIX } from '../../storage/directory-store.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAIN = join(ROOT, 'local', 'main.ts');

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterpoise-end-to-end-'));
  writeFileSync(join(folder, 'small.csv'), smallTable());
  writeFileSync(join(folder, 'request.json'), '{"evaluation":{"folds":2,"ratios":[1]}}');
  writeFileSync(join(folder, 'one-class.csv'), 'amount,kind,outcome\n1,a,fine\n2,b,fine\n3,a,fine\n');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** 400 rows, a tenth of them fraud, told apart by the amount. */
function smallTable(): string {
  const rows = Array.from({ length: 400 }, (_, row) => {
    const isFraud = row % 10 === 0;
    return `${(row * 37) % 100},${(isFraud ? 500 : 20) + ((row * 17) % 60)}.5,${['shop', 'web', 'phone'][row % 3]},${isFraud ? 'fraud' : 'fine'}`;
  });
  return `age,amount,channel,outcome\n${rows.join('\n')}\n`;
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function launch(args: readonly string[], entry = MAIN): { child: ChildProcess; ended: Promise<Ended> } {
  const { CI: _, FORCE_COLOR: __, ...env } = process.env;
  const child = spawn(process.execPath, [entry, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on('data', (chunk) => out.push(String(chunk)));
  child.stderr.on('data', (chunk) => err.push(String(chunk)));
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, out: out.join(''), err: err.join('') }));
  });
  return { child, ended };
}

/** Starts an endless training, and waits until it has begun. */
async function launchTraining(out: string) {
  const { child, ended } = launch(['small.csv', '--out', out, '--epochs', '100000', '--json']);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => String(chunk).includes('state-progress') && resolve());
    ended.then(({ err }) => reject(new Error(`The training never began: ${err}`)));
  });
  return { child, ended };
}

/** Starts a comparison that takes its time, and waits until it has begun. */
async function launchComparison(out: string) {
  writeFileSync(
    join(folder, 'long.json'),
    '{"evaluation":{"folds":20,"repeats":3},"learner":{"type":"neural-network"}}',
  );
  const args = ['small.csv', '--request', 'long.json', '--epochs', '2', '--jobs', '2', '--out', out, '--json'];
  const { child, ended } = launch(args);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => String(chunk).includes('fold-evaluated') && resolve());
    ended.then(({ err }) => reject(new Error(`The comparison never began: ${err}`)));
  });
  return { child, ended };
}

/** What a run has written, by path, but for what may differ between two runs. */
function filesOf(out: string): Map<string, Buffer> {
  const names = readdirSync(join(folder, out), { recursive: true, withFileTypes: true });
  const paths = names.filter((name) => name.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const compared = paths.filter((path) => !path.endsWith('manifest.json')).toSorted();
  return new Map(compared.map((path) => [relative(join(folder, out), path), readFileSync(path)]));
}

function eventsOf(out: string): RunEvent[] {
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

describe('node local/main.ts', () => {
  it('rebalances a table, and says so in words', async () => {
    const { code, out, err } = await launch(['small.csv', '--out', 'words']).ended;
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('minority "fraud"');
    expect(out).toMatch(/\n {2}rebalanced +\d+ +\d+ /);
    const { outputs } = JSON.parse(readFileSync(join(folder, 'words', 'manifest.json'), 'utf8'));
    const published: string[] = outputs.map(({ name }: { name: string }) => name);
    expect(published).toEqual(expect.arrayContaining(['train.csv', 'test.csv', 'model.json', 'report.html']));
    expect(readdirSync(join(folder, 'words')).toSorted()).toEqual(['manifest.json', 'runs', ...published].toSorted());
    for (const name of published) expect(out).toContain(`\n  words/${name}\n`);
  });

  it('prints nothing but JSON with --json, and writes the same bytes when asked the same again', async () => {
    const files = ['train.csv', 'test.csv'];
    const args = ['small.csv', '--request', 'request.json', '--json', '--seed', '0', '--epochs', '20', '--out'];
    const [first, second] = await Promise.all([launch([...args, 'a']).ended, launch([...args, 'b']).ended]);
    expect([first.code, first.err, second.code, second.err]).toEqual([0, '', 0, '']);
    const [events, again] = [eventsOf(first.out), eventsOf(second.out)];
    expect(events[0]).toMatchObject({ type: 'run-started' });
    expect(again[0]).toMatchObject({ execution: (events[0] as { execution: string }).execution });
    const isTraining = (event: RunEvent) => event.type === 'state-progress' && event.state === STATES.trainGenerator;
    expect(events.filter(isTraining)).toHaveLength(20);
    const manifest = JSON.parse(readFileSync(join(folder, 'a', 'manifest.json'), 'utf8'));
    expect(events.at(-1)).toMatchObject({ type: 'run-succeeded', manifest });
    for (const file of files) {
      expect(readFileSync(join(folder, 'a', file))).toEqual(readFileSync(join(folder, 'b', file)));
    }
  });

  it('fails in words on a table that cannot be rebalanced, records why, and publishes nothing', async () => {
    const { code, err } = await launch(['one-class.csv', '--out', 'failed']).ended;
    expect(code).toBe(1);
    expect(err).toMatch(/^\nUnsupportedTargetError: .*outcome/);
    expect(err).not.toContain('    at ');
    const [, record] = err.match(/recorded in (\S+)\n$/) ?? [];
    expect(JSON.parse(readFileSync(join(folder, record), 'utf8'))).toMatchObject({
      status: 'failed',
      failure: { error: 'UnsupportedTargetError' },
      outputs: [],
    });
    expect(readdirSync(join(folder, 'failed')).filter((name) => name.endsWith('.csv'))).toEqual([]);
  });

  it('writes the same bytes whatever the number of folds side by side', async () => {
    const args = ['small.csv', '--request', 'request.json', '--epochs', '20', '--quiet', '--out', 'jobs', '--jobs'];
    const written = [];
    for (const jobs of ['1', '2', '4']) {
      const { code, err } = await launch([...args, jobs]).ended;
      expect([code, err]).toEqual([0, '']);
      written.push(filesOf('jobs'));
      rmSync(join(folder, 'jobs'), { recursive: true });
    }
    const [first, ...others] = written;
    expect([...first.keys()].filter((path) => path.includes('evaluate-fold'))).not.toEqual([]);
    for (const other of others) {
      expect([...other.keys()]).toEqual([...first.keys()]);
      expect([...other].filter(([path, bytes]) => !first.get(path)?.equals(bytes)).map(([path]) => path)).toEqual([]);
    }
  });

  it('stops a comparison at Ctrl-C, and leaves no file half written', async () => {
    const { child, ended } = await launchComparison('stopped');
    child.kill('SIGINT');
    const { code, out, err } = await ended;
    expect([code, err]).toEqual([130, '\nStopped. Nothing was published.\n']);
    expect(eventsOf(out).at(-1)).toMatchObject({ type: 'run-interrupted', published: false });
    expect(readdirSync(join(folder, 'stopped'))).toEqual(['runs']);
    expect([...filesOf('stopped').keys()].filter((path) => path.includes(PARTIAL_PREFIX))).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('stops training at %s and publishes nothing', async (signal) => {
    const { child, ended } = await launchTraining(signal);
    child.kill(signal);
    const { code, out, err } = await ended;
    expect([code, err]).toEqual([130, '\nStopped. Nothing was published.\n']);
    expect(eventsOf(out).at(-1)).toMatchObject({ type: 'run-interrupted', published: false });
    expect(readdirSync(join(folder, signal))).toEqual(['runs']);
  });

  it('goes on where nobody reads its output any more', async () => {
    const { child, ended } = launch(['small.csv', '--request', 'request.json', '--out', 'unread', '--json']);
    child.stdout?.once('data', () => child.stdout?.destroy());
    expect(await ended).toMatchObject({ code: 0, err: '' });
    expect(existsSync(join(folder, 'unread', 'manifest.json'))).toBe(true);
  });
});

describe('the bundle', () => {
  const bundle = join(ROOT, 'node_modules', '.cache', 'counterpoise', 'bundle-test');

  afterAll(() => rmSync(bundle, { recursive: true, force: true }));

  it('runs below node_modules, and writes what the sources write', async () => {
    const built = await launch([bundle], join(ROOT, 'scripts', 'build-cli.ts')).ended;
    expect(built).toEqual({ code: 0, out: '', err: '' });
    const command = join(bundle, 'counterpoise.js');
    expect(readFileSync(command, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(await launch(['--version'], command).ended).toEqual({ code: 0, out: `${VERSION}\n`, err: '' });

    const args = ['small.csv', '--request', 'request.json', '--quiet', '--seed', '5', '--epochs', '20', '--out'];
    const [sources, bundled] = await Promise.all([
      launch([...args, 'sources']).ended,
      launch([...args, 'bundled'], command).ended,
    ]);
    expect([sources, bundled]).toEqual([
      { code: 0, out: '', err: '' },
      { code: 0, out: '', err: '' },
    ]);
    for (const file of ['train.csv', 'test.csv']) {
      expect(readFileSync(join(folder, 'bundled', file))).toEqual(readFileSync(join(folder, 'sources', file)));
    }
  });

  it('keeps the names of errors, by which failures are known', async () => {
    const missing = fileUri(join(folder, 'no-such-bucket-or-file.csv'));
    const { code, err } = await launch([missing], join(bundle, 'counterpoise.js')).ended;
    expect([code, err]).toEqual([2, `input: found no file ${join(folder, 'no-such-bucket-or-file.csv')}\n`]);
    const failed = await launch(['one-class.csv', '--quiet'], join(bundle, 'counterpoise.js')).ended;
    expect(failed.err).toMatch(/^\nUnsupportedTargetError: /);
  });
});
