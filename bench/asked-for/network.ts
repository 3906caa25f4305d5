import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-cpu';
import type { Matrix } from '../../core/table/matrix.ts';
import { NETWORK, timeTraining } from '../generator.ts';
import { minimum, takeTurns } from '../series.ts';
import { line } from './line.ts';

const EPOCHS = 5;

/** The generator's network; the package trains a few epochs, which are scaled to all. */
export async function benchNetworks(targets: Matrix): Promise<string> {
  await tf.setBackend('cpu');
  const seconds = await takeTurns(2, 1, {
    ours: (seed) => timeTraining(targets, seed).seconds,
    theirs: () => train(targets),
  });
  const scale = NETWORK.epochs / EPOCHS;
  const both = { ours: minimum(seconds.ours), theirs: minimum(seconds.theirs) * scale };
  const remark = `package extrapolated: ${EPOCHS} epochs x ${scale}`;
  const what = `generator training, ${targets.rows} rows, ${NETWORK.epochs} epochs`;
  return line(what, both, '@tensorflow/tfjs-core, CPU', remark);
}

async function train({ rows, columns, data }: Matrix): Promise<number> {
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
  await model.fit(noise, teacher, { epochs: EPOCHS, batchSize: NETWORK.batchSize, verbose: 0 });
  const seconds = (performance.now() - start) / 1000;
  tf.dispose([noise, teacher]);
  model.dispose();
  return seconds;
}
