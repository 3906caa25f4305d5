import { decisionTree } from '../core/learners/decision-tree/decision-tree.ts';
import { createRng, type Rng } from '../core/random/rng.ts';
import { createMatrix } from '../core/table/matrix.ts';
import type { LabelledRows } from './exchange.ts';
import { progress } from './progress.ts';
import type { Python } from './python.ts';
import { takeTurns } from './series.ts';
import type { Row } from './table.ts';
import { startWorker } from './worker.ts';

/** Training and test rows under the names by which they were exchanged. */
export interface TreeTask {
  readonly name: string;
  readonly train: LabelledRows;
  readonly test: LabelledRows;
  readonly rounds: number;
}

interface Fitted {
  readonly seconds: number;
  readonly mcc: number;
}

/**
 * Fitting a decision tree: this project against scikit-learn, limited to depth 8 and unlimited.
 *
 * @param directory holds the exchanged rows `<task>-train` and `<task>-test`
 */
export async function benchTree(python: Python, directory: string, tasks: readonly TreeTask[]): Promise<Row[]> {
  const worker = startWorker(python, 'tree.py', [directory], 1);
  const rows: Row[] = [];
  for (const task of tasks) {
    for (const maxDepth of [8, Number.POSITIVE_INFINITY]) rows.push(await compare(task, maxDepth));
  }
  await worker.stop();
  return rows;

  async function compare({ name, train, test, rounds }: TreeTask, maxDepth: number): Promise<Row> {
    const what = `decision tree fit, ${name} (${train.matrix.rows} x ${train.matrix.columns}), ${Number.isFinite(maxDepth) ? `depth ${maxDepth}` : 'unlimited'}`;
    progress(what);
    const request = {
      train: `${name}-train`,
      test: `${name}-test`,
      maxDepth: Number.isFinite(maxDepth) ? maxDepth : null,
    };
    const mcc = { ours: Number.NaN, theirs: Number.NaN };
    const seconds = await takeTurns(rounds, 1, {
      ours: () => {
        const fitted = fitOurs(train, test, maxDepth);
        mcc.ours = fitted.mcc;
        return fitted.seconds;
      },
      theirs: async () => {
        const fitted = await worker.ask<Fitted>(request);
        mcc.theirs = fitted.mcc;
        return fitted.seconds;
      },
    });
    return {
      what,
      unit: 's',
      ours: seconds.ours,
      peer: 'scikit-learn',
      theirs: seconds.theirs,
      bar: { ratio: 2 },
      note: `MCC on test rows ${mcc.ours.toFixed(3)} / ${mcc.theirs.toFixed(3)}`,
    };
  }
}

/** Fits this project's tree with equal weights; a depth of Infinity is no limit. */
export function fitOurs(train: LabelledRows, test: LabelledRows, maxDepth: number): Fitted {
  const learner = decisionTree({ maxDepth });
  const weights = new Float64Array(train.labels.length).fill(1);
  const start = performance.now();
  const fitted = learner.fit(train.matrix, train.labels, weights, createRng(0, 'bench-tree'));
  const seconds = (performance.now() - start) / 1000;
  return { seconds, mcc: matthews(test.labels, fitted.predict(test.matrix)) };
}

/** Rows of `columns` standard normals; a tenth of the labels, roughly, are 1, by a smooth rule and some chance. */
export function drawContinuous(count: number, columns: number, rng: Rng): LabelledRows {
  const matrix = createMatrix(count, columns);
  const labels = new Uint8Array(count);
  for (let r = 0; r < count; r++) {
    const row = matrix.data.subarray(r * columns, (r + 1) * columns);
    for (let c = 0; c < columns; c++) row[c] = rng.nextNormal();
    const signal = row[0] + row[1] * row[2] + 0.7 * Math.sin(2 * row[3]) + 0.5 * row[4] * row[4];
    labels[r] = signal + 0.8 * rng.nextNormal() > 2.5 ? 1 : 0;
  }
  return { matrix, labels };
}

/** Matthews correlation coefficient (Matthews 1975); 0 where one class is never predicted. */
export function matthews(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  let [tp, fp, fn, tn] = [0, 0, 0, 0];
  for (let i = 0; i < truth.length; i++) {
    if (truth[i] === 1) predicted[i] === 1 ? tp++ : fn++;
    else predicted[i] === 1 ? fp++ : tn++;
  }
  return (tp * tn - fp * fn) / Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn) || 1);
}
