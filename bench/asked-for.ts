/**
 * Times the packages that the stack was first asked for, ml-cart and TensorFlow.js on the CPU, against this project, on as much
 * of UCI Adult as finishes. Extrapolated figures are marked so.
 *
 *     node bench/asked-for.ts [--data <adult.data>] [--write]
 */
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-cpu';
import { DecisionTreeClassifier } from 'ml-cart';
import { createRng } from '../core/random/rng.ts';
import { permutation } from '../core/random/sample.ts';
import { type Matrix, takeMatrixRows } from '../core/table/matrix.ts';
import { DEFAULT_ADULT, loadAdult, minorityOf } from './adult.ts';
import type { LabelledRows } from './exchange.ts';
import { NETWORK, timeTraining } from './generator.ts';
import { describeMachine, report } from './report.ts';
import { minimum, takeTurns, time } from './series.ts';
import { fitOurs, matthews } from './tree.ts';

const { values: options } = parseArgs({
  options: { data: { type: 'string', default: DEFAULT_ADULT }, write: { type: 'boolean', default: false } },
});

const TREE_ROWS = [2000, 4000];
const TREE_DEPTH = 8;
const TFJS_EPOCHS = 5;

const adult = loadAdult(options.data);
const lines = [
  '| measured | Counterpoise | package | its figure | ratio | remark |',
  '| --- | --- | --- | --- | --- | --- |',
  ...(await benchTrees()),
  await benchNetworks(minorityOf(adult.train).matrix),
];
report('asked-for', `${describeMachine([])}\n\n${lines.join('\n')}`, options.write);

/** Depth-8 trees on growing parts of the training rows, and where their growth leads to on all of them. */
async function benchTrees(): Promise<string[]> {
  const { train, test } = adult;
  const order = permutation(train.labels.length, createRng(0, 'bench-asked-for'));
  const ours = (await takeTurns(3, 1, { ours: () => fitOurs(train, test, TREE_DEPTH).seconds })).ours;
  const lines: string[] = [];
  const seconds: { ours: number; theirs: number }[] = [];
  for (const count of TREE_ROWS) {
    const part = takeRows(train, order.subarray(0, count));
    const mcc = { ours: 0, theirs: 0, stump: matthewsOfMlCart(part, test, {}).mcc };
    const taken = await takeTurns(2, 0, {
      ours: () => {
        const fitted = fitOurs(part, test, TREE_DEPTH);
        mcc.ours = fitted.mcc;
        return fitted.seconds;
      },
      theirs: () => {
        const fitted = matthewsOfMlCart(part, test, { gainThreshold: 0 });
        mcc.theirs = fitted.mcc;
        return fitted.seconds;
      },
    });
    const both = { ours: minimum(taken.ours), theirs: minimum(taken.theirs) };
    seconds.push(both);
    const remark = `MCC ${mcc.ours.toFixed(3)} / ${mcc.theirs.toFixed(3)}; ${mcc.stump.toFixed(3)} with the package's default gainThreshold`;
    lines.push(line(`tree fit, depth ${TREE_DEPTH}, ${count} x ${part.matrix.columns}`, both, 'ml-cart', remark));
  }
  const [smaller, larger] = seconds;
  const growth = Math.log(larger.theirs / smaller.theirs) / Math.log(TREE_ROWS[1] / TREE_ROWS[0]);
  const theirs = larger.theirs * (train.labels.length / TREE_ROWS[1]) ** growth;
  const what = `tree fit, depth ${TREE_DEPTH}, ${train.labels.length} x ${train.matrix.columns}`;
  const remark = `ml-cart extrapolated: seconds grow with the power ${growth.toFixed(2)} of the rows`;
  return [...lines, line(what, { ours: minimum(ours), theirs }, 'ml-cart', remark)];
}

/** The generator's network; the package trains a few epochs, which are scaled to all. */
async function benchNetworks(targets: Matrix): Promise<string> {
  await tf.setBackend('cpu');
  const seconds = await takeTurns(2, 1, {
    ours: (seed) => timeTraining(targets, seed).seconds,
    theirs: () => trainWithTensorFlow(targets),
  });
  const scale = NETWORK.epochs / TFJS_EPOCHS;
  const both = { ours: minimum(seconds.ours), theirs: minimum(seconds.theirs) * scale };
  const remark = `package extrapolated: ${TFJS_EPOCHS} epochs x ${scale}`;
  const what = `generator training, ${targets.rows} rows, ${NETWORK.epochs} epochs`;
  return line(what, both, '@tensorflow/tfjs-core, CPU', remark);
}

async function trainWithTensorFlow({ rows, columns, data }: Matrix): Promise<number> {
  const model = layers.sequential();
  const units = [...NETWORK.hidden, columns];
  units.forEach((count, i) => {
    const activation = i === units.length - 1 ? 'sigmoid' : 'relu';
    model.add(layers.layers.dense({ units: count, activation, ...(i === 0 ? { inputShape: [columns] } : {}) }));
  });
  model.compile({ optimizer: tf.train.adam(NETWORK.learningRate), loss: 'meanSquaredError' });
  const noise = tf.randomNormal([rows, columns], 0, 1, 'float32', 1);
  const teacher = tf.tensor2d(data, [rows, columns]);
  const start = performance.now();
  await model.fit(noise, teacher, { epochs: TFJS_EPOCHS, batchSize: NETWORK.batchSize, verbose: 0 });
  const seconds = (performance.now() - start) / 1000;
  tf.dispose([noise, teacher]);
  model.dispose();
  return seconds;
}

function matthewsOfMlCart(
  train: LabelledRows,
  test: LabelledRows,
  settings: { gainThreshold?: number },
): { seconds: number; mcc: number } {
  const classifier = new DecisionTreeClassifier({ ...settings, maxDepth: TREE_DEPTH, minNumSamples: 2 });
  const rows = toArrays(train.matrix);
  const seconds = time(() => classifier.train(rows, Array.from(train.labels)));
  return { seconds, mcc: matthews(test.labels, classifier.predict(toArrays(test.matrix))) };
}

function takeRows({ matrix, labels }: LabelledRows, indices: Int32Array): LabelledRows {
  return { matrix: takeMatrixRows(matrix, indices), labels: Uint8Array.from(indices, (row) => labels[row]) };
}

function toArrays({ rows, columns, data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, r) => Array.from(data.subarray(r * columns, (r + 1) * columns)));
}

function line(what: string, { ours, theirs }: { ours: number; theirs: number }, name: string, remark: string): string {
  const ratio = (ours / theirs).toPrecision(2);
  return `| ${what} | ${ours.toFixed(3)} s | ${name} | ${theirs.toFixed(1)} s | ${ratio} | ${remark} |`;
}
