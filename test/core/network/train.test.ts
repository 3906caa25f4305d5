import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Head } from '../../../core/network/heads.ts';
import { initialiseNetwork } from '../../../core/network/initialise.ts';
import type { Loss } from '../../../core/network/loss.ts';
import type { Network } from '../../../core/network/network.ts';
import { networkToJSON } from '../../../core/network/serialise.ts';
import { type EpochReport, trainNetwork } from '../../../core/network/train.ts';
import type { RowOptions, TrainingOptions } from '../../../core/network/training-options.ts';
import { createMatrix, type Matrix } from '../../../core/table/matrix.ts';
import { referenceLoss } from './reference.ts';
import { MIXED_HEADS, normalMatrix, randomTargets, rngOf } from './samples.ts';

const OPTIONS: TrainingOptions = { epochs: 5, batchSize: 4, learningRate: 1e-3, loss: 'squared-error' };
const ROWS = 11;

function problem(heads: readonly Head[] = MIXED_HEADS): { network: Network; inputs: Matrix; targets: Matrix } {
  const rng = rngOf(3);
  return {
    network: initialiseNetwork({ inputs: 4, hidden: [10, 6], heads }, rng),
    inputs: normalMatrix(ROWS, 4, rng),
    targets: randomTargets(ROWS, heads, rng),
  };
}

function train(options: Partial<TrainingOptions & RowOptions>, seed = 0): string {
  const { network, inputs, targets } = problem();
  const trained = trainNetwork(network, inputs, targets, { ...OPTIONS, ...options }, rngOf(seed));
  return JSON.stringify([networkToJSON(trained.network), trained.loss]);
}

describe('trainNetwork', () => {
  it('gives the same bits for the same seed, others for another', () => {
    expect(train({}, 0)).toBe(train({}, 0));
    expect(train({}, 0)).not.toBe(train({}, 1));
  });

  // The hash of parameters and loss, the same on every machine. It changes with the numerics only: if it does, so does
  // what every seed gives, and that belongs into the release notes.
  it.each([
    ['squared-error', '06ac691a14dc3caf314d5159f0a8e4d6d25c1bc9cd9751d02f711eec1035bbee'],
    ['cross-entropy', '38798dfa765955c538cf85082ad94d81e144d7235b34f35e99f1dbbda85184fc'],
  ] satisfies [Loss, string][])('gives the bits that it always gave (%s)', (loss, expected) => {
    expect(
      createHash('sha256')
        .update(train({ loss, epochs: 20 }))
        .digest('hex'),
    ).toBe(expected);
  });

  it('reports the mean loss over all rows, the smaller last batch included', () => {
    const { network, inputs, targets } = problem();
    const reports: EpochReport[] = [];
    // So small a learning rate leaves the parameters where they are.
    const options = { ...OPTIONS, epochs: 2, learningRate: 1e-30 };
    const { loss } = trainNetwork(network, inputs, targets, options, rngOf(0), (report) => void reports.push(report));
    const expected = referenceLoss(network, 'squared-error', inputs, targets);
    expect(reports.map(({ epoch, epochs }) => [epoch, epochs])).toEqual([
      [1, 2],
      [2, 2],
    ]);
    for (const report of reports) expect(report.loss / expected).toBeCloseTo(1, 5);
    expect(loss).toBe(reports[1].loss);
  });

  it.each(['squared-error', 'cross-entropy'] as const)(
    'lowers the loss, and leaves its arguments alone (%s)',
    (loss) => {
      const { network, inputs, targets } = problem();
      const before = JSON.stringify([networkToJSON(network), Array.from(inputs.data), Array.from(targets.data)]);
      const trained = trainNetwork(network, inputs, targets, { ...OPTIONS, loss, epochs: 200 }, rngOf(0));
      expect(referenceLoss(trained.network, loss, inputs, targets)).toBeLessThan(
        0.6 * referenceLoss(network, loss, inputs, targets),
      );
      expect(JSON.stringify([networkToJSON(network), Array.from(inputs.data), Array.from(targets.data)])).toBe(before);
    },
  );

  it('reports the weighted mean loss', () => {
    const { network, inputs, targets } = problem();
    const rowWeights = Float64Array.from({ length: ROWS }, (_, row) => 1 + row);
    const mean = rowWeights.reduce((a, b) => a + b) / ROWS;
    const options = { ...OPTIONS, epochs: 1, learningRate: 1e-30, rowWeights };
    const { loss } = trainNetwork(network, inputs, targets, options, rngOf(0));
    const settings = Array.from(rowWeights, (weight) => ({ weight: weight / mean }));
    expect(loss / referenceLoss(network, 'squared-error', inputs, targets, settings)).toBeCloseTo(1, 5);
  });

  it('takes weights in proportion only, equal ones for none', () => {
    const rowWeights = Float64Array.from({ length: ROWS }, (_, row) => 0.3 + row);
    const parameters = (weights: Float64Array | undefined) =>
      JSON.parse(train({ dropout: 0.2, ...(weights && { rowWeights: weights }) }))[0];
    expect(parameters(rowWeights.map(() => 8))).toEqual(parameters(undefined));
    expect(parameters(rowWeights)).not.toEqual(parameters(undefined));
    expect(parameters(rowWeights.map((weight) => weight * 2 ** 30))).toEqual(parameters(rowWeights));
  });

  it('leaves units out and lets weights decay where it is told to', () => {
    const changes = [{}, { dropout: 0.3 }, { weightDecay: 0.1 }, { dropout: 0.3, weightDecay: 0.1 }];
    expect(new Set(changes.map((change) => train(change))).size).toBe(changes.length);
    expect(train({ dropout: 0, weightDecay: 0 })).toBe(train({}));
  });

  it('learns a rule that no linear model can: exclusive or', () => {
    const inputs = createMatrix(4, 2, Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1));
    const targets = createMatrix(4, 1, Float32Array.of(0, 1, 1, 0));
    const untrained = (hidden: number[]) =>
      initialiseNetwork({ inputs: 2, hidden, heads: [{ kind: 'sigmoid', size: 1 }] }, rngOf(1));
    const options: TrainingOptions = { epochs: 500, batchSize: 4, learningRate: 0.05, loss: 'cross-entropy' };
    expect(trainNetwork(untrained([8]), inputs, targets, options, rngOf(0)).loss).toBeLessThan(0.01);
    expect(trainNetwork(untrained([]), inputs, targets, options, rngOf(0)).loss).toBeGreaterThan(0.69);
  });

  it('takes batches larger than the data', () => {
    const { network, inputs, targets } = problem();
    const weights = (batchSize: number) =>
      trainNetwork(network, inputs, targets, { ...OPTIONS, batchSize }, rngOf(0)).network.layers;
    expect(weights(1000)).toEqual(weights(ROWS));
  });

  it('refuses options out of range', () => {
    expect(() => train({ epochs: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: epochs: found 0, needed a whole number of at least 1]`,
    );
    expect(() => train({ batchSize: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: batchSize: found 1.5, needed a whole number of at least 1]`,
    );
    expect(() => train({ learningRate: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: learningRate: found NaN, needed a finite number above 0]`,
    );
    expect(() => train({ learningRate: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: learningRate: found 0, needed a finite number above 0]`,
    );
    expect(() => train({ loss: 'hinge' as Loss })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: loss: found hinge, needed one of squared-error, cross-entropy]`,
    );
  });

  it('refuses weight decay, dropout and row weights out of range', () => {
    expect(() => train({ weightDecay: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: weightDecay: found -1, needed a number from 0 to 1000, which is 1 / learningRate]`,
    );
    expect(() => train({ weightDecay: 1001 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: weightDecay: found 1001, needed a number from 0 to 1000, which is 1 / learningRate]`,
    );
    expect(() => train({ dropout: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: dropout: found 1, needed a number from 0, below 1]`,
    );
    expect(() => train({ dropout: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: dropout: found NaN, needed a number from 0, below 1]`,
    );
    expect(() => train({ rowWeights: Float64Array.of(1, 1) })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: row weights: found 2, needed 11, one per row]`,
    );
    expect(() => train({ rowWeights: new Float64Array(ROWS) })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: row weights: found 0 at row 0, needed finite numbers above 0]`,
    );
  });

  it('refuses shapes that do not fit', () => {
    const { network, inputs, targets } = problem();
    const fit = (x: Matrix, y: Matrix) => () => trainNetwork(network, x, y, OPTIONS, rngOf(0));
    expect(fit(createMatrix(ROWS, 5), targets)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: inputs: found 11 rows x 5 columns, needed 11 x 4]`,
    );
    expect(fit(inputs, createMatrix(ROWS, 2))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: targets: found 11 rows x 2 columns, needed 11 x 19]`,
    );
    expect(fit(inputs, createMatrix(3, targets.columns))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: targets: found 3 rows x 19 columns, needed 11 x 19]`,
    );
    expect(fit(createMatrix(0, 4), createMatrix(0, targets.columns))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: training rows: found none, needed at least one]`,
    );
  });

  it('refuses numbers that are none, and says where training diverges', () => {
    const { network, inputs, targets } = problem([{ kind: 'linear', size: 3 }]);
    const fit = (y: Matrix, learningRate: number) => () =>
      trainNetwork(network, inputs, y, { ...OPTIONS, learningRate }, rngOf(0));
    const holed = createMatrix(ROWS, 3, targets.data.slice());
    holed.data[3 * 2 + 1] = Number.NaN;
    expect(fit(holed, 1e-3)).toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteValueError: targets: found NaN at row 2, column 1, needed finite numbers]`,
    );
    expect(fit(targets, 1e30)).toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteValueError: training loss: found NaN in epoch 1, needed finite numbers; choose a learning rate below 1e+30 or bring inputs and targets to a scale of about 1]`,
    );
  });
});
