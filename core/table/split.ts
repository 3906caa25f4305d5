import { InvalidArgumentError } from '../errors.ts';
import type { Labels } from '../learners/learner.ts';
import type { Rng } from '../random/rng.ts';
import { sampleWithoutReplacement } from '../random/sample.ts';

/** Row numbers, ascending; every row is in at most one of them. */
export interface TrainTestSplit {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** How many rows of one class go where: decided before any row is drawn. */
export interface ClassSplitPlan {
  readonly test: number;
  readonly train: number;
}

export interface SplitOptions {
  /** share of each class to hold out, in (0, 1) */
  readonly testFraction: number;
  /** share of the training minority to keep, in (0, 1]; the rest is left out altogether */
  readonly minorityFraction: number;
}

/** Rows of a class by where they go: test rounded to the nearest, training the kept share of the rest. */
export function planClassSplit(rows: number, testFraction: number, keptFraction: number): ClassSplitPlan {
  const test = Math.round(rows * testFraction);
  return { test, train: Math.round((rows - test) * keptFraction) };
}

/**
 * Splits rows into training and test, class by class, so that both keep the class ratio of the whole (stratified; but for
 * the share of the training minority that is left out on purpose).
 *
 * @throws InvalidArgumentError where a fraction is out of range
 */
export function stratifiedSplit(labels: Labels, options: SplitOptions, rng: Rng): TrainTestSplit {
  const { testFraction, minorityFraction } = options;
  if (!(testFraction > 0 && testFraction < 1)) {
    throw new InvalidArgumentError(`testFraction: found ${testFraction}, needed a number between 0 and 1`);
  }
  if (!(minorityFraction > 0 && minorityFraction <= 1)) {
    throw new InvalidArgumentError(`minorityFraction: found ${minorityFraction}, needed a number above 0, at most 1`);
  }
  const train: number[] = [];
  const test: number[] = [];
  for (const label of [0, 1]) {
    const rows = rowsOfClass(labels, label);
    const plan = planClassSplit(rows.length, testFraction, label === 1 ? minorityFraction : 1);
    const held = sampleWithoutReplacement(rows, plan.test, rng);
    const left = withoutRows(rows, held);
    test.push(...held);
    train.push(...sampleWithoutReplacement(left, plan.train, rng));
  }
  return { train: Int32Array.from(train).sort(), test: Int32Array.from(test).sort() };
}

/** The numbers of the rows with this label, ascending. */
export function rowsOfClass(labels: Labels, label: number): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < labels.length; row++) if (labels[row] === label) rows.push(row);
  return Int32Array.from(rows);
}

function withoutRows(rows: Int32Array, removed: Int32Array): Int32Array {
  const gone = new Set(removed);
  return rows.filter((row) => !gone.has(row));
}
