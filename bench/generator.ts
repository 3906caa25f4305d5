import { trainAutoencoder } from '../core/generators/autoencoder.ts';
import { createRng } from '../core/random/rng.ts';
import type { Matrix } from '../core/table/matrix.ts';
import { progress } from './progress.ts';
import type { Python } from './python.ts';
import { median, takeTurns } from './series.ts';
import type { Row } from './table.ts';
import { startWorker } from './worker.ts';

/** The network that the source trains: noise as wide as a row, 96-64-32-64-96 on Adult. */
export const NETWORK = {
  pairing: 'fixed',
  loss: 'squared-error',
  hidden: [64, 32, 64],
  epochs: 300,
  batchSize: 64,
  learningRate: 0.001,
} as const;
const ROUNDS = 7;

interface Trained {
  readonly seconds: number;
  /** mean squared error of a row in the last epoch */
  readonly loss: number;
}

/**
 * Generator training: this project against numpy, with one thread and with as many as it takes by itself.
 *
 * @param directory holds the exchanged rows `minority`, the targets
 */
export async function benchGenerator(python: Python, directory: string, targets: Matrix): Promise<Row[]> {
  progress('generator training');
  const options = { ...NETWORK, noiseDimension: targets.columns };
  const workers = {
    one: startWorker(python, 'generator.py', [directory], 1),
    all: startWorker(python, 'generator.py', [directory], undefined),
  };
  const losses: Record<'ours' | 'theirs', number[]> = { ours: [], theirs: [] };
  const theirs = async (worker: (typeof workers)['one'], seed: number): Promise<number> => {
    const { seconds, loss } = await worker.ask<Trained>({ ...options, seed });
    losses.theirs.push(loss);
    return seconds;
  };
  const seconds = await takeTurns(ROUNDS, 1, {
    ours: (seed) => {
      const { seconds, loss } = timeTraining(targets, seed);
      losses.ours.push(loss);
      return seconds;
    },
    one: (seed) => theirs(workers.one, seed),
    all: (seed) => theirs(workers.all, seed),
  });
  await Promise.all(Object.values(workers).map((worker) => worker.stop()));
  const what = `generator training, ${targets.rows} rows, ${targets.columns}-${NETWORK.hidden.join('-')}-${targets.columns}, ${NETWORK.epochs} epochs`;
  const note = `median loss ${median(losses.ours).toFixed(2)} / ${median(losses.theirs).toFixed(2)}`;
  const bar = { ratio: 1.5 };
  return [
    { what, unit: 's', ours: seconds.ours, peer: 'numpy, 1 thread', theirs: seconds.one, bar, note },
    { what, unit: 's', ours: seconds.ours, peer: 'numpy, default threads', theirs: seconds.all, bar, note },
  ];
}

/** One training by this project, with the options that the peer gets. */
export function timeTraining(targets: Matrix, seed: number): Trained {
  const options = { ...NETWORK, noise: { distribution: 'normal', dimension: targets.columns } } as const;
  const heads = [{ kind: 'sigmoid', size: targets.columns }] as const;
  const start = performance.now();
  const { reconstructionLoss } = trainAutoencoder(targets, heads, options, createRng(seed, 'bench-generator'));
  return { seconds: (performance.now() - start) / 1000, loss: reconstructionLoss };
}
