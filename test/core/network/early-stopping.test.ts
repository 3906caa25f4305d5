import { describe, expect, it } from 'vitest';
import { BestEpoch } from '../../../core/network/early-stopping.ts';
import { initialiseNetwork } from '../../../core/network/initialise.ts';
import type { Network } from '../../../core/network/network.ts';
import { type EpochReport, trainNetwork } from '../../../core/network/train.ts';
import type { RowOptions, TrainingOptions } from '../../../core/network/training-options.ts';
import { type Matrix, takeMatrixRows } from '../../../core/table/matrix.ts';
import { referenceLoss } from './reference.ts';
import { normalMatrix, randomTargets, rngOf } from './samples.ts';

/** The epochs noticed until it says stop, and the best of them. */
function follow(patience: number, losses: readonly number[]): { noticed: number; best: number | undefined } {
  const network = initialiseNetwork({ inputs: 1, hidden: [], heads: [{ kind: 'linear', size: 1 }] }, rngOf(0));
  const bestEpoch = new BestEpoch(patience);
  const stop = losses.findIndex((loss, i) => bestEpoch.notice(i + 1, loss, () => ({ network, loss: 0 })));
  return { noticed: stop < 0 ? losses.length : stop + 1, best: bestEpoch.best?.epoch };
}

describe('BestEpoch', () => {
  it('stops after as many epochs in a row without a new lowest loss as it has patience for', () => {
    expect(follow(2, [5, 4, 4.5, 4.1, 1])).toEqual({ noticed: 4, best: 2 });
    expect(follow(3, [5, 4, 4.5, 4.1, 1, 2])).toEqual({ noticed: 6, best: 5 });
    expect(follow(1, [3, 2, 1])).toEqual({ noticed: 3, best: 3 });
  });

  it('keeps the first of equal epochs', () => {
    expect(follow(2, [3, 3, 3, 3])).toEqual({ noticed: 3, best: 1 });
  });
});

const ROWS = 40;
const VALIDATION_ROWS = Int32Array.from({ length: 12 }, (_, i) => 3 * i + 2);

/** Random targets: the longer the network learns them, the worse it does on rows that it has not seen. */
function problem(): { network: Network; inputs: Matrix; targets: Matrix } {
  const rng = rngOf(8);
  const heads = [{ kind: 'sigmoid', size: 1 }] as const;
  return {
    network: initialiseNetwork({ inputs: 3, hidden: [16], heads }, rng),
    inputs: normalMatrix(ROWS, 3, rng),
    targets: randomTargets(ROWS, heads, rng),
  };
}

function train(options: Partial<TrainingOptions & RowOptions>) {
  const { network, inputs, targets } = problem();
  const reports: EpochReport[] = [];
  const all = { epochs: 200, batchSize: 8, learningRate: 0.02, loss: 'cross-entropy', ...options } as const;
  const trained = trainNetwork(network, inputs, targets, all, rngOf(0), (report) => void reports.push(report));
  return { ...trained, reports };
}

describe('early stopping', () => {
  const earlyStopping = { validationRows: VALIDATION_ROWS, patience: 7 };
  const rowWeights = Float64Array.from({ length: ROWS }, (_, row) => 1 + (row % 4));

  it('gives back the parameters of the epoch with the lowest validation loss', () => {
    const stopped = train({ earlyStopping, rowWeights, dropout: 0.2 });
    const losses = stopped.reports.map(({ validationLoss }) => validationLoss ?? Number.NaN);
    const best = losses.indexOf(Math.min(...losses)) + 1;
    expect(best).toBeGreaterThan(1);
    expect(losses.length).toBe(best + 7);
    expect([stopped.epochs, stopped.loss]).toEqual([best, stopped.reports[best - 1].loss]);
    const shorter = train({ earlyStopping, rowWeights, dropout: 0.2, epochs: best });
    expect(stopped.network).toEqual(shorter.network);
  });

  it('measures the weighted mean loss over the validation rows, nothing left out', () => {
    const { inputs, targets } = problem();
    const { network, reports, epochs } = train({ earlyStopping, rowWeights, dropout: 0.5 });
    const weights = Array.from(VALIDATION_ROWS, (row) => rowWeights[row]);
    const mean = weights.reduce((a, b) => a + b) / weights.length;
    const expected = referenceLoss(
      network,
      'cross-entropy',
      takeMatrixRows(inputs, VALIDATION_ROWS),
      takeMatrixRows(targets, VALIDATION_ROWS),
      weights.map((weight) => ({ weight: weight / mean })),
    );
    expect((reports[epochs - 1].validationLoss ?? Number.NaN) / expected).toBeCloseTo(1, 5);
  });

  it('does not train on the validation rows', () => {
    const { network, inputs, targets } = problem();
    const rows = Array.from({ length: ROWS }, (_, row) => row).filter((row) => !VALIDATION_ROWS.includes(row));
    const [x, y] = [inputs, targets].map((matrix) => takeMatrixRows(matrix, rows));
    const stopped = train({ learningRate: 1e-3, earlyStopping });
    const options = { epochs: stopped.epochs, batchSize: 8, learningRate: 1e-3, loss: 'cross-entropy' } as const;
    expect(stopped.epochs).toBeGreaterThan(3);
    expect(stopped.network).toEqual(trainNetwork(network, x, y, options, rngOf(0)).network);
  });

  it('refuses patience and validation rows that make no sense', () => {
    const stop =
      (validationRows: number[], patience = 1) =>
      () =>
        train({ earlyStopping: { validationRows: Int32Array.from(validationRows), patience } });
    expect(stop([1], 0)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: patience: found 0, needed a whole number of at least 1]`,
    );
    expect(stop([])).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: validation rows: found 0 of 40 rows, needed at least one, and one to train on]`,
    );
    expect(stop(Array.from({ length: ROWS }, (_, row) => row))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: validation rows: found 40 of 40 rows, needed at least one, and one to train on]`,
    );
    expect(stop([3, 5, 3])).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: validation rows: found 1 of 3 twice, needed each once]`,
    );
    expect(stop([ROWS])).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: row indices: found 40 at position 0, needed whole numbers from 0 to 39]`,
    );
  });
});
