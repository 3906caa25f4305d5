import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ADULT_COLUMNS } from '../paper/adult.ts';
import type { Adult } from './adult.ts';
import { runToEnd } from './process.ts';
import { progress } from './progress.ts';
import type { Python } from './python.ts';
import { takeTurns } from './series.ts';
import type { Row } from './table.ts';
import { threadLimit } from './worker.ts';

const ROUNDS = 5;
const commandLine = fileURLToPath(new URL('../local/main.ts', import.meta.url));
const peer = fileURLToPath(new URL('peers/algorithm1.py', import.meta.url));

/**
 * The whole command on Adult with the tree, from start to exit, against a Python script that does the same.
 *
 * @param input the CSV file
 * @param directory for outputs, which are deleted after each run
 */
export async function benchCommand(python: Python, adult: Adult, input: string, directory: string): Promise<Row[]> {
  progress('the whole command');
  const out = join(directory, 'out');
  const args = [input, '--columns', ADULT_COLUMNS.join(','), '--target', 'income', '--out', out];
  const peaks: Record<'ours' | 'theirs', number[]> = { ours: [], theirs: [] };
  const contender = (program: readonly string[], env: Record<string, string>, peaksOf: number[]) => async () => {
    const { seconds, peakBytes } = await runToEnd([...program, ...args], env, directory);
    if (!existsSync(join(out, 'train.csv'))) throw new Error(`${program.join(' ')} left no train.csv`);
    rmSync(out, { recursive: true });
    if (peakBytes !== undefined) peaksOf.push(peakBytes / 1e6);
    return seconds;
  };
  const seconds = await takeTurns(ROUNDS, 0, {
    // The script compares nothing either.
    ours: contender([process.execPath, commandLine, '--compare', ''], {}, peaks.ours),
    one: contender([python.executable, peer], threadLimit(1), []),
    all: contender([python.executable, peer], {}, peaks.theirs),
  });
  const command = `whole command, ${adult.name}, decision tree`;
  const time = { what: `${command}, start to exit`, unit: 's', ours: seconds.ours, bar: { ratio: 1.5 } } as const;
  const rows: Row[] = [
    { ...time, peer: 'Python script, 1 thread', theirs: seconds.one },
    { ...time, peer: 'Python script, default threads', theirs: seconds.all },
  ];
  if (peaks.ours.length === 0) {
    progress('peak memory not measured, for there is no /proc to read it from');
    return rows;
  }
  const memory = { what: `${command}, peak memory`, unit: 'MB', bar: { absolute: 400 } } as const;
  return [...rows, { ...memory, ours: peaks.ours, peer: 'Python script, default threads', theirs: peaks.theirs }];
}
