import { describe, expect, it } from 'vitest';
import { LatentEncoder, type LatentEncoderOptions } from '../../../core/generators/latent-encoder.ts';
import { createMatrix, type Matrix } from '../../../core/table/matrix.ts';
import { normalMatrix, rngOf } from '../network/samples.ts';

const ROWS = 8;
const order = Int32Array.from({ length: ROWS }, (_, row) => row);
const options: LatentEncoderOptions = {
  noise: { distribution: 'normal', dimension: 3 },
  hidden: [16],
  learningRate: 0.01,
  batchSize: ROWS,
  divergenceWeight: 1,
};

/** Draws and learns `steps` times; `pull` gives the gradient in the codes. Returns the codes of many draws after that. */
function teach(settings: Partial<LatentEncoderOptions>, steps: number, pull: (codes: Matrix) => Matrix): Matrix[] {
  const rng = rngOf(0);
  const encoder = new LatentEncoder(normalMatrix(ROWS, 5, rng), { ...options, ...settings }, rng);
  for (let step = 0; step < steps; step++) encoder.learn(pull(encoder.draw(order, 0, ROWS, rng)));
  return Array.from({ length: 500 }, () => encoder.draw(order, 0, ROWS, rng));
}

const nothing = ({ rows, columns }: Matrix): Matrix => createMatrix(rows, columns);

/** Per code its mean and deviation over the draws. */
function moments(draws: Matrix[]): { mean: number; deviation: number }[] {
  return Array.from(draws[0].data, (_, code) => {
    const values = draws.map(({ data }) => data[code]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    return { mean, deviation: Math.sqrt(variance) };
  });
}

describe('LatentEncoder', () => {
  it('spreads every row over the whole of p(z) where nothing but the divergence counts', () => {
    for (const { mean, deviation } of moments(teach({}, 400, nothing))) {
      // 500 draws of a standard normal: deviations of 0.045 and 0.032.
      expect(Math.abs(mean)).toBeLessThan(0.25);
      expect(Math.abs(deviation - 1)).toBeLessThan(0.2);
    }
  });

  it('puts a row where a squared loss wants its code, as far and as narrowly as the divergence lets it', () => {
    // For the loss w (z - a)^2 and weight 1 of the divergence, the best q(z|x) is normal with variance 1 / (1 + 2 w) and
    // mean 2 w a / (1 + 2 w): completing the square.
    const [w, wanted] = [12, 1.5];
    const pull = ({ rows, columns, data }: Matrix): Matrix =>
      createMatrix(
        rows,
        columns,
        Float32Array.from(data, (code) => (2 * w * (code - wanted)) / rows),
      );
    for (const { mean, deviation } of moments(teach({}, 1500, pull))) {
      expect(mean).toBeCloseTo((2 * w * wanted) / (1 + 2 * w), 0);
      expect(Math.abs(mean - (2 * w * wanted) / (1 + 2 * w))).toBeLessThan(0.15);
      expect(Math.abs(deviation - Math.sqrt(1 / (1 + 2 * w)))).toBeLessThan(0.06);
    }
  });

  it('lets the loss have its way the more, the less the divergence weighs', () => {
    const pull = ({ rows, columns, data }: Matrix): Matrix =>
      createMatrix(
        rows,
        columns,
        Float32Array.from(data, (code) => (2 * (code - 1.5)) / rows),
      );
    const [heavy, light] = [1, 0.1].map((divergenceWeight) =>
      moments(teach({ divergenceWeight }, 1000, pull)).reduce((sum, { mean }) => sum + mean, 0),
    );
    expect(light).toBeGreaterThan(heavy);
  });

  it('keeps uniform codes between -1 and 1, and pulls them too', () => {
    const uniform = { noise: { distribution: 'uniform', dimension: 3 } } as const;
    const upwards = ({ rows, columns }: Matrix): Matrix =>
      createMatrix(rows, columns, new Float32Array(rows * columns).fill(-4 / rows));
    const pulled = moments(teach(uniform, 400, upwards));
    const left = moments(teach(uniform, 400, nothing));
    for (const { mean } of pulled) expect(mean).toBeGreaterThan(0.5);
    // A uniform number on [-1, 1] has a deviation of 1 / sqrt(3).
    for (const { deviation } of left) expect(Math.abs(deviation - 1 / Math.sqrt(3))).toBeLessThan(0.1);
  });

  it('measures the divergence of what it has drawn last', () => {
    const rng = rngOf(1);
    const encoder = new LatentEncoder(normalMatrix(ROWS, 5, rng), options, rng);
    encoder.draw(order, 0, ROWS, rng);
    const before = encoder.divergence();
    expect(before).toBeGreaterThan(0);
    for (let step = 0; step < 200; step++) encoder.learn(nothing(encoder.draw(order, 0, ROWS, rng)));
    encoder.draw(order, 0, ROWS, rng);
    expect(encoder.divergence()).toBeLessThan(before / 20);
    encoder.draw(order, 0, 2, rng);
    expect(encoder.draw(order, 3, 5, rng).rows).toBe(2);
  });
});
