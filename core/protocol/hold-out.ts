import { InvalidArgumentError, TooFewRowsError } from '../errors.ts';
import type { Labels } from '../learners/learner.ts';
import { ascending } from '../learners/sorted-rows.ts';
import type { Rng } from '../random/rng.ts';
import { sampleWithoutReplacement } from '../random/sample.ts';
import type { SplitOptions, TrainTestSplit } from '../table/split.ts';
import { requireOnePerRow } from './arguments.ts';
import { dealGroups } from './grouped-parts.ts';
import { nearestCut, orderByTime } from './time-order.ts';

export type HoldOutOptions = Pick<SplitOptions, 'testFraction' | 'minorityFraction'>;

/**
 * Splits rows into training and test such that no group is on both sides, and leaves out all but a share of the training
 * minority. The test rows are the asked share of each class as nearly as whole groups allow (`dealGroups`).
 *
 * @param groups the group of each row, any whole number
 * @throws InvalidArgumentError (a fraction out of range, lengths), TooFewRowsError (one group only)
 */
export function holdOutGroups(labels: Labels, groups: Int32Array, options: HoldOutOptions, rng: Rng): TrainTestSplit {
  requireFractions(options);
  requireOnePerRow('groups', groups.length, labels);
  if (new Set(groups).size < 2) {
    throw new TooFewRowsError(
      `groups: found the same in all ${groups.length} rows, needed at least 2, one to train on and one to test on. ` +
        'Name another column, or split without groups',
    );
  }
  const part = dealGroups(labels, groups, [1 - options.testFraction, options.testFraction], rng);
  // A share below what the smallest group has can be left without any: the smallest group then is the test set.
  if (!part.includes(1)) moveSmallestGroup(groups, part, 1);
  if (!part.includes(0)) moveSmallestGroup(groups, part, 0);
  return split(labels, part, options.minorityFraction, rng);
}

/**
 * Splits rows into training and test such that every test row is later than every training row, and leaves out all but a
 * share of the training minority. The test rows are the asked share of all rows as nearly as rows of the same time, which stay
 * together, allow.
 *
 * @param time when each row was, in any unit
 * @throws InvalidArgumentError (a fraction out of range, lengths, a row without time), TooFewRowsError (one time only)
 */
export function holdOutLatest(labels: Labels, time: Float64Array, options: HoldOutOptions, rng: Rng): TrainTestSplit {
  requireFractions(options);
  requireOnePerRow('time', time.length, labels);
  const order = orderByTime(time);
  const cut = nearestCut(order, (1 - options.testFraction) * time.length);
  if (cut === undefined) {
    throw new TooFewRowsError(
      `time: found the same in all ${time.length} rows, needed at least 2 different times, to train on the earlier and test ` +
        'on the later. Name another column, or split without time',
    );
  }
  const part = new Int32Array(time.length);
  for (const row of order.rows.subarray(cut)) part[row] = 1;
  return split(labels, part, options.minorityFraction, rng);
}

function moveSmallestGroup(groups: Int32Array, part: Int32Array, to: number): void {
  const rows = new Map<number, number>();
  for (const group of groups) rows.set(group, (rows.get(group) ?? 0) + 1);
  const [smallest] = [...rows].reduce((least, entry) => (entry[1] < least[1] ? entry : least));
  groups.forEach((group, row) => {
    if (group === smallest) part[row] = to;
  });
}

function split(labels: Labels, part: Int32Array, minorityFraction: number, rng: Rng): TrainTestSplit {
  const rows = ascending(labels.length);
  const train = rows.filter((row) => part[row] === 0);
  const minority = train.filter((row) => labels[row] === 1);
  const kept = new Set(sampleWithoutReplacement(minority, Math.round(minority.length * minorityFraction), rng));
  return {
    train: train.filter((row) => labels[row] === 0 || kept.has(row)),
    test: rows.filter((row) => part[row] === 1),
    leftOut: minority.filter((row) => !kept.has(row)),
  };
}

function requireFractions({ testFraction, minorityFraction }: HoldOutOptions): void {
  if (!(testFraction > 0 && testFraction < 1)) {
    throw new InvalidArgumentError(`testFraction: found ${testFraction}, needed a number between 0 and 1`);
  }
  if (!(minorityFraction > 0 && minorityFraction <= 1)) {
    throw new InvalidArgumentError(`minorityFraction: found ${minorityFraction}, needed a number above 0, at most 1`);
  }
}
