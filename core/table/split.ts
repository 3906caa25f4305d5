import { InvalidArgumentError } from '../errors.ts';
import type { Labels } from '../learners/learner.ts';
import type { Rng } from '../random/rng.ts';
import { sampleWithoutReplacement } from '../random/sample.ts';

/** Row numbers, ascending; every row is in exactly one of them. */
export interface TrainTestSplit {
  readonly train: Int32Array;
  readonly test: Int32Array;
  /** training minority rows that were left out on purpose */
  readonly leftOut: Int32Array;
}

export interface SplitOptions {
  /** share to hold out, in (0, 1) */
  readonly testFraction: number;
  /** share of the training minority to keep, in (0, 1] */
  readonly minorityFraction: number;
  /** hold out this share of each class, so that both sides keep the class ratio of the whole; else of all rows together */
  readonly stratified: boolean;
}

/**
 * Splits rows into training and test, then leaves out all but a share of the training minority.
 *
 * @throws InvalidArgumentError where a fraction is out of range
 */
export function splitTrainTest(labels: Labels, options: SplitOptions, rng: Rng): TrainTestSplit {
  const { testFraction, minorityFraction, stratified } = options;
  if (!(testFraction > 0 && testFraction < 1)) {
    throw new InvalidArgumentError(`testFraction: found ${testFraction}, needed a number between 0 and 1`);
  }
  if (!(minorityFraction > 0 && minorityFraction <= 1)) {
    throw new InvalidArgumentError(`minorityFraction: found ${minorityFraction}, needed a number above 0, at most 1`);
  }
  const strata = stratified ? [rowsOfClass(labels, 0), rowsOfClass(labels, 1)] : [Int32Array.from(labels.keys())];
  const held = strata.map((rows) => sampleWithoutReplacement(rows, Math.round(rows.length * testFraction), rng));
  const test = concatenate(held).sort();
  const rest = withoutRows(Int32Array.from(labels.keys()), test);
  const minority = rest.filter((row) => labels[row] === 1);
  const kept = sampleWithoutReplacement(minority, Math.round(minority.length * minorityFraction), rng);
  const leftOut = withoutRows(minority, kept);
  return { train: withoutRows(rest, leftOut), test, leftOut };
}

/** The numbers of the rows with this label, ascending. */
export function rowsOfClass(labels: Labels, label: number): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < labels.length; row++) if (labels[row] === label) rows.push(row);
  return Int32Array.from(rows);
}

function concatenate(parts: readonly Int32Array[]): Int32Array {
  return Int32Array.from(parts.flatMap((part) => [...part]));
}

function withoutRows(rows: Int32Array, removed: Int32Array): Int32Array {
  const gone = new Set(removed);
  return rows.filter((row) => !gone.has(row));
}
