import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FittedLearner } from '../../../../core/learners/learner.ts';
import { type SvmOptions, svm, svmFromJSON } from '../../../../core/learners/svm/svm.ts';
import { createRng } from '../../../../core/random/rng.ts';
import { createMatrix, type Matrix } from '../../../../core/table/matrix.ts';
import { itKeepsTheLearnerContract } from '../learner-contract.ts';
import { drawTrainingSet, type TrainingSet, takeTrainingRows } from '../training-sets.ts';

itKeepsTheLearnerContract('support vector machine', () => svm());
itKeepsTheLearnerContract('support vector machine with a large C', () => svm({ C: 1e4, gamma: 3, tolerance: 1e-5 }));

function fit({ matrix, labels, weights }: TrainingSet, options: SvmOptions = {}): FittedLearner {
  return svm(options).fit(matrix, labels, weights, createRng(0, 'svm'));
}

function rowsOf(cells: number[][], labels: number[], weights = labels.map(() => 1)): TrainingSet {
  return {
    matrix: matrixOf(cells),
    labels: Uint8Array.from(labels),
    weights: Float64Array.from(weights),
  };
}

function matrixOf(cells: number[][]): Matrix {
  return createMatrix(cells.length, cells[0].length, Float32Array.from(cells.flat()));
}

interface SavedRbf {
  readonly gamma: number;
  readonly intercept: number;
  readonly coefficients: readonly number[];
}

describe('the decision values of a support vector machine', () => {
  it('are -1 and 1 on the margin and linear between, with the linear kernel', () => {
    const fitted = fit(
      rowsOf(
        [
          [1, 5],
          [3, 5],
        ],
        [0, 1],
      ),
      { kernel: 'linear' },
    );
    expect([
      ...fitted.scores(
        matrixOf([
          [1, 0],
          [2, 7],
          [3, 5],
          [7, 5],
        ]),
      ),
    ]).toEqual([-1, 0, 1, 5]);
    expect([
      ...fitted.predict(
        matrixOf([
          [1, 0],
          [2, 7],
          [3, 5],
        ]),
      ),
    ]).toEqual([0, 0, 1]);
  });

  it('are sums of exp(-gamma |x - s|^2) with the RBF kernel, columns of 0 and 1 included', () => {
    const fitted = fit(
      rowsOf(
        [
          [0.5, 0, 1],
          [2.5, 1, 1],
        ],
        [0, 1],
      ),
      { gamma: 0.25, C: 100 },
    );
    // Both on the margin: alpha (1 - k) = 1, k being the kernel of the two.
    const alpha = 1 / (1 - Math.exp(-0.25 * (2 ** 2 + 1)));
    const score = (x: number, a: number, b: number) => {
      const kernel = (s: number, t: number) => Math.exp(-0.25 * ((x - s) ** 2 + (a - t) ** 2 + (b - 1) ** 2));
      return alpha * (kernel(2.5, 1) - kernel(0.5, 0));
    };
    const rows = [
      [0.5, 0, 1],
      [2.5, 1, 1],
      [2.5, 0, 0],
      [1, 0.5, 1],
      [1, 0, -3],
    ];
    const scores = fitted.scores(matrixOf(rows));
    for (const [i, [x, a, b]] of rows.entries()) expect(scores[i]).toBeCloseTo(score(x, a, b), 5);
  });

  it('take gamma `scale` for 1 / (columns * variance of the cells), each row counting with its weight', () => {
    const cells = [
      [1, 2],
      [3, 2],
      [5, 6],
    ];
    const gammaOf = (set: TrainingSet) => (fit(set).toJSON() as SavedRbf).gamma;
    const mean = (1 + 2 + 3 + 2 + 5 + 6) / 6;
    const squares = [1, 2, 3, 2, 5, 6].map((cell) => (cell - mean) ** 2).reduce((sum, square) => sum + square, 0);
    expect(gammaOf(rowsOf(cells, [0, 1, 1]))).toBeCloseTo(1 / (2 * (squares / 6)), 12);
    expect(gammaOf(rowsOf(cells, [0, 1, 1], [1, 2, 1]))).toBe(gammaOf(rowsOf([...cells, cells[1]], [0, 1, 1, 1])));
    expect(gammaOf(rowsOf([[4], [4]], [0, 1]))).toBe(1);
  });

  it('do not tell 0 from -0', () => {
    const labels = [0, 0, 1, 1];
    const [plain, signed] = [
      [
        [0, 3],
        [1, 0],
        [2, 0],
        [0, 1],
      ],
      [
        [-0, 3],
        [1, 0],
        [2, -0],
        [0, 1],
      ],
    ];
    expect(fit(rowsOf(signed, labels)).toJSON()).toEqual(fit(rowsOf(plain, labels)).toJSON());
  });

  it('let a row weigh C times its weight at most', () => {
    const set = rowsOf([[0], [1], [2]], [0, 1, 0], [0.25, 8, 0.5]);
    const { coefficients } = fit(set, { gamma: 1, C: 2 }).toJSON() as SavedRbf;
    expect([...coefficients].sort((a, b) => a - b)).toEqual([-2 * 0.5, -2 * 0.25, 2 * (0.25 + 0.5)]);
  });

  it('take numbers of any size for the RBF kernel, if gamma is `scale`', () => {
    for (const size of [1e-38, 1, 1e37]) {
      const cells = [
        [1, 0],
        [2, 1],
        [8, 0],
        [9, 1],
      ].map((row) => row.map((cell) => cell * size));
      const set = rowsOf(cells, [0, 0, 1, 1]);
      expect([...fit(set).predict(set.matrix)]).toEqual([0, 0, 1, 1]);
    }
  });

  it('do not depend on where the zero of the columns is, with the linear kernel', () => {
    const set = drawTrainingSet(60, 3, createRng(0, 'shift'));
    const shifted = { ...set, matrix: { ...set.matrix, data: set.matrix.data.map((cell) => cell + 4096) } };
    const options = { kernel: 'linear', tolerance: 1e-6 } as const;
    const [here, there] = [fit(set, options).scores(set.matrix), fit(shifted, options).scores(shifted.matrix)];
    for (let row = 0; row < 60; row++) expect(there[row]).toBeCloseTo(here[row], 2);
  });
});

describe('a linear support vector machine keeps the contract of learners', () => {
  // Of moderate numbers: where columns differ by many orders of magnitude, it rightly gives up.
  const options = { kernel: 'linear' } as const;
  const sets = fc
    .record({ rows: fc.integer({ min: 4, max: 40 }), columns: fc.integer({ min: 1, max: 4 }), seed: fc.nat() })
    .map(({ rows, columns, seed }) => drawTrainingSet(rows, columns, createRng(seed, 'linear')));

  it('learns the same from the same rows in another order, and from rows given twice', () => {
    fc.assert(
      fc.property(sets, (set) => {
        const reversed = Array.from(set.labels.keys()).reverse();
        const expected = fit(set, options).toJSON();
        expect(fit(takeTrainingRows(set, reversed), options).toJSON()).toEqual(expected);
        const doubled = takeTrainingRows(set, [...reversed, ...reversed]);
        const heavier = { ...set, weights: set.weights.map((weight) => 2 * weight) };
        expect(fit(doubled, options).toJSON()).toEqual(fit(heavier, options).toJSON());
      }),
    );
  });

  it('is saved without loss', () => {
    fc.assert(
      fc.property(sets, (set) => {
        const fitted = fit(set, options);
        const restored = svmFromJSON(JSON.parse(JSON.stringify(fitted)));
        expect(restored.scores(set.matrix)).toEqual(fitted.scores(set.matrix));
        expect(restored.toJSON()).toEqual(fitted.toJSON());
      }),
    );
  });
});

describe('the options of a support vector machine', () => {
  it.each([
    [{ kernel: 'poly' }, 'svm, kernel: found "poly", needed rbf or linear'],
    [{ C: 0 }, 'svm, C: found 0, needed a number above 0, up to 1e+60'],
    [{ C: Number.NaN }, 'svm, C: found NaN, needed a number above 0, up to 1e+60'],
    [{ gamma: -1 }, 'svm, gamma: found -1, needed scale or a number above 0, up to 1.7976931348623157e+308'],
    [{ tolerance: 2 }, 'svm, tolerance: found 2, needed a number above 0, up to 1'],
    [{ cacheMegabytes: 0 }, 'svm, cacheMegabytes: found 0, needed a number from 1 to 4096'],
  ])('%j is refused', (options, message) => {
    expect(() => svm(options as SvmOptions)).toThrow(message);
  });

  it('a gamma out of proportion to the numbers is refused at the fit', () => {
    const set = rowsOf(
      [
        [1, 1e30],
        [2, 3e30],
      ],
      [0, 1],
    );
    expect(() => fit(set, { gamma: 1e20 })).toThrow(
      'svm, gamma: found 100000000000000000000, which is out of proportion to column 1; needed a smaller gamma or a column ' +
        'of smaller numbers, for example a standardized one',
    );
  });
});

describe('a saved support vector machine', () => {
  const set = rowsOf(
    [
      [0, 1],
      [2, 1],
    ],
    [0, 1],
  );
  const saved = (options?: SvmOptions) => JSON.parse(JSON.stringify(fit(set, options)));

  it('names its type, kernel and columns', () => {
    expect(saved()).toMatchObject({ type: 'svm', kernel: 'rbf', columns: 2 });
    expect(saved({ kernel: 'linear' })).toEqual({
      type: 'svm',
      kernel: 'linear',
      columns: 2,
      intercept: -1,
      coefficients: [1, 0],
    });
  });

  it.each([
    [null, 'saved learner: found type undefined, needed "svm"'],
    [{ ...saved(), type: 'tree' }, 'saved learner: found type "tree", needed "svm"'],
    [{ ...saved(), kernel: 7 }, 'saved svm, kernel: found 7, needed rbf or linear'],
    [{ ...saved(), columns: 0 }, 'saved svm, columns: found 0, needed a whole number from 1'],
    [{ ...saved(), gamma: 0 }, 'saved svm, gamma: found 0, needed a finite number above 0'],
    [{ ...saved(), intercept: null }, 'saved svm, intercept: found null, needed a finite number'],
    [
      { ...saved(), coefficients: [] },
      'saved svm, coefficients: found no list of numbers, needed one per support vector',
    ],
    [
      { ...saved(), coefficients: [1, 'x'] },
      'saved svm, coefficients: found no list of numbers, needed one per support vector',
    ],
    [{ ...saved(), supportVectors: 1 }, 'saved svm, supportVectors: found 1, needed text'],
    [{ ...saved(), supportVectors: 'AAAA' }, 'saved svm, supportVectors: found 3 bytes, needed 16 (4 numbers)'],
    [
      { ...saved(), supportVectors: 'AADAfwAAAAAAAAAAAAAAAA==' },
      'saved svm, supportVectors: found NaN at row 0, column 0, needed finite numbers',
    ],
    [{ ...saved({ kernel: 'linear' }), coefficients: [1] }, 'saved svm, coefficients: found 1 numbers, needed 2'],
  ])('is refused where it is damaged: %#', (json, message) => {
    expect(() => svmFromJSON(json)).toThrow(message);
  });
});
