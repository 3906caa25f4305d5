import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import type { RebalanceRequest } from '../../contracts/request.ts';
import { resolveStart } from '../../contracts/start-event.ts';
import type { StateName } from '../../contracts/states.ts';
import { fileUri } from '../../contracts/uri.ts';
import { STEPS } from '../../functions/steps.ts';
import { DEFINITION } from '../../local/run/definition.ts';
import { runWorkflow, type WorkflowOutcome } from '../../local/run/run-workflow.ts';
import { inProcessStepRunner, type Steps } from '../../local/workers/step-runner.ts';
import { openStore } from '../../storage/open-store.ts';

type Settings = Omit<RebalanceRequest, 'dataset' | 'output'> & {
  dataset?: Omit<RebalanceRequest['dataset'], 'uri'>;
  output?: { format: 'csv' | 'parquet' };
};

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'counterpoise-run-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the real definition with the real steps (or others in place of some) on a table given as text. */
export async function rebalance(
  csv: string,
  settings: Settings = {},
  { folder = temporaryFolder(), steps = {} }: { folder?: string; steps?: Steps } = {},
): Promise<{ outcome: WorkflowOutcome; out: string; folder: string }> {
  const input = join(folder, 'table.csv');
  const out = join(folder, 'out');
  await writeFile(input, csv);
  const request = resolveStart({
    ...settings,
    // Comparing takes its time, and has tests of its own.
    evaluation: settings.evaluation ?? { strategies: [] },
    generator: { type: 'autoencoder', epochs: 20, ...settings.generator },
    dataset: { ...settings.dataset, uri: fileUri(input) },
    output: { ...settings.output, uri: fileUri(out) },
  });
  const { outcome } = runWorkflow({
    definition: DEFINITION,
    executionId: 'test',
    request,
    steps: inProcessStepRunner({ steps: { ...STEPS, ...steps } as Steps, store: openStore() }),
    clock: { now: () => performance.now(), date: () => new Date(0) },
    emit: () => {},
    retryDelayMs: 0,
  });
  return { outcome: await outcome, out, folder };
}

/** A step that fails in place of the real one, the given number of times. */
export function failingStep(state: StateName, error: Error, times = Number.POSITIVE_INFINITY): Steps {
  let failures = 0;
  const real = STEPS[state];
  return {
    [state]: {
      ...real,
      run: (...args: Parameters<typeof real.run>) => {
        if (failures++ < times) throw error;
        return real.run(...args);
      },
    },
  };
}

export async function readText(...path: string[]): Promise<string> {
  return readFile(join(...path), 'utf8');
}

export async function readManifest(out: string) {
  return JSON.parse(await readText(out, 'manifest.json'));
}

/** Header and rows of a CSV file without quoted fields. */
export async function readCsv(...path: string[]): Promise<{ header: string[]; rows: string[][] }> {
  const [header, ...rows] = (await readText(...path))
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  return { header, rows };
}

/** SHA-256 of every file below a folder, by relative path. */
export async function hashes(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hashed = await Promise.all(
    files.sort().map(async (file) => [
      relative(folder, file),
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    ]),
  );
  return Object.fromEntries(hashed);
}
