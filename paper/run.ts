/**
 * Runs the source's two experiments on UCI Adult and writes what comes out: the tables of docs/paper.md, the plots and
 * paper.json of docs/paper. The exit code says whether it ran; whether the bars are met, the report says.
 *
 *     node paper/run.ts [--data <adult.data>] [--seeds 0,1,2,3,4] [--learners svm,…] [--out docs/paper] [--workers n]
 *
 * The same seeds give the same bytes, whatever the number of workers. Progress and durations go to standard error.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { NamedError } from '../core/errors.ts';
import { adultSource, locateAdult } from './adult.ts';
import { type PaperOptions, parsePaperArguments } from './arguments.ts';
import { requirePlace, writeReport } from './report/write.ts';
import { runStudy } from './study.ts';
import { WorkerPool } from './worker-pool.ts';

/** What the whole of it may take on four cores. */
const MINUTES = 15;
const MILLISECONDS_PER_MINUTE = 60_000;

try {
  await main(parsePaperArguments(process.argv.slice(2)));
} catch (thrown) {
  if (!(thrown instanceof NamedError)) throw thrown;
  process.stderr.write(`${thrown.message}\n`);
  process.exitCode = 1;
}

async function main(options: PaperOptions): Promise<void> {
  const started = performance.now();
  requirePlace(options.out);
  const dataset = await locateAdult(options.data, adultSource(process.env));
  const folder = mkdtempSync(join(tmpdir(), 'counterpoise-paper-'));
  const pool = new WorkerPool(options.workers);
  const cleanUp = () => {
    pool.close();
    rmSync(folder, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      cleanUp();
      process.exit(128 + constants.signals[signal]);
    });
  }
  try {
    const study = { dataset, folder };
    const results = await runStudy(study, options.seeds, options.learners, pool, (done, total, what) =>
      say(`[${String(done).padStart(String(total).length)}/${total}] ${minutesSince(started)}  ${what}`),
    );
    process.stdout.write(`${await writeReport(results, options.out)}\n`);
  } finally {
    cleanUp();
  }
  say(`${minutesSince(started)} minutes with ${options.workers} processes; the bar is ${MINUTES} on four cores.`);
}

function minutesSince(started: number): string {
  return ((performance.now() - started) / MILLISECONDS_PER_MINUTE).toFixed(1).padStart(4);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
