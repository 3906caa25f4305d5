/**
 * Times this project beside numpy and scikit-learn and prints the table; exits with 1 where a bar is missed.
 *
 *     node bench/run.ts [--data <adult.data>] [--only generator,neighbours,svm,…,command] [--write]
 *
 * `--only` takes generator, neighbours, command and the types of learners. `--write` puts the table into docs/performance.md.
 * Progress goes to standard error.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LEARNER_TYPES } from '../core/learners/registry.ts';
import { DEFAULT_ADULT, loadAdult, minorityOf } from './adult.ts';
import { benchCommand } from './command.ts';
import { writeRows } from './exchange.ts';
import { benchGenerator } from './generator.ts';
import { learnerData } from './learner-data.ts';
import { benchLearners } from './learners.ts';
import { benchNeighbours } from './neighbours.ts';
import { progress } from './progress.ts';
import { type Python, PythonUnavailableError, preparePython } from './python.ts';
import { describeMachine, report } from './report.ts';
import { missesBar, type Row, toMarkdown } from './table.ts';

const PARTS = ['generator', 'neighbours', ...LEARNER_TYPES, 'command'];

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: DEFAULT_ADULT },
    only: { type: 'string', default: PARTS.join(',') },
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
  if (only.has('neighbours')) rows.push(...(await benchNeighbours(python, directory, adult)));
  if (LEARNER_TYPES.some((type) => only.has(type))) {
    const data = learnerData(adult);
    for (const [id, { train, test }] of Object.entries(data)) {
      writeRows(directory, `${id}-train`, train);
      writeRows(directory, `${id}-test`, test);
    }
    rows.push(...(await benchLearners(python, directory, data, only)));
  }
  if (only.has('command')) {
    const input = join(directory, 'adult.csv');
    writeFileSync(input, adult.text);
    rows.push(...(await benchCommand(python, adult, existsSync(options.data) ? options.data : input, directory)));
  }
  return rows;
}
