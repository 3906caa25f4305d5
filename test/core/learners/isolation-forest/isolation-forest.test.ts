import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rocAuc } from '../../../../core/evaluation/roc-auc.ts';
import {
  fitIsolationForest,
  isolationForest,
  isolationForestFromJSON,
} from '../../../../core/learners/isolation-forest/isolation-forest.ts';
import { createRng } from '../../../../core/random/rng.ts';
import { createMatrix, takeMatrixRows } from '../../../../core/table/matrix.ts';
import { rowsOfClass } from '../../../../core/table/split.ts';
import { itKeepsTheLearnerContract } from '../learner-contract.ts';
import { drawSurroundedSet, takeTrainingRows } from '../training-sets.ts';

/** Made by ../golden/isolation-forest.py. */
interface GoldenCase {
  readonly name: string;
  readonly columns: number;
  readonly sampleSize: number;
  readonly contamination: 'auto' | number;
  readonly train: readonly number[];
  readonly test: readonly number[];
  readonly labels: readonly number[];
  /** of each test row, averaged over 20,000 trees */
  readonly scores: readonly number[];
  /** the lowest and the highest of 200 forests */
  readonly rocAuc: readonly [number, number];
  readonly shareOutlying: readonly [number, number];
}

const golden: { readonly cases: readonly GoldenCase[] } = JSON.parse(
  readFileSync(new URL('../golden/isolation-forest.json', import.meta.url), 'utf8'),
);
const matrixOf = (cells: readonly number[], columns: number) =>
  createMatrix(cells.length / columns, columns, Float32Array.from(cells));

itKeepsTheLearnerContract('an isolation forest', () => isolationForest({ trees: 60 }), {
  // The sample size counts rows, and rows of unequal weight are drawn with replacement.
  weightsRepeatRows: false,
  // One class is all that it sees: it cannot tell where, within that, another begins.
  draw: drawSurroundedSet,
});

describe('an isolation forest agrees with scikit-learn', () => {
  it.each(golden.cases)('$name: in the score of each row', ({ columns, train, test, sampleSize, scores }) => {
    const options = { trees: 10_000, sampleSize };
    const forest = fitIsolationForest(matrixOf(train, columns), options, createRng(0, 'oracle'));
    const ours = forest.outlierScores(matrixOf(test, columns));
    const differences = ours.map((score, row) => score - scores[row]);
    expect(Math.max(...differences.map(Math.abs))).toBeLessThan(0.005);
  });

  it.each(golden.cases)('$name: in ROC AUC and in the share called outlying', (golden) => {
    const { columns, sampleSize, contamination } = golden;
    const test = matrixOf(golden.test, columns);
    const aucs: number[] = [];
    const shares: number[] = [];
    for (let seed = 0; seed < 20; seed++) {
      const options = { sampleSize, contamination };
      const forest = fitIsolationForest(matrixOf(golden.train, columns), options, createRng(seed, 'oracle'));
      aucs.push(rocAuc(Uint8Array.from(golden.labels), forest.outlierScores(test)) ?? Number.NaN);
      shares.push(forest.predict(test).reduce((sum, label) => sum + label, 0) / test.rows);
    }
    const middle = ([low, high]: readonly [number, number]) => [low - 0.005, high + 0.005];
    for (const auc of aucs) expect(isWithin(auc, middle(golden.rocAuc))).toBe(true);
    for (const share of shares) expect(isWithin(share, middle(golden.shareOutlying))).toBe(true);
  });
});

function isWithin(value: number, [low, high]: readonly number[]): boolean {
  return value >= low && value <= high;
}

describe('an isolation forest', () => {
  const set = drawSurroundedSet(600, 3, createRng(0, 'forest'));
  const majority = takeMatrixRows(set.matrix, rowsOfClass(set.labels, 0));

  it('is trained on the majority alone', () => {
    const learned = isolationForest().fit(set.matrix, set.labels, set.weights, createRng(0, 'forest'));
    expect(learned.toJSON()).toEqual(fitIsolationForest(majority, {}, createRng(0, 'forest')).toJSON());
    const fewer = takeTrainingRows(
      set,
      Array.from(set.labels.keys()).filter((row) => set.labels[row] === 0 || row < 10),
    );
    const again = isolationForest().fit(fewer.matrix, fewer.labels, fewer.weights, createRng(0, 'forest'));
    expect(again.toJSON()).toEqual(learned.toJSON());
  });

  it('calls the asked share of the training rows outlying', () => {
    for (const contamination of [0.01, 0.1, 0.5]) {
      const forest = fitIsolationForest(majority, { contamination }, createRng(0, 'forest'));
      const called = forest.predict(majority).reduce((sum, label) => sum + label, 0);
      expect(Math.abs(called - contamination * majority.rows)).toBeLessThanOrEqual(1);
    }
  });

  it('calls nothing outlying where all rows are alike', () => {
    const alike = createMatrix(50, 2, new Float32Array(100).fill(3));
    const forest = fitIsolationForest(alike, {}, createRng(0, 'forest'));
    expect([...forest.outlierScores(alike)]).toEqual(new Array(50).fill(1 / 2));
    expect(forest.predict(alike)).toEqual(new Uint8Array(50));
    const single = fitIsolationForest(createMatrix(1, 1), {}, createRng(0, 'forest'));
    expect([...single.outlierScores(createMatrix(1, 1))]).toEqual([1 / 2]);
  });

  it('makes other forests of other seeds', () => {
    const forests = [0, 1].map((seed) => fitIsolationForest(majority, {}, createRng(seed, 'forest')).toJSON());
    expect(forests[0]).not.toEqual(forests[1]);
  });

  it('refuses options out of range', () => {
    expect(() => isolationForest({ trees: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: isolation forest, trees: found 0, needed a whole number from 1 to 10000]`,
    );
    expect(() => isolationForest({ sampleSize: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: isolation forest, sampleSize: found 1.5, needed a whole number from 2 to 65536]`,
    );
    expect(() => isolationForest({ contamination: 0.6 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: isolation forest, contamination: found 0.6, needed auto or a number above 0, up to 0.5]`,
    );
  });

  it('refuses to restore what is no forest', () => {
    const saved = JSON.parse(JSON.stringify(fitIsolationForest(majority, { trees: 1 }, createRng(0, 'forest'))));
    const restore = (change: object) => () => isolationForestFromJSON({ ...saved, ...change });
    expect(restore({ type: 'svm' })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved learner: found type "svm", needed "isolation-forest"]`,
    );
    expect(restore({ columns: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved isolation forest, columns: found 0, needed a whole number from 1]`,
    );
    expect(restore({ sampleSize: 'all' })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved isolation forest, sampleSize: found "all", needed a whole number from 1]`,
    );
    expect(restore({ threshold: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved isolation forest, threshold: found 2, needed a number from 0 to 1]`,
    );
    expect(() => isolationForestFromJSON(null)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved learner: found type undefined, needed "isolation-forest"]`,
    );
  });
});
