import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FittedLearner } from '../../../../core/learners/learner.ts';
import {
  type LogisticRegressionOptions,
  logisticRegression,
  logisticRegressionFromJSON,
} from '../../../../core/learners/logistic-regression/logistic-regression.ts';
import { createRng } from '../../../../core/random/rng.ts';
import { createMatrix } from '../../../../core/table/matrix.ts';
import { itKeepsTheLearnerContract } from '../learner-contract.ts';
import { drawTrainingSet, type TrainingSet, trainingSets } from '../training-sets.ts';

itKeepsTheLearnerContract('logistic regression', () => logisticRegression());
itKeepsTheLearnerContract('logistic regression with a weak penalty', () => logisticRegression({ C: 1e6 }));

interface Saved {
  readonly coefficients: number[];
  readonly intercept: number;
}

function fit({ matrix, labels, weights }: TrainingSet, options: LogisticRegressionOptions = {}): FittedLearner {
  return logisticRegression(options).fit(matrix, labels, weights, createRng(0, 'logistic-regression'));
}

const savedOf = (fitted: FittedLearner) => fitted.toJSON() as Saved;

describe('logistic regression against scikit-learn', () => {
  /** Made by ../golden/logistic-regression.py. */
  interface GoldenCase extends Saved {
    readonly name: string;
    readonly columns: number;
    readonly C: number;
    readonly data: number[];
    readonly labels: number[];
    readonly weights: number[];
  }
  const golden = readFileSync(new URL('../golden/logistic-regression.json', import.meta.url), 'utf8');
  const cases: readonly GoldenCase[] = JSON.parse(golden);

  it('has cases to compare', () => expect(cases.length).toBe(9));

  it.each(cases)('has the same coefficients: $name', ({ columns, C, data, labels, weights, ...wanted }) => {
    const matrix = createMatrix(labels.length, columns, Float32Array.from(data));
    const set = { matrix, labels: Uint8Array.from(labels), weights: Float64Array.from(weights) };
    const found = savedOf(fit(set, { C }));
    expect(Math.abs(found.intercept - wanted.intercept)).toBeLessThan(1e-4);
    expect(found.coefficients).toHaveLength(columns);
    for (const [column, value] of wanted.coefficients.entries()) {
      expect(Math.abs(found.coefficients[column] - value)).toBeLessThan(1e-4);
    }
  });
});

describe('the coefficients of logistic regression', () => {
  it('leave no gradient', () => {
    const few = fc.constantFrom(0, 1, -2, 0.5);
    const set = fc.tuple(fc.array(fc.tuple(few, few, fc.integer({ min: 0, max: 1 })), { minLength: 2, maxLength: 30 }));
    fc.assert(
      fc.property(set, fc.constantFrom(0.1, 1, 100), ([rows], C) => {
        const matrix = createMatrix(rows.length, 2, Float32Array.from(rows.flatMap((row) => row.slice(0, 2))));
        const labels = Uint8Array.from(rows, ([, , label], i) => (i < 2 ? i : label));
        const fitted = fit({ matrix, labels, weights: new Float64Array(rows.length).fill(1) }, { C });
        const residuals = fitted.scores(matrix).map((score, row) => C * (score - labels[row]));
        const along = (values: ArrayLike<number>) =>
          residuals.reduce((sum, value, row) => sum + value * values[row], 0);
        const { coefficients } = savedOf(fitted);
        expect(Math.abs(along(rows.map(() => 1)))).toBeLessThan(1e-6);
        for (const column of [0, 1]) {
          expect(Math.abs(along(rows.map((row) => row[column])) + coefficients[column])).toBeLessThan(1e-6);
        }
      }),
    );
  });

  it('are finite whatever the numbers, and the better side of a separating column is the minority', () => {
    fc.assert(
      fc.property(trainingSets(fc.constantFrom(1e-60, 1, 1e60)), (set) => {
        const { coefficients, intercept } = savedOf(fit(set));
        expect([...coefficients, intercept].every(Number.isFinite)).toBe(true);
      }),
    );
    for (const size of [1e-38, 1, 1e38]) {
      const matrix = createMatrix(4, 1, Float32Array.of(-size, -size / 2, size / 2, size));
      const set = { matrix, labels: Uint8Array.of(0, 0, 1, 1), weights: new Float64Array(4).fill(1) };
      expect(savedOf(fit(set)).coefficients[0]).toBeGreaterThan(0);
    }
  });

  it('are those of the rows given as often as they weigh, in other words of C times the weight', () => {
    const set = drawTrainingSet(60, 3, createRng(0, 'weights'));
    const doubled = { ...set, weights: set.weights.map(() => 2) };
    expect(savedOf(fit(doubled, { C: 0.5 }))).toEqual(savedOf(fit(set, { C: 1 })));
  });
});

describe('the scores of logistic regression', () => {
  it('are the probabilities of the minority', () => {
    const fitted = logisticRegressionFromJSON({
      type: 'logistic-regression',
      coefficients: [Math.log(2), -1],
      intercept: Math.log(3),
    });
    const scores = fitted.scores(createMatrix(3, 2, Float32Array.of(0, 0, 1, 0, 0, 800)));
    expect(scores[0]).toBeCloseTo(3 / (3 + 1), 14);
    expect(scores[1]).toBeCloseTo(6 / (6 + 1), 14);
    expect(scores[2]).toBe(0);
  });

  it('say majority at one half', () => {
    const half = { type: 'logistic-regression', coefficients: [1], intercept: 0 };
    const rows = createMatrix(3, 1, Float32Array.of(-1e-6, 0, 1e-6));
    expect([...logisticRegressionFromJSON(half).predict(rows)]).toEqual([0, 0, 1]);
  });
});

describe('what logistic regression refuses', () => {
  it('a C out of range', () => {
    expect(() => logisticRegression({ C: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: logistic regression, C: found 0, needed from 1e-60 to 1e+60]`,
    );
    expect(() => logisticRegression({ C: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: logistic regression, C: found NaN, needed from 1e-60 to 1e+60]`,
    );
  });

  it('what is no saved model', () => {
    const restore = (json: object) => () => logisticRegressionFromJSON({ type: 'logistic-regression', ...json });
    expect(restore({ type: 'svm' })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved learner: found type "svm", needed "logistic-regression"]`,
    );
    expect(restore({ coefficients: [], intercept: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved logistic regression, coefficients: found no list of numbers, needed one per column]`,
    );
    expect(restore({ coefficients: [1, null], intercept: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved logistic regression, coefficients: found no list of numbers, needed one per column]`,
    );
    expect(restore({ coefficients: [1] })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: saved logistic regression, intercept: found undefined, needed a finite number]`,
    );
  });
});
