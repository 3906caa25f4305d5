import { existsSync, readFileSync } from 'node:fs';
import Libsvm from 'libsvm-js/asm';
import MlSvm from 'ml-svm';
import { describe, expect, it } from 'vitest';
import { type SvmOptions, svm } from '../../../../core/learners/svm/svm.ts';
import { createRng, type Rng } from '../../../../core/random/rng.ts';
import { createMatrix, type Matrix } from '../../../../core/table/matrix.ts';
import { drawTrainingSet, type TrainingSet, takeTrainingRows } from '../training-sets.ts';

/** Both solve to this, so that what is left between them is well below what is asked of the decision values. */
const TOLERANCE = 1e-5;
const CLOSE = 1e-3;

interface Settings extends SvmOptions {
  readonly kernel: 'rbf' | 'linear';
  readonly C: number;
  readonly gamma: number;
}

describe('the decision values are those of LIBSVM', () => {
  const cases: readonly (Settings & { readonly name: string; readonly set: TrainingSet })[] = [
    { name: 'normal columns', kernel: 'rbf', C: 1, gamma: 0.2, set: drawTrainingSet(600, 5, createRng(1, 'oracle')) },
    { name: 'a large C', kernel: 'rbf', C: 100, gamma: 0.5, set: drawTrainingSet(300, 3, createRng(2, 'oracle')) },
    { name: 'a small C', kernel: 'rbf', C: 0.01, gamma: 0.2, set: drawTrainingSet(400, 5, createRng(3, 'oracle')) },
    { name: 'rings', kernel: 'rbf', C: 10, gamma: 1, set: drawRings(500, createRng(4, 'oracle')) },
    { name: 'one-hot columns', kernel: 'rbf', C: 1, gamma: 0.05, set: drawMixed(700, createRng(5, 'oracle')) },
    { name: 'one-hot columns', kernel: 'linear', C: 0.1, gamma: 1, set: drawMixed(300, createRng(6, 'oracle')) },
    { name: 'normal columns', kernel: 'linear', C: 1, gamma: 1, set: drawTrainingSet(300, 4, createRng(7, 'oracle')) },
  ];

  it.each(cases)('$name, $kernel, C $C', ({ set, ...settings }) => {
    expect(largestDifference(set, settings)).toBeLessThan(CLOSE);
  });

  it('with rows that weigh more', () => {
    const set = drawTrainingSet(400, 4, createRng(8, 'oracle'));
    const weights = Float64Array.from(set.labels, (label) => (label === 1 ? 7 : 0.5));
    expect(largestDifference({ ...set, weights }, { kernel: 'rbf', C: 1, gamma: 0.3 })).toBeLessThan(CLOSE);
  });
});

describe('the decision values are those of LIBSVM on tables of the imbalanced-learn collection', () => {
  /** Beside the project, not part of it. */
  const directory = new URL('../../../../../shared/data/', import.meta.url);

  for (const name of ['mammography', 'satimage', 'wine_quality', 'us_crime', 'sick_euthyroid']) {
    const file = new URL(`${name}.csv`, directory);
    const absent = !existsSync(file);
    it.skipIf(absent)(absent ? `${name}: skipped, as there is no ../shared/data/${name}.csv` : name, () => {
      const set = standardized(takeOfClasses(readTable(file), [400, 200]));
      const gamma = 1 / set.matrix.columns;
      expect(largestDifference(set, { kernel: 'rbf', C: 1, gamma })).toBeLessThan(CLOSE);
      expect(largestDifference(set, { kernel: 'linear', C: 0.05, gamma: 1 })).toBeLessThan(CLOSE);
    });
  }
});

describe('the decision values are near those of ml-svm', () => {
  it.each(['rbf', 'linear'] as const)('%s', (kernel) => {
    const set = drawTrainingSet(40, 2, createRng(9, 'oracle'));
    const gamma = 0.5;
    const peer = new MlSvm({
      C: 1,
      tol: 1e-6,
      maxPasses: 40,
      maxIterations: 1e6,
      alphaTol: 1e-9,
      kernel,
      kernelOptions: { sigma: Math.sqrt(1 / (2 * gamma)) },
      random: numbersOf(createRng(0, 'ml-svm')),
      whitening: false,
    });
    peer.train(
      rowsOf(set.matrix),
      Array.from(set.labels, (label) => (label === 1 ? 1 : -1)),
    );
    const theirs = peer.margin(rowsOf(set.matrix));
    // It is a simplified machine: it leaves pairs alone whose multipliers would change by less than a thousandth.
    const ours = scores(set, { kernel, C: 1, gamma });
    for (const [row, score] of ours.entries()) expect(Math.abs(score - theirs[row])).toBeLessThan(0.05);
  });
});

/** Between the two machines' decision values, over all training rows. */
function largestDifference(set: TrainingSet, settings: Settings): number {
  const theirs = libsvmScores(set, settings);
  return scores(set, settings).reduce((most, score, row) => Math.max(most, Math.abs(score - theirs[row])), 0);
}

function scores({ matrix, labels, weights }: TrainingSet, settings: Settings): Float64Array {
  const learner = svm({ ...settings, tolerance: TOLERANCE });
  return learner.fit(matrix, labels, weights, createRng(0, 'oracle')).scores(matrix);
}

/** @param set weights that are the same within a class: LIBSVM has none per row */
function libsvmScores({ matrix, labels, weights }: TrainingSet, { kernel, C, gamma }: Settings): number[] {
  const machine = new Libsvm({
    type: Libsvm.SVM_TYPES.C_SVC,
    kernel: kernel === 'rbf' ? Libsvm.KERNEL_TYPES.RBF : Libsvm.KERNEL_TYPES.LINEAR,
    cost: C,
    gamma,
    tolerance: TOLERANCE,
    weight: { 0: weights[labels.indexOf(0)], 1: weights[labels.indexOf(1)] },
    quiet: true,
  });
  machine.train(rowsOf(matrix), [...labels]);
  const score = scorerOf(machine.serializeModel(), kernel, gamma);
  machine.free();
  return rowsOf(matrix).map(score);
}

/** Reads LIBSVM's model file, in which the class of the first training row is the positive one. */
function scorerOf(model: string, kernel: Settings['kernel'], gamma: number): (row: number[]) => number {
  const [header, body] = model.split('SV\n');
  const sign = /label (\d)/.exec(header)?.[1] === '1' ? 1 : -1;
  const rho = Number(/rho (\S+)/.exec(header)?.[1]);
  const supportVectors = body
    .trim()
    .split('\n')
    .map((line) => {
      const [coefficient, ...cells] = line.trim().split(' ');
      return { coefficient: Number(coefficient), cells: cells.map((cell) => cell.split(':').map(Number)) };
    });
  return (row) => {
    let sum = -rho;
    for (const { coefficient, cells } of supportVectors) sum += coefficient * kernelOf(row, cells, kernel, gamma);
    return sign * sum;
  };
}

/** @param cells number of the column, from 1, and value; columns that are left out are 0 */
function kernelOf(row: number[], cells: number[][], kernel: Settings['kernel'], gamma: number): number {
  const product = cells.reduce((sum, [column, value]) => sum + row[column - 1] * value, 0);
  if (kernel === 'linear') return product;
  const squares =
    row.reduce((sum, value) => sum + value ** 2, 0) + cells.reduce((sum, [, value]) => sum + value ** 2, 0);
  return Math.exp(-gamma * (squares - 2 * product));
}

function rowsOf({ rows, columns, data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, row) => [...data.subarray(row * columns, (row + 1) * columns)]);
}

/** The minority within a circle and the majority around it, with some of each on the wrong side. */
function drawRings(rows: number, rng: Rng): TrainingSet {
  const { matrix, weights } = drawTrainingSet(rows, 2, rng);
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const distance = Math.hypot(matrix.data[2 * row], matrix.data[2 * row + 1]) + 0.2 * rng.nextNormal();
    labels[row] = distance < 0.8 ? 1 : 0;
  }
  return { matrix, labels, weights };
}

/** Three columns of numbers with one decimal and the 40 of four categories. */
function drawMixed(rows: number, rng: Rng): TrainingSet {
  const levels = 11;
  const columns = 3 + 4 * (levels - 1);
  const matrix = createMatrix(rows, columns);
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const cells = matrix.data.subarray(row * columns, (row + 1) * columns);
    let signal = rng.nextNormal();
    for (let i = 0; i < 3; i++) {
      cells[i] = Math.round(10 * rng.nextNormal()) / 10;
      signal += cells[i];
    }
    for (let category = 0; category < 4; category++) {
      const level = Math.min(rng.nextInt(levels), rng.nextInt(levels));
      if (level > 0) cells[3 + category * (levels - 1) + level - 1] = 1;
      signal += level > 6 ? 1.5 : 0;
    }
    labels[row] = signal > 2 ? 1 : 0;
  }
  return { matrix, labels, weights: new Float64Array(rows).fill(1) };
}

/** Numbers in all columns but the last, which is `minority` or `majority`; a header. */
function readTable(file: URL): TrainingSet {
  const [header, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const columns = header.split(',').length - 1;
  const fields = lines.map((line) => line.trim().split(','));
  return {
    matrix: createMatrix(
      lines.length,
      columns,
      Float32Array.from(fields.flatMap((row) => row.slice(0, columns).map(Number))),
    ),
    labels: Uint8Array.from(fields, (row) => (row[columns] === 'minority' ? 1 : 0)),
    weights: new Float64Array(lines.length).fill(1),
  };
}

/** As many rows of each class as asked for, or as there are, evenly from the whole table. */
function takeOfClasses(set: TrainingSet, counts: readonly number[]): TrainingSet {
  const taken = counts.flatMap((count, label) => {
    const rows = Array.from(set.labels.keys()).filter((row) => set.labels[row] === label);
    return rows.filter((_, i) => Math.floor((i * count) / rows.length) < Math.floor(((i + 1) * count) / rows.length));
  });
  return takeTrainingRows(set, taken);
}

/** Every column to mean 0 and deviation 1. */
function standardized(set: TrainingSet): TrainingSet {
  const { rows, columns, data } = set.matrix;
  const scaled = createMatrix(rows, columns);
  for (let column = 0; column < columns; column++) {
    const cells = Array.from({ length: rows }, (_, row) => data[row * columns + column]);
    const mean = cells.reduce((sum, cell) => sum + cell, 0) / rows;
    const deviation = Math.sqrt(cells.reduce((sum, cell) => sum + (cell - mean) ** 2, 0) / rows) || 1;
    for (let row = 0; row < rows; row++) scaled.data[row * columns + column] = (cells[row] - mean) / deviation;
  }
  return { ...set, matrix: scaled };
}

function numbersOf(rng: Rng): () => number {
  return () => rng.nextFloat();
}
