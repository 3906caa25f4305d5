/**
 * What a run costs in AWS, estimated from local runs: for each table the seconds of the steps by the memory of their functions,
 * the smallest of some runs for each step, and what that comes to. docs/deploying.md has the table, and the prices' sources.
 *
 *     node bench/run-cost.ts <table> [...options of counterpoise rebalance]
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MAPPED_STATE, type StateName } from '../contracts/states.ts';
import { STEP_SIZES } from '../infra/step-sizes.ts';
import type { RunEvent } from '../local/run/run-events.ts';
import { describeMachine } from './report.ts';

const MAIN = fileURLToPath(new URL('../local/main.ts', import.meta.url));
const REPEATS = 3;

/** US dollars, US East (N. Virginia), x86-64. */
const PRICES = { gigabyteSecond: 0.00001667, stateTransition: 0.025 / 1000 };
/** Of a run, the folds left out: infra/operations.ts counts them in the same way. */
const TRANSITIONS = 17;

interface Run {
  readonly seconds: ReadonlyMap<StateName, number>;
  readonly folds: number;
}

const runs: Run[] = [];
for (let repeat = 0; repeat < REPEATS; repeat++) runs.push(await runOnce(process.argv.slice(2)));
const [{ folds }] = runs;
const byMemory = new Map<number, number>();
for (const state of runs[0].seconds.keys()) {
  const { memoryMiB } = STEP_SIZES[state];
  const least = Math.min(...runs.map(({ seconds }) => seconds.get(state) ?? 0));
  byMemory.set(memoryMiB, (byMemory.get(memoryMiB) ?? 0) + least);
}
const gigabyteSeconds = [...byMemory].reduce((sum, [memory, seconds]) => sum + (memory / 1024) * seconds, 0);
const functions = gigabyteSeconds * PRICES.gigabyteSecond;
const states = (TRANSITIONS + folds) * PRICES.stateTransition;
const seconds = [...byMemory].sort(([a], [b]) => a - b).map(([memory, sum]) => `${sum.toFixed(2)} s at ${memory} MB`);
console.log(describeMachine([]));
console.log(`${seconds.join(', ')}; ${folds} folds; ${gigabyteSeconds.toFixed(1)} GB-seconds`);
console.log(
  `functions $${functions.toFixed(5)}, states $${states.toFixed(5)}, together $${(functions + states).toFixed(4)}`,
);

/** One thread for the folds, as each has a function of its own in AWS. */
async function runOnce(args: readonly string[]): Promise<Run> {
  const out = mkdtempSync(join(tmpdir(), 'counterpoise-cost-'));
  try {
    const command = [MAIN, 'rebalance', ...args, '--json', '--jobs', '1', '--out', out];
    const { stdout } = await promisify(execFile)(process.execPath, command, { maxBuffer: 2 ** 28 });
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as RunEvent);
    const durations = new Map<StateName, number>();
    let evaluated = 0;
    for (const event of events) {
      if (event.type === 'fold-evaluated') evaluated++;
      const isStep = event.type === 'state-succeeded' && event.state !== MAPPED_STATE;
      if (!isStep && event.type !== 'fold-evaluated') continue;
      durations.set(event.state, (durations.get(event.state) ?? 0) + event.durationMs / 1000);
    }
    return { seconds: durations, folds: evaluated };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
