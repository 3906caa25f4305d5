import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import Libsvm from 'libsvm-js/asm';
import { describe, expect, it } from 'vitest';
import {
  fitOneClassSvm,
  oneClassSvm,
  oneClassSvmFromJSON,
} from '../../../../core/learners/one-class-svm/one-class-svm.ts';
import { createRng } from '../../../../core/random/rng.ts';
import { createMatrix, type Matrix, takeMatrixRows } from '../../../../core/table/matrix.ts';
import { rowsOfClass } from '../../../../core/table/split.ts';
import { itKeepsTheLearnerContract } from '../learner-contract.ts';
import { drawSurroundedSet, trainingSets } from '../training-sets.ts';

/** Both solve to this, so that what is left between them is well below what is asked of the decision values. */
const TOLERANCE = 1e-6;
const CLOSE = 1e-3;

/** Made by ../golden/one-class-svm.py. */
interface GoldenCase {
  readonly name: string;
  readonly columns: number;
  /** so many of the rows, the first */
  readonly trained: number;
  readonly nu: number;
  readonly gamma: 'scale' | number;
  readonly data: readonly number[];
  /** of all rows */
  readonly decisionValues: readonly number[];
}

const golden: readonly GoldenCase[] = JSON.parse(
  readFileSync(new URL('../golden/one-class-svm.json', import.meta.url), 'utf8'),
);
const ascending = (count: number) => Array.from({ length: count }, (_, i) => i);

// One class is all that it sees: it cannot tell where, within that, another begins.
itKeepsTheLearnerContract('a one-class svm', () => oneClassSvm(), { draw: drawSurroundedSet });

describe('the decision values are those of scikit-learn, which are nu * rows times as large', () => {
  it.each(golden)('$name', ({ columns, trained, nu, gamma, data, decisionValues }) => {
    const rows = createMatrix(data.length / columns, columns, Float32Array.from(data));
    const machine = fitOneClassSvm(takeMatrixRows(rows, ascending(trained)), { nu, gamma, tolerance: TOLERANCE });
    const ours = machine.outlierScores(rows).map((score) => -score * nu * trained);
    for (const [row, value] of ours.entries()) expect(Math.abs(value - decisionValues[row])).toBeLessThan(CLOSE);
  });
});

describe('the decision values are those of LIBSVM', () => {
  const set = drawSurroundedSet(400, 4, createRng(0, 'oracle'));
  const majority = takeMatrixRows(set.matrix, rowsOfClass(set.labels, 0));

  it.each([
    { nu: 0.5, gamma: 0.1 },
    { nu: 0.1, gamma: 0.5 },
    { nu: 0.02, gamma: 0.05 },
    { nu: 0.999, gamma: 1 },
  ])('nu $nu, gamma $gamma', (options) => {
    const theirs = libsvmDecisions(majority, set.matrix, options);
    const machine = fitOneClassSvm(majority, { ...options, tolerance: TOLERANCE });
    const ours = machine.outlierScores(set.matrix).map((score) => -score * options.nu * majority.rows);
    for (const [row, value] of ours.entries()) expect(Math.abs(value - theirs[row])).toBeLessThan(CLOSE);
  });
});

describe('a one-class svm', () => {
  const set = drawSurroundedSet(500, 3, createRng(1, 'one-class'));
  const majority = takeMatrixRows(set.matrix, rowsOfClass(set.labels, 0));

  it('is trained on the majority alone, whatever the weight of the classes', () => {
    const alone = fitOneClassSvm(majority).toJSON();
    const rng = createRng(0, 'one-class');
    expect(oneClassSvm().fit(set.matrix, set.labels, set.weights, rng).toJSON()).toEqual(alone);
    const weights = set.weights.map((_, row) => (set.labels[row] === 1 ? 12 : 0.54));
    expect(oneClassSvm().fit(set.matrix, set.labels, weights, rng).toJSON()).toEqual(alone);
  });

  it('leaves a share of nu outside at most, and makes at least that share support vectors', () => {
    const share = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(trainingSets(fc.constant(1)), share, ({ matrix }, nu) => {
        const machine = fitOneClassSvm(matrix, { nu, tolerance: 1e-5 });
        // Rows on the boundary are within the tolerance of it.
        const outside = machine.outlierScores(matrix).filter((score) => score * nu * matrix.rows > 1e-4).length;
        expect(outside).toBeLessThanOrEqual(nu * matrix.rows + 1e-9);
      }),
    );
    const { coefficients } = fitOneClassSvm(majority, { nu: 0.3 }).toJSON() as { coefficients: number[] };
    expect(coefficients.length).toBeGreaterThanOrEqual(0.3 * majority.rows);
  });

  it('has coefficients whose sum is 1', () => {
    const { coefficients } = fitOneClassSvm(majority, { nu: 0.3 }).toJSON() as { coefficients: number[] };
    expect(coefficients.reduce((sum, coefficient) => sum + coefficient, 0)).toBeCloseTo(1, 12);
  });

  it('takes a row for inside where it is all that was learned from, at any nu', () => {
    const row = createMatrix(1, 2, Float32Array.of(3, 4));
    for (const nu of [0.01, 1]) {
      const machine = fitOneClassSvm(row, { nu });
      expect([...machine.outlierScores(row)]).toEqual([-0]);
      expect([...machine.predict(createMatrix(2, 2, Float32Array.of(3, 4, 5, 4)))]).toEqual([0, 1]);
    }
  });

  it('has finite scores where every multiplier is at its bound', () => {
    const scores = fitOneClassSvm(majority, { nu: 1 }).outlierScores(majority);
    expect(Math.min(...scores)).toBeCloseTo(0, 6);
    expect(Math.max(...scores)).toBeLessThan(1);
  });

  it('weighs rows by what they weigh beside the others', () => {
    const rows = createMatrix(5, 1, Float32Array.of(0, 0.1, 0.2, 5, 5.1));
    const weights = [1, 1, 1, 50, 50];
    const far = (by: number) =>
      fitOneClassSvm(
        rows,
        { nu: 0.2 },
        Float64Array.from(weights, (w) => w * by),
      );
    expect(far(1).outlierScores(rows)[3]).toBeLessThan(far(1).outlierScores(rows)[0]);
    expect(far(0.37).toJSON()).toEqual(far(1).toJSON());
    const extreme = fitOneClassSvm(rows, {}, Float64Array.of(1e-60, 1, 1e60, 1, 1));
    expect(extreme.outlierScores(rows).every(Number.isFinite)).toBe(true);
  });

  it('refuses options out of range', () => {
    expect(() => oneClassSvm({ nu: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: one-class svm, nu: found 0, needed a number above 0, up to 1]`,
    );
    expect(() => oneClassSvm({ nu: 1.1 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: one-class svm, nu: found 1.1, needed a number above 0, up to 1]`,
    );
    expect(() => oneClassSvm({ gamma: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: one-class svm, gamma: found -1, needed scale or a number above 0, up to 1.7976931348623157e+308]`,
    );
    expect(() => oneClassSvm({ tolerance: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: one-class svm, tolerance: found 0, needed a number above 0, up to 1]`,
    );
    expect(() => oneClassSvm({ cacheMegabytes: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: one-class svm, cacheMegabytes: found 0, needed a number from 1 to 4096]`,
    );
  });

  it('refuses to restore what is no machine', () => {
    const saved = JSON.parse(JSON.stringify(fitOneClassSvm(majority)));
    const restore = (change: object) => () => oneClassSvmFromJSON({ ...saved, ...change });
    expect(restore({ type: 'svm' })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved learner: found type "svm", needed "one-class-svm"]`,
    );
    expect(restore({ columns: 4 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved one-class svm, supportVectors: found 600 bytes, needed 800 (200 numbers)]`,
    );
    expect(restore({ gamma: null })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved one-class svm, gamma: found null, needed a finite number above 0]`,
    );
    expect(() => oneClassSvmFromJSON(undefined)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved learner: found type undefined, needed "one-class-svm"]`,
    );
  });
});

/** Reads LIBSVM's model file. @returns the decision values of `rows` by a machine trained on `training` */
function libsvmDecisions(training: Matrix, rows: Matrix, { nu, gamma }: { nu: number; gamma: number }): number[] {
  const machine = new Libsvm({
    type: Libsvm.SVM_TYPES.ONE_CLASS,
    kernel: Libsvm.KERNEL_TYPES.RBF,
    nu,
    gamma,
    tolerance: TOLERANCE,
    quiet: true,
  });
  machine.train(rowsOf(training), new Array<number>(training.rows).fill(1));
  const [header, body] = machine.serializeModel().split('SV\n');
  machine.free();
  const rho = Number(/rho (\S+)/.exec(header)?.[1]);
  const supportVectors = body
    .trim()
    .split('\n')
    .map((line) => {
      const [coefficient, ...cells] = line.trim().split(' ');
      return { coefficient: Number(coefficient), cells: cells.map((cell) => Number(cell.split(':')[1])) };
    });
  return rowsOf(rows).map((row) =>
    supportVectors.reduce((sum, { coefficient, cells }) => {
      const squares = row.reduce((total, value, column) => total + (value - cells[column]) ** 2, 0);
      return sum + coefficient * Math.exp(-gamma * squares);
    }, -rho),
  );
}

function rowsOf({ rows, columns, data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, row) => [...data.subarray(row * columns, (row + 1) * columns)]);
}
