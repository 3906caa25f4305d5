import { fileURLToPath } from 'node:url';
import { type FitFigures, timeFit } from './fit.ts';
import type { LearnerData } from './learner-data.ts';
import { type DataId, LEARNER_TASKS, type LearnerTask } from './learner-tasks.ts';
import { runToEnd } from './process.ts';
import { progress } from './progress.ts';
import type { Python } from './python.ts';
import { takeTurns } from './series.ts';
import type { Row } from './table.ts';
import { startWorker, threadLimit, type Worker } from './worker.ts';

type Side = 'ours' | 'theirs';
type Data = Readonly<Record<DataId, LearnerData>>;

const SIDES: readonly Side[] = ['ours', 'theirs'];
const PEER = 'scikit-learn, 1 thread';
const MEMORY_ROUNDS = 2;
const MEMORY_BAR = { absolute: 1000 };
const fitOnce = fileURLToPath(new URL('fit-once.ts', import.meta.url));
const peerFitOnce = fileURLToPath(new URL('peers/fit_once.py', import.meta.url));

/**
 * Fitting each learner: this project against scikit-learn's single-threaded one.
 *
 * @param directory holds the exchanged rows `<id>-train` and `<id>-test`
 * @param types the learners to measure
 */
export async function benchLearners(
  python: Python,
  directory: string,
  data: Data,
  types: ReadonlySet<string>,
): Promise<Row[]> {
  const worker = startWorker(python, 'learners.py', [directory], 1);
  const rows: Row[] = [];
  for (const task of LEARNER_TASKS) {
    if (!types.has(task.settings.type)) continue;
    rows.push(...(await compare(worker, task, data)));
    if (task.memory) rows.push(...(await compareMemory(python, task, data, directory)));
  }
  await worker.stop();
  return rows;
}

async function compare(worker: Worker, task: LearnerTask, data: Data): Promise<Row[]> {
  progress(`${task.name} fit, ${describe(task, data)}`);
  const { train, test } = data[task.data];
  const figures: Record<Side, FitFigures[]> = { ours: [], theirs: [] };
  const keep = (side: Side, found: FitFigures): number => {
    figures[side].push(found);
    return found.fitSeconds;
  };
  const fits = await takeTurns(task.rounds, 1, {
    ours: (seed) => keep('ours', timeFit(task.settings, train, test, seed)),
    theirs: async (seed) => keep('theirs', await worker.ask<FitFigures>(requestOf(task, seed))),
  });
  const common = { unit: 's', peer: PEER } as const;
  const what = `${task.name}, ${describe(task, data)}`;
  const rows: Row[] = [{ ...common, what: `fit: ${what}`, ...fits, bar: task.bar, ...compareScores(task, figures) }];
  if ('predictBar' in task) {
    const predict = (side: Side) => figures[side].slice(1).map(({ predictSeconds }) => predictSeconds);
    const theRows = `${what}, ${test.matrix.rows} test rows`;
    const both = { ours: predict('ours'), theirs: predict('theirs') };
    rows.push({ ...common, what: `predict: ${theRows}`, ...both, bar: task.predictBar });
  }
  return rows;
}

/** Our PR-AUC and MCC on the test rows, and the peer's. */
function compareScores(
  { random = false }: LearnerTask,
  figures: Readonly<Record<Side, readonly FitFigures[]>>,
): Pick<Row, 'note' | 'scoreGap'> {
  const mean = (side: Side, score: 'prAuc' | 'mcc') =>
    figures[side].reduce((sum, figure) => sum + figure[score], 0) / figures[side].length;
  const scores = (['prAuc', 'mcc'] as const).map((score) => SIDES.map((side) => mean(side, score)));
  const [prAuc, mcc] = scores.map((pair) => pair.map((value) => value.toFixed(3)).join(' / '));
  const note = `PR-AUC ${prAuc}, MCC ${mcc}`;
  if (random) return { note: `means of ${figures.ours.length} seeds: ${note}` };
  return { note, scoreGap: scores.reduce((most, [ours, theirs]) => Math.max(most, Math.abs(ours - theirs)), 0) };
}

/** The peak memory of processes that do nothing but fit. */
async function compareMemory(python: Python, task: LearnerTask, data: Data, directory: string): Promise<Row[]> {
  const index = LEARNER_TASKS.indexOf(task);
  const programs: Readonly<Record<Side, readonly string[]>> = {
    ours: [process.execPath, fitOnce, directory, String(index)],
    theirs: [python.executable, peerFitOnce, directory, JSON.stringify(requestOf(task, 0))],
  };
  const peaks: Record<Side, number[]> = { ours: [], theirs: [] };
  for (let round = 0; round < MEMORY_ROUNDS; round++) {
    for (const side of SIDES) {
      const { peakBytes } = await runToEnd(programs[side], threadLimit(1), directory);
      if (peakBytes !== undefined) peaks[side].push(peakBytes / 1e6);
    }
  }
  if (peaks.ours.length === 0) {
    progress('peak memory not measured, for there is no /proc to read it from');
    return [];
  }
  const what = `peak memory of a process that fits: ${task.name}, ${describe(task, data)}`;
  return [{ what, unit: 'MB', peer: PEER, ...peaks, bar: MEMORY_BAR }];
}

function describe(task: LearnerTask, data: Data): string {
  const { name, train } = data[task.data];
  return `${name} (${train.matrix.rows} x ${train.matrix.columns})`;
}

/** What bench/peers/learners.py takes. */
function requestOf({ data, settings, peer }: LearnerTask, seed: number): object {
  return { learner: settings.type, data: peer.data ?? data, options: peer.options, seed };
}
