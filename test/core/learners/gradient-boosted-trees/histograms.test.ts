import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctRows } from '../../../../core/learners/distinct-rows.ts';
import { type BinnedColumn, binColumns } from '../../../../core/learners/gradient-boosted-trees/bins.ts';
import { Gradients } from '../../../../core/learners/gradient-boosted-trees/gradients.ts';
import { HistogramBuilder } from '../../../../core/learners/gradient-boosted-trees/histograms.ts';
import { createRng } from '../../../../core/random/rng.ts';
import { createMatrix } from '../../../../core/table/matrix.ts';
import { drawTrainingSet, type TrainingSet, trainingSets } from '../training-sets.ts';

const binsOf = (values: number[], weights: number[], maxBins: number): BinnedColumn => {
  const rows = Int32Array.from(values.keys());
  const matrix = createMatrix(values.length, 1, Float32Array.from(values));
  const counts = rows.map(() => 1);
  const set = { rows, labels: new Uint8Array(rows.length), weights: Float64Array.from(weights), counts };
  return binColumns(matrix, set, maxBins)[0];
};

describe('binColumns', () => {
  it('has a bin for each value where there are few', () => {
    const { thresholds, bins } = binsOf([5, 1, 2, 5], [1, 1, 1, 1], 3);
    expect([...thresholds]).toEqual([(1 + 2) / 2, (2 + 5) / 2]);
    expect([...bins]).toEqual([2, 0, 1, 2]);
  });

  it('ends bins where their share of the weight is reached', () => {
    const equal = binsOf([8, 7, 6, 5, 4, 3, 2, 1], new Array<number>(8).fill(1), 4);
    expect([...equal.thresholds]).toEqual([(2 + 3) / 2, (4 + 5) / 2, (6 + 7) / 2]);
    expect([...equal.bins]).toEqual([3, 3, 2, 2, 1, 1, 0, 0]);
    const heavy = binsOf([1, 2, 3, 4, 5, 6], [10, 1, 1, 1, 1, 1], 3);
    expect([...heavy.thresholds]).toEqual([(1 + 2) / 2]);
    const repeated = binsOf([1, 1, 1, 2, 3, 4, 5], new Array<number>(7).fill(1), 3);
    const weighted = binsOf([1, 2, 3, 4, 5], [3, 1, 1, 1, 1], 3);
    expect(weighted.thresholds).toEqual(repeated.thresholds);
  });

  it('leaves constant columns out, and keeps to the limit', () => {
    fc.assert(
      fc.property(trainingSets(fc.constantFrom(1e-60, 1, 3, 1e60)), fc.integer({ min: 2, max: 6 }), (set, maxBins) => {
        const distinct = distinctRows(set.matrix, set.labels, set.weights);
        for (const { column, thresholds, bins } of binColumns(set.matrix, distinct, maxBins)) {
          expect(thresholds.length).toBeGreaterThan(0);
          expect(thresholds.length).toBeLessThan(maxBins);
          for (const [i, row] of distinct.rows.entries()) {
            const value = set.matrix.data[row * set.matrix.columns + column];
            expect(bins[i]).toBe(thresholds.filter((threshold) => value > threshold).length);
          }
        }
      }),
    );
  });
});

describe('HistogramBuilder', () => {
  /** Gradients at random log-odds, their columns, and the sums of some of the rows. */
  function prepare({ matrix, labels, weights }: TrainingSet, seed: number) {
    const distinct = distinctRows(matrix, labels, weights);
    const columns = binColumns(matrix, distinct, 255);
    const gradients = new Gradients(distinct);
    const rng = createRng(seed, 'log-odds');
    const all = gradients.update(Float64Array.from(distinct.rows, () => 3 * rng.nextNormal()));
    const builder = new HistogramBuilder(columns, distinct.rows.length);
    const total = (rows: Int32Array) => {
      const add = (part: number) => rows.reduce((sum, row) => sum + gradients.sums[2 * row + part], 0);
      return { gradient: add(0), packed: add(1) };
    };
    return { distinct, columns, gradients, all, builder, total };
  }

  it('adds up, in each bin, the numbers of the rows that are in it', () => {
    fc.assert(
      fc.property(trainingSets(fc.double({ min: 0.01, max: 100, noNaN: true })), fc.nat(), (set, seed) => {
        const { distinct, columns, gradients, builder, total } = prepare(set, seed);
        const rows = Int32Array.from(distinct.rows.keys()).filter((row) => (row * 7 + seed) % 3 > 0);
        const histogram = builder.of(rows, gradients, total(rows));
        for (const [c, { thresholds, bins }] of columns.entries()) {
          for (let bin = 0; bin <= thresholds.length; bin++) {
            const { gradient, packed } = total(rows.filter((row) => bins[row] === bin));
            const at = builder.starts[c] + 2 * bin;
            expect([histogram[at], histogram[at + 1]]).toEqual([gradient, packed]);
          }
        }
      }),
    );
  });

  it('leaves exactly the other child when one is subtracted', () => {
    const { distinct, gradients, all, builder, total } = prepare(drawTrainingSet(2000, 5, createRng(0, 'rows')), 0);
    const rows = Int32Array.from(distinct.rows.keys());
    const [left, right] = [rows.filter((row) => row % 3 === 0), rows.filter((row) => row % 3 !== 0)];
    const whole = builder.of(rows, gradients, all);
    const difference = builder.subtract(whole, builder.of(left, gradients, total(left)));
    expect(difference).toEqual(builder.of(right, gradients, total(right)));
  });
});

describe('Gradients', () => {
  it('are the derivatives of the weighted log loss, on grids that no sum overflows', () => {
    const set = drawTrainingSet(500, 2, createRng(0, 'gradients'));
    const weights = set.weights.map((_, row) => 1 + (row % 5));
    const distinct = distinctRows(set.matrix, set.labels, weights);
    const gradients = new Gradients(distinct);
    const logOdds = Float64Array.from(distinct.rows, (_, i) => (i - 250) / 20);
    const { gradient, packed } = gradients.update(logOdds);
    const { units } = gradients;
    for (const [i, x] of logOdds.entries()) {
      const p = 1 / (1 + Math.exp(-x));
      expect(gradients.sums[2 * i] * units.gradient).toBeCloseTo((p - distinct.labels[i]) * distinct.weights[i], 9);
      const count = Math.floor(gradients.sums[2 * i + 1] / units.count);
      expect(count).toBe(distinct.counts[i]);
      const hessian = (gradients.sums[2 * i + 1] - count * units.count) * units.hessian;
      expect(hessian).toBeCloseTo(p * (1 - p) * distinct.weights[i], 9);
    }
    expect(Math.floor(packed / units.count)).toBe(500);
    expect(packed).toBeLessThan(2 ** 53);
    expect(Math.abs(gradient)).toBeLessThan(2 ** 53);
  });
});
