import { describe, expect, it } from 'vitest';
import { NonFiniteValueError } from '../../../core/errors.ts';
import {
  AUTOENCODER_DEFAULTS,
  type AutoencoderOptions,
  fittedAutoencoderFromJSON,
  trainAutoencoder,
} from '../../../core/generators/autoencoder.ts';
import { drawNoise } from '../../../core/generators/noise.ts';
import { type Head, outputColumns, placeHeads } from '../../../core/network/heads.ts';
import { initialiseNetwork } from '../../../core/network/initialise.ts';
import { LOSSES } from '../../../core/network/loss.ts';
import { createRng } from '../../../core/random/rng.ts';
import { createMatrix, type Matrix } from '../../../core/table/matrix.ts';

/** A whole number from 0 to 4, a level of three, a yes or no, a level of five. */
const HEADS: readonly Head[] = [
  { kind: 'linear', size: 1 },
  { kind: 'softmax', size: 3 },
  { kind: 'sigmoid', size: 1 },
  { kind: 'softmax', size: 5 },
];
const COLUMNS = outputColumns(HEADS);
const QUICK: Partial<AutoencoderOptions> = { noise: { distribution: 'normal', dimension: 5 }, hidden: [12], epochs: 8 };
const FIXED = { pairing: 'fixed', hidden: [64, 32, 64] } as const;
const rngOf = (seed: number) => createRng(seed, 'autoencoder');

/** Ten rows, no two alike. */
function tenRows(): Matrix {
  const targets = createMatrix(10, COLUMNS);
  for (let row = 0; row < 10; row++) {
    const cells = targets.data.subarray(row * COLUMNS, (row + 1) * COLUMNS);
    cells[0] = row % 5;
    cells[1 + (row % 3)] = 1;
    cells[4] = row >= 5 ? 1 : 0;
    cells[5 + ((row * 3) % 5)] = 1;
  }
  return targets;
}

/** Outputs as the rows they mean: numbers rounded, of each softmax only the largest. */
function toRows({ rows, columns, data }: Matrix): Matrix {
  const decoded = createMatrix(rows, columns);
  for (let row = 0; row < rows; row++) {
    for (const { kind, column, size } of placeHeads(HEADS)) {
      const start = row * columns + column;
      const cells = data.subarray(start, start + size);
      if (kind === 'softmax') decoded.data[start + cells.indexOf(Math.max(...cells))] = 1;
      // Adding 0 makes 0 of -0.
      else decoded.data[start] = Math.round(cells[0]) + 0;
    }
  }
  return decoded;
}

/** The pairs' noise: the second thing that training draws, after the first weights. */
function noiseOfTraining({ noise, hidden }: AutoencoderOptions, rows: number, seed: number): Matrix {
  const rng = rngOf(seed);
  initialiseNetwork({ inputs: noise.dimension, hidden, heads: HEADS }, rng);
  return drawNoise(noise, rows, rng);
}

describe('trainAutoencoder', () => {
  it.each(LOSSES)('can learn ten rows by heart from fixed pairs (%s)', (loss) => {
    const options: AutoencoderOptions = { ...AUTOENCODER_DEFAULTS, ...FIXED, loss, epochs: 1500, batchSize: 10 };
    const fitted = trainAutoencoder(tenRows(), HEADS, options, rngOf(0));
    expect(toRows(fitted.decode(noiseOfTraining(options, 10, 0)))).toEqual(tenRows());
    expect(fitted.reconstructionLoss).toBeLessThan(0.01);
  });

  describe.each(['normal', 'uniform'] as const)('with variational pairs and %s noise', (distribution) => {
    it.each(LOSSES)('answers fresh noise with rows as often as they were taught (%s)', (loss) => {
      // Rows of three kinds, the first twice as often as the others. Both columns say which: a blend would say two.
      const kinds = [0, 0, 1, 2].map((kind) => [0, 1, 2].map((level) => (level === kind ? 1 : 0)));
      const rows = Array.from({ length: 200 }, (_, row) => [...kinds[row % 4], ...kinds[row % 4]]);
      const heads: Head[] = [
        { kind: 'softmax', size: 3 },
        { kind: 'softmax', size: 3 },
      ];
      const options = { noise: { distribution, dimension: 2 }, hidden: [32], epochs: 150, batchSize: 20, loss };
      const targets = createMatrix(200, 6, Float32Array.from(rows.flat()));
      const { data } = trainAutoencoder(targets, heads, options, rngOf(0)).generate(4000, rngOf(1));
      const shares = [0, 0, 0];
      let agreement = 0;
      for (let row = 0; row < 4000; row++) {
        const [first, second] = [data.subarray(row * 6, row * 6 + 3), data.subarray(row * 6 + 3, row * 6 + 6)];
        for (let kind = 0; kind < 3; kind++) {
          shares[kind] += first[kind] / 4000;
          agreement += (first[kind] * second[kind]) / 4000;
        }
      }
      [1 / 2, 1 / 4, 1 / 4].forEach((taught, kind) => {
        expect(Math.abs(shares[kind] - taught)).toBeLessThan(0.1);
      });
      // Levels drawn without regard to each other agree in 1/4 + 1/16 + 1/16 = 0.375 of the rows.
      expect(agreement).toBeGreaterThan(0.75);
    });
  });

  it('says which loss diverged, and what to do', () => {
    const diverge = () => trainAutoencoder(tenRows(), HEADS, { ...QUICK, learningRate: 1e30 }, rngOf(0));
    expect(diverge).toThrow(NonFiniteValueError);
    expect(diverge).toThrow(
      /^generator's loss: found \S+ in epoch \d+, needed finite numbers; choose a learning rate below 1e\+30$/,
    );
  });

  it('uses its defaults where no option is given', () => {
    const defaults = trainAutoencoder(tenRows(), HEADS, {}, rngOf(0));
    const same = trainAutoencoder(tenRows(), HEADS, AUTOENCODER_DEFAULTS, rngOf(0));
    expect(JSON.stringify(defaults)).toBe(JSON.stringify(same));
    expect(defaults.noise).toEqual({ distribution: 'normal', dimension: 16 });
  });

  it('reports every epoch', () => {
    const losses: number[] = [];
    const epochs: number[] = [];
    const fitted = trainAutoencoder(tenRows(), HEADS, QUICK, rngOf(0), ({ epoch, loss }) => {
      epochs.push(epoch);
      losses.push(loss);
    });
    expect(epochs).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(losses[7]).toBe(fitted.reconstructionLoss);
    expect(losses[7]).toBeLessThan(losses[0]);
  });

  it('gives the same bytes for the same seed (0 is one), others for another', () => {
    const bytes = (seed: number) => JSON.stringify(trainAutoencoder(tenRows(), HEADS, QUICK, rngOf(seed)));
    expect(bytes(0)).toBe(bytes(0));
    expect(new Set([bytes(0), bytes(1), bytes(2)]).size).toBe(3);
  });

  it('learns from a single row', () => {
    const one = createMatrix(1, COLUMNS, tenRows().data.slice(0, COLUMNS));
    const fitted = trainAutoencoder(one, HEADS, { epochs: 500 }, rngOf(0));
    expect(fitted.reconstructionLoss).toBeLessThan(0.01);
  });

  it('refuses invalid arguments', () => {
    const fit =
      (options: Partial<AutoencoderOptions>, targets = tenRows(), heads = HEADS) =>
      () =>
        trainAutoencoder(targets, heads, { ...QUICK, ...options }, rngOf(0));
    expect(fit({ noise: { distribution: 'normal', dimension: 1.5 } })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: noise.dimension: found 1.5, needed a whole number of at least 1]`,
    );
    expect(fit({ hidden: [8, 0] })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: hidden[1]: found 0, needed a whole number of at least 1]`,
    );
    expect(fit({ epochs: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: epochs: found -1, needed a whole number of at least 1]`,
    );
    expect(fit({}, createMatrix(0, COLUMNS))).toThrowErrorMatchingInlineSnapshot(
      `[TooFewRowsError: minority rows: found 0, needed at least 1 to teach the generator]`,
    );
    expect(fit({}, tenRows(), HEADS.slice(1))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: targets: found 10 rows x 10 columns, needed 10 x 9]`,
    );
    const holed = tenRows();
    holed.data[COLUMNS * 3 + 4] = Number.NaN;
    expect(fit({}, holed)).toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteValueError: targets: found NaN at row 3, column 4, needed finite numbers]`,
    );
  });
});

describe('a fitted autoencoder', () => {
  const fitted = trainAutoencoder(tenRows(), HEADS, QUICK, rngOf(0));

  it('generates from fresh noise of the p(z) that it was taught', () => {
    const generated = fitted.generate(20, rngOf(9));
    expect(generated).toEqual(fitted.decode(drawNoise(fitted.noise, 20, rngOf(9))));
    expect([generated.rows, generated.columns]).toEqual([20, COLUMNS]);
    expect(generated).not.toEqual(fitted.generate(20, rngOf(8)));
  });

  it('gives probabilities in softmax heads and numbers in [0, 1] in sigmoid heads', () => {
    const { rows, columns, data } = fitted.generate(50, rngOf(1));
    for (let row = 0; row < rows; row++) {
      for (const { kind, column, size } of placeHeads(HEADS)) {
        const cells = data.subarray(row * columns + column, row * columns + column + size);
        if (kind !== 'linear') expect(cells.every((cell) => cell >= 0 && cell <= 1)).toBe(true);
        if (kind === 'softmax') expect(cells.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
      }
    }
  });

  it('generates no rows where none are asked for, and refuses fewer', () => {
    expect(fitted.generate(0, rngOf(0))).toEqual(createMatrix(0, COLUMNS));
    expect(() => fitted.generate(-1, rngOf(0))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: count: found -1, needed a whole number of rows, 0 or more]`,
    );
  });

  it('refuses noise of another width', () => {
    expect(() => fitted.decode(createMatrix(1, 4))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: inputs: found 4 columns, needed 5 as the network was built for]`,
    );
  });

  it('comes back from JSON bit by bit', () => {
    const restored = fittedAutoencoderFromJSON(JSON.parse(JSON.stringify(fitted)));
    expect(restored.generate(30, rngOf(2))).toEqual(fitted.generate(30, rngOf(2)));
    expect(restored.reconstructionLoss).toBe(fitted.reconstructionLoss);
    expect(JSON.stringify(restored)).toBe(JSON.stringify(fitted));
  });

  it('refuses JSON that is no autoencoder', () => {
    const json = fitted.toJSON();
    expect(() => fittedAutoencoderFromJSON(undefined)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: generator: found undefined, needed type "autoencoder", pairing, noise, reconstructionLoss and network]`,
    );
    expect(() => fittedAutoencoderFromJSON({ ...json, type: 'tree' })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: generator: found {"type":"tree","pairing":"variational","noise":{"distributio, needed type "autoencoder", pairing, noise, reconstructionLoss and network]`,
    );
    expect(() => fittedAutoencoderFromJSON({ ...json, noise: null })).toThrow(
      /needed type "autoencoder", pairing, noise/,
    );
    const noise = { distribution: 'normal', dimension: 6 };
    expect(() => fittedAutoencoderFromJSON({ ...json, noise })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: generator: found a network with 5 inputs, needed 6 as its noise has]`,
    );
  });
});
