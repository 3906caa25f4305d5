/**
 * Measures each step of a run by itself, in a process of its own, on the bundled sample taken 10, 25, 50 ... times: seconds and
 * peak memory, beside the size of the training and test rows as a learner takes them. What decides where a step runs
 * (infra/step-compute.ts) rests on it.
 *
 *     node bench/step-sizes.ts [--times 10,25,50] [--learner '{"type":"svm"}']
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { resolveStart } from '../contracts/start-event.ts';
import { STATES, type StateName } from '../contracts/states.ts';
import type { Workflow } from '../contracts/workflow.ts';
import { invokeStep } from '../functions/step.ts';
import { STEPS } from '../functions/steps.ts';
import { openStore } from '../storage/open-store.ts';
import { progress } from './progress.ts';
import { describeMachine } from './report.ts';

/** The steps that work on rows, in the order of a run, with the key that each adds to the workflow. */
const MEASURED: readonly (readonly [StateName, string])[] = [
  [STATES.prepareDataset, 'prepared'],
  [STATES.trainGenerator, 'generator'],
  [STATES.generateRows, 'generated'],
  [STATES.trainDiscriminator, 'discriminator'],
  [STATES.selectRows, 'selected'],
  [STATES.mergeRows, 'merged'],
  [STATES.undersampleMajority, 'undersampled'],
  [STATES.planComparison, 'planned'],
  [STATES.evaluateFold, 'folds'],
  [STATES.fitModel, 'model'],
  [STATES.evaluateResult, 'evaluation'],
  [STATES.writeReport, 'report'],
  [STATES.publishDataset, 'published'],
];

const SAMPLE = fileURLToPath(new URL('../samples/card-transactions.csv', import.meta.url));
const MIB = 1024 * 1024;

interface Measured {
  readonly result: object & { readonly durationMs: number };
  readonly peakMiB: number;
}

if (process.send) process.once('message', (message) => void runOne(message as [StateName, unknown]));
else await runAll();

async function runOne([state, payload]: [StateName, unknown]): Promise<void> {
  const result = await invokeStep(STEPS[state], payload, { store: openStore() }, () => performance.now());
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))!;
  process.send!({ result, peakMiB: Number(kibibytes) / 1024 } satisfies Measured);
  process.disconnect();
}

async function runAll(): Promise<void> {
  const { values } = parseArgs({
    options: { times: { type: 'string', default: '10,25,50' }, learner: { type: 'string', default: '{}' } },
  });
  console.log(`${describeMachine([])}\n`);
  console.log('| rows | table MiB | encoded MiB | step | seconds | peak MiB |\n|---|---|---|---|---|---|');
  for (const times of values.times.split(',').map(Number)) await measure(times, JSON.parse(values.learner));
}

async function measure(times: number, learner: { type: 'decision-tree' }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'counterpoise-sizes-'));
  try {
    const table = join(folder, 'table.csv');
    await writeTable(table, times);
    const request = resolveStart({
      dataset: { uri: pathToFileURL(table).href },
      output: { uri: pathToFileURL(join(folder, 'out')).href },
      ...(learner.type ? { learner } : {}),
      // Two are as large as five, and take less time.
      evaluation: { folds: 2 },
    });
    const workflow: Record<string, object> = {
      execution: { id: 'bench', startedAt: '2026-01-01T00:00:00.000Z' },
      request,
    };
    for (const [state, key] of MEASURED) {
      progress(`${times} times the sample: ${state}`);
      const { result, peakMiB } = await measureState(state, workflow);
      workflow[key] = result;
      const { counts, encodedAttributes, input } = workflow.prepared as Workflow['prepared'];
      const rows = counts.usable.majority + counts.usable.minority;
      const sizes = [input.bytes / MIB, (rows * encodedAttributes * Float32Array.BYTES_PER_ELEMENT) / MIB];
      const cells = [
        rows,
        ...sizes.map((size) => size.toFixed(0)),
        state,
        (result.durationMs / 1000).toFixed(2),
        peakMiB.toFixed(0),
      ];
      console.log(`| ${cells.join(' | ')} |`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One process; or, for the folds of the comparison, one for each, of which the largest peak and the longest time count. */
async function measureState(state: StateName, workflow: Readonly<Record<string, object>>): Promise<Measured> {
  if (state !== STATES.evaluateFold) return inItsOwnProcess(state, workflow);
  const { compared, items } = workflow.planned as Workflow['planned'];
  let most: Measured = { result: { durationMs: 0 }, peakMiB: 0 };
  for (const item of items) {
    const { result, peakMiB } = await inItsOwnProcess(state, { ...workflow, compared, item });
    const durationMs = Math.max(result.durationMs, most.result.durationMs);
    most = { result: { durationMs }, peakMiB: Math.max(peakMiB, most.peakMiB) };
  }
  return most;
}

async function writeTable(path: string, times: number): Promise<void> {
  const text = readFileSync(SAMPLE, 'utf8');
  const rows = text.slice(text.indexOf('\n') + 1);
  const file = createWriteStream(path);
  file.write(text.slice(0, text.indexOf('\n') + 1));
  for (let i = 0; i < times; i++) if (!file.write(rows)) await once(file, 'drain');
  file.end();
  await finished(file);
}

async function inItsOwnProcess(state: StateName, payload: object): Promise<Measured> {
  const child = fork(fileURLToPath(import.meta.url));
  const answered = once(child, 'message');
  const ended = once(child, 'exit');
  child.send([state, payload]);
  const first = await Promise.race([
    answered,
    ended.then(([code]) => Promise.reject(new Error(`${state}: exit ${code}`))),
  ]);
  await ended;
  return first[0] as Measured;
}
