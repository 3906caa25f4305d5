/**
 * Times this project beside numpy and scikit-learn and prints the table; exits with 1 where a bar is missed.
 *
 *     node bench/run.ts [--data <adult.data>] [--only generator,tree,command] [--write]
 *
 * `--write` puts the table into docs/performance.md. Progress goes to standard error.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRng } from '../core/random/rng.ts';
import { DEFAULT_ADULT, loadAdult, minorityOf } from './adult.ts';
import { benchCommand } from './command.ts';
import { writeRows } from './exchange.ts';
import { benchGenerator } from './generator.ts';
import { progress } from './progress.ts';
import { type Python, PythonUnavailableError, preparePython } from './python.ts';
import { describeMachine, report } from './report.ts';
import { missesBar, type Row, toMarkdown } from './table.ts';
import { benchTree, drawContinuous, type TreeTask } from './tree.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: DEFAULT_ADULT },
    only: { type: 'string', default: 'generator,tree,command' },
    write: { type: 'boolean', default: false },
  },
});

const directory = mkdtempSync(join(tmpdir(), 'counterpoise-bench-'));
try {
  const python = preparePython();
  const rows = await measure(python, directory, new Set(options.only.split(',')));
  report('bench', `${describeMachine([python.versions])}\n\n${toMarkdown(rows)}`, options.write);
  const missed = rows.filter(missesBar);
  for (const { what, peer } of missed) progress(`bar missed: ${what}, against ${peer}`);
  process.exitCode = missed.length > 0 ? 1 : 0;
} catch (error) {
  if (!(error instanceof PythonUnavailableError)) throw error;
  console.log(`bench: skipped, for there is no Python to measure against: ${error.message}`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}

async function measure(python: Python, directory: string, only: ReadonlySet<string>): Promise<Row[]> {
  const adult = loadAdult(options.data);
  const rows: Row[] = [];
  if (only.has('generator')) {
    const minority = minorityOf(adult.train);
    writeRows(directory, 'minority', minority);
    rows.push(...(await benchGenerator(python, directory, minority.matrix)));
  }
  if (only.has('tree')) {
    const tasks: TreeTask[] = [
      { name: adult.name, train: adult.train, test: adult.test, rounds: 7 },
      {
        name: 'continuous',
        train: drawContinuous(200_000, 30, createRng(0, 'bench-train')),
        test: drawContinuous(50_000, 30, createRng(0, 'bench-test')),
        rounds: 3,
      },
    ];
    for (const { name, train, test } of tasks) {
      writeRows(directory, `${name}-train`, train);
      writeRows(directory, `${name}-test`, test);
    }
    rows.push(...(await benchTree(python, directory, tasks)));
  }
  if (only.has('command')) {
    const input = join(directory, 'adult.csv');
    writeFileSync(input, adult.text);
    rows.push(...(await benchCommand(python, adult, existsSync(options.data) ? options.data : input, directory)));
  }
  return rows;
}
