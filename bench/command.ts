import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ADULT_COLUMNS, type Adult } from './adult.ts';
import { progress } from './progress.ts';
import type { Python } from './python.ts';
import { takeTurns } from './series.ts';
import type { Row } from './table.ts';
import { threadLimit } from './worker.ts';

const ROUNDS = 3;
const commandLine = fileURLToPath(new URL('../local/main.ts', import.meta.url));
const peer = fileURLToPath(new URL('peers/algorithm1.py', import.meta.url));
const peakMemoryHook = new URL('peak-memory.ts', import.meta.url).href;

/**
 * The whole command on Adult with the tree, from start to exit, against a Python script that does the same.
 *
 * @param input the CSV file
 * @param directory for outputs, which are deleted after each run
 */
export async function benchCommand(python: Python, adult: Adult, input: string, directory: string): Promise<Row[]> {
  progress('the whole command');
  const peaks: Record<'ours' | 'one' | 'all', number[]> = { ours: [], one: [], all: [] };
  const out = join(directory, 'out');
  const shared = [input, '--columns', ADULT_COLUMNS.join(','), '--target', 'income', '--out', out];
  const runner =
    (who: keyof typeof peaks, executable: string, args: readonly string[], env: Record<string, string>) => () => {
      const { seconds, peakMegabytes } = measure(executable, [...args, ...shared], env, directory, out);
      peaks[who].push(peakMegabytes);
      return seconds;
    };
  const seconds = await takeTurns(ROUNDS, 0, {
    ours: runner('ours', process.execPath, ['--import', peakMemoryHook, commandLine], {}),
    one: runner('one', python.executable, [peer], threadLimit(1)),
    all: runner('all', python.executable, [peer], {}),
  });
  const time = `whole command, ${adult.name}, decision tree, start to exit`;
  const memory = `whole command, ${adult.name}, decision tree, peak memory`;
  const script = 'Python script';
  const row = (
    what: string,
    unit: Row['unit'],
    ours: number[],
    threads: string,
    theirs: number[],
    bar: Row['bar'],
  ): Row => ({
    what,
    unit,
    ours,
    peer: `${script}, ${threads}`,
    theirs,
    bar,
  });
  return [
    row(time, 's', seconds.ours, '1 thread', seconds.one, { ratio: 1.5 }),
    row(time, 's', seconds.ours, 'default threads', seconds.all, { ratio: 1.5 }),
    row(memory, 'MB', peaks.ours, 'default threads', peaks.all, { absolute: 400 }),
  ];
}

/** Runs a program to its end; it leaves its peak memory, in bytes, in the file that BENCH_PEAK_MEMORY names. */
function measure(
  executable: string,
  args: readonly string[],
  env: Record<string, string>,
  directory: string,
  out: string,
): { seconds: number; peakMegabytes: number } {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const peakFile = join(directory, 'peak-memory');
  const start = performance.now();
  const { status, stderr, error } = spawnSync(executable, args, {
    cwd: directory,
    env: { ...process.env, ...env, BENCH_PEAK_MEMORY: peakFile },
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`${executable} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  if (!existsSync(join(out, 'train.csv'))) throw new Error(`${executable} ${args.join(' ')} left no train.csv`);
  rmSync(out, { recursive: true });
  return { seconds, peakMegabytes: Number(readFileSync(peakFile, 'utf8')) / 1e6 };
}
