import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FittedLearner, Labels, Learner } from '../../../core/learners/learner.ts';
import { fittedLearnerFromJSON } from '../../../core/learners/registry.ts';
import { createRng, type Rng } from '../../../core/random/rng.ts';
import { createMatrix, type Matrix } from '../../../core/table/matrix.ts';
import { drawTrainingSet, type TrainingSet, takeTrainingRows, trainingSets } from './training-sets.ts';

const ones = fc.constant(1);

/** What a learner may leave out, where its docstring says so. */
export interface ContractPromises {
  /** whether a weight of 2 is a row that is given twice; not for learners with limits that count rows. @default true */
  readonly weightsRepeatRows?: boolean;
  /** rows that the learner can tell apart. @default drawTrainingSet, whose classes lie side by side */
  readonly draw?: (rows: number, columns: number, rng: Rng) => TrainingSet;
}

/** What every learner must do, whatever it learns. */
export function itKeepsTheLearnerContract(name: string, create: () => Learner, promises: ContractPromises = {}): void {
  const fit = ({ matrix, labels, weights }: TrainingSet, seed = 0): FittedLearner =>
    create().fit(matrix, labels, weights, createRng(seed, 'learner-contract'));

  describe(`${name} keeps the contract of learners`, () => {
    itIsDeterministic(fit);
    itTreatsRowsAlike(fit);
    if (promises.weightsRepeatRows ?? true) itTakesWeightsForRepeatedRows(fit);
    itScoresAndPredicts(fit, promises.draw ?? drawTrainingSet);
    itIsSavedWithoutLoss(fit);
    itRefusesBadTrainingSets(fit);
    itRefusesBadRowsToScore(fit);
  });
}

type Fit = (set: TrainingSet, seed?: number) => FittedLearner;

function itIsDeterministic(fit: Fit): void {
  it('learns the same from the same rows and seed, 0 included, and does not touch them', () => {
    fc.assert(
      fc.property(trainingSets(ones), fc.constantFrom(0, 1, -7), (set, seed) => {
        const before = structuredClone(set);
        expect(fit(set, seed).toJSON()).toEqual(fit(set, seed).toJSON());
        expect(set).toEqual(before);
      }),
    );
  });
}

function itTreatsRowsAlike(fit: Fit): void {
  it('learns the same from the same rows in another order, whatever their weights', () => {
    const weight = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
    const shuffled = trainingSets(weight).chain((set) => {
      const rows = Array.from(set.labels.keys());
      return fc.tuple(fc.constant(set), fc.shuffledSubarray(rows, { minLength: rows.length }));
    });
    fc.assert(
      fc.property(shuffled, ([set, order]) => {
        expect(fit(takeTrainingRows(set, order)).toJSON()).toEqual(fit(set).toJSON());
      }),
    );
  });
}

function itTakesWeightsForRepeatedRows(fit: Fit): void {
  it('takes a weight of 2 for a row that is given twice', () => {
    fc.assert(
      fc.property(trainingSets(fc.integer({ min: 1, max: 3 })), (set) => {
        const repeated = Array.from(set.weights).flatMap((weight, row) => new Array<number>(weight).fill(row));
        const twice = takeTrainingRows(set, repeated);
        const scores = fit({ ...twice, weights: twice.weights.fill(1) }).scores(set.matrix);
        expect(fit(set).scores(set.matrix)).toEqual(scores);
      }),
    );
  });
}

function itScoresAndPredicts(fit: Fit, draw: typeof drawTrainingSet): void {
  const train = draw(200, 3, createRng(0, 'train'));
  const test = draw(200, 3, createRng(0, 'test'));

  it('gives each row a finite score and a label, higher scores to the minority', () => {
    const fitted = fit(train);
    const scores = fitted.scores(test.matrix);
    const labels = fitted.predict(test.matrix);
    expect([scores.length, labels.length]).toEqual([200, 200]);
    expect(scores.every(Number.isFinite)).toBe(true);
    const lowest = Math.min(...scores.filter((_, row) => labels[row] === 1));
    const highest = Math.max(...scores.filter((_, row) => labels[row] === 0));
    expect(lowest).toBeGreaterThan(highest);
    const right = labels.filter((label, row) => label === test.labels[row]).length;
    expect(right / 200).toBeGreaterThan(0.65);
  });

  it('scores a row alone as among others, and no rows', () => {
    const fitted = fit(train);
    const alone = takeTrainingRows(test, [17]).matrix;
    expect(fitted.scores(alone)[0]).toBe(fitted.scores(test.matrix)[17]);
    expect(fitted.scores(createMatrix(0, 3))).toEqual(new Float64Array());
    expect(fitted.predict(createMatrix(0, 3))).toEqual(new Uint8Array());
  });
}

function itIsSavedWithoutLoss(fit: Fit): void {
  it('scores the same after it was saved and restored', () => {
    fc.assert(
      fc.property(trainingSets(fc.double({ min: 0.1, max: 10, noNaN: true })), (set) => {
        const fitted = fit(set);
        const restored = fittedLearnerFromJSON(JSON.parse(JSON.stringify(fitted)));
        expect(restored.scores(set.matrix)).toEqual(fitted.scores(set.matrix));
        expect(restored.predict(set.matrix)).toEqual(fitted.predict(set.matrix));
        expect(restored.toJSON()).toEqual(fitted.toJSON());
      }),
    );
  });
}

function itRefusesBadTrainingSets(fit: Fit): void {
  const good = drawTrainingSet(4, 2, createRng(0, 'rows'));
  const expectFailure = (change: Partial<TrainingSet>) => expect(failureOf(() => fit({ ...good, ...change })));
  const withCell = (cell: number, value: number): Matrix => {
    const data = good.matrix.data.slice();
    data[cell] = value;
    return createMatrix(4, 2, data);
  };
  const allOf = (label: number): Labels => new Uint8Array(4).fill(label);

  it('refuses one class', () => {
    const needed = 'needed at least one of each';
    expectFailure({ labels: allOf(0) }).toBe(`OneClassError: labels: found 4 majority and 0 minority rows, ${needed}`);
    expectFailure({ labels: allOf(1) }).toBe(`OneClassError: labels: found 0 majority and 4 minority rows, ${needed}`);
  });

  it('refuses numbers that are not finite, and says where', () => {
    expectFailure({ matrix: withCell(2 * 2 + 1, Number.NaN) }).toBe(
      'NonFiniteValueError: training matrix: found NaN at row 2, column 1, needed finite numbers',
    );
    expectFailure({ matrix: withCell(3 * 2, Number.NEGATIVE_INFINITY) }).toBe(
      'NonFiniteValueError: training matrix: found -Infinity at row 3, column 0, needed finite numbers',
    );
    expectFailure({ weights: Float64Array.of(1, Number.NaN, 1, 1) }).toBe(
      'NonFiniteValueError: weights: found NaN at row 1, needed finite numbers',
    );
  });

  it('refuses an empty matrix', () => {
    expectFailure({ matrix: createMatrix(0, 2), labels: new Uint8Array(), weights: new Float64Array() }).toBe(
      'InvalidArgumentError: training matrix: found 0 rows x 2 columns, needed at least one of each',
    );
    expectFailure({ matrix: createMatrix(4, 0) }).toBe(
      'InvalidArgumentError: training matrix: found 4 rows x 0 columns, needed at least one of each',
    );
  });

  it('refuses labels and weights that do not fit', () => {
    expectFailure({ labels: Uint8Array.of(0, 1) }).toBe(
      'InvalidArgumentError: labels: found 2, needed 4, one per row of the training matrix',
    );
    expectFailure({ weights: Float64Array.of(1, 1, 1, 1, 1) }).toBe(
      'InvalidArgumentError: weights: found 5, needed 4, one per row of the training matrix',
    );
    expectFailure({ labels: Uint8Array.of(0, 1, 7, 0) }).toBe(
      'InvalidArgumentError: labels: found 7 at row 2, needed 0 (majority) or 1 (minority)',
    );
    for (const weight of [0, -1, 1e-61, 1e61]) {
      expectFailure({ weights: Float64Array.of(1, 1, 1, weight) }).toBe(
        `InvalidArgumentError: weights: found ${weight} at row 3, needed between 1e-60 and 1e+60`,
      );
    }
  });
}

function itRefusesBadRowsToScore(fit: Fit): void {
  const fitted = () => fit(drawTrainingSet(20, 3, createRng(0, 'rows')));

  it('refuses rows of another width', () => {
    const message = 'InvalidArgumentError: matrix to score: found 4 columns, needed 3 as in the training matrix';
    expect(failureOf(() => fitted().scores(createMatrix(1, 4)))).toBe(message);
    expect(failureOf(() => fitted().predict(createMatrix(1, 4)))).toBe(message);
  });

  it('refuses rows that are not finite, and says where', () => {
    const message = 'NonFiniteValueError: matrix to score: found Infinity at row 1, column 2, needed finite numbers';
    const rows = createMatrix(2, 3, Float32Array.of(0, 0, 0, 0, 0, Number.POSITIVE_INFINITY));
    expect(failureOf(() => fitted().scores(rows))).toBe(message);
    expect(failureOf(() => fitted().predict(rows))).toBe(message);
  });
}

/** The error's name, which a state machine sees, and its message, which a person reads. */
function failureOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return String(error);
  }
  return 'no error';
}
