import { InvalidArgumentError, TooFewRowsError } from '../errors.ts';
import { countClasses, requireBothClasses } from '../learners/class-counts.ts';
import type { Labels } from '../learners/learner.ts';
import type { Rng } from '../random/rng.ts';
import { requireOnePerRow } from './arguments.ts';
import { type FoldAssignment, trainingRows } from './fold-assignment.ts';
import { dealGroups } from './grouped-parts.ts';
import { dealStratified } from './stratified-folds.ts';
import { dealBlocks } from './time-ordered-folds.ts';

export interface FoldOptions {
  /** parts, each held out once: a whole number from 2 */
  readonly folds: number;
  /** times that rows are dealt anew: a whole number from 1 */
  readonly repeats: number;
  /** group of each row, any whole number: rows of a group are never on both sides */
  readonly groups?: Int32Array;
  /** when each row was, in any unit: later rows test what earlier ones taught; not together with `groups` */
  readonly time?: Float64Array;
}

/**
 * Deals rows into folds, in the order of time where `time` is given, by groups where `groups` is, and else each for itself.
 * Wherever a fold is held out, rows of both classes are left to train on.
 *
 * @param rng deals stratified and grouped rows; nothing is drawn for rows in the order of time
 * @throws InvalidArgumentError (folds, repeats, lengths, groups and time, a row without time), OneClassError, TooFewRowsError (fewer rows of a
 * class, groups or times than folds; a training side without one of the classes)
 */
export function assignFolds(labels: Labels, options: FoldOptions, rng: Rng): FoldAssignment {
  const { groups, time } = options;
  requireCount('folds', options.folds, 2);
  requireCount('repeats', options.repeats, 1);
  requireBothClasses(labels);
  if (time && groups) throw new InvalidArgumentError('folds: found groups and time, needed one of the two, or neither');
  if (time) {
    requireOnePerRow('time', time.length, labels);
    const fold = [dealBlocks(time, options.folds)];
    return requireBothClassesToTrainOn(
      { kind: 'time-ordered', folds: options.folds, repeats: 1, fold, time },
      labels,
      'Ask for fewer folds, so that the first block is larger',
    );
  }
  if (groups) {
    requireOnePerRow('groups', groups.length, labels);
    requireGroups(groups, options.folds);
    const shares = new Array<number>(options.folds).fill(1);
    const fold = repeated(options.repeats, () => dealGroups(labels, groups, shares, rng));
    return requireBothClassesToTrainOn(
      { kind: 'grouped', ...counts(options), fold, groups },
      labels,
      'Name a column whose groups hold fewer rows each, or deal the rows without groups',
    );
  }
  requireRowsPerFold(labels, options.folds);
  const fold = repeated(options.repeats, () => dealStratified(labels, options.folds, rng));
  return { kind: 'stratified', ...counts(options), fold };
}

function counts({ folds, repeats }: FoldOptions): Pick<FoldAssignment, 'folds' | 'repeats'> {
  return { folds, repeats };
}

function repeated<T>(times: number, deal: () => T): T[] {
  return Array.from({ length: times }, deal);
}

function requireCount(what: string, found: number, least: number): void {
  if (!(Number.isInteger(found) && found >= least)) {
    throw new InvalidArgumentError(`${what}: found ${found}, needed a whole number from ${least}`);
  }
}

function requireRowsPerFold(labels: Labels, folds: number): void {
  const found = countClasses(labels);
  for (const name of ['minority', 'majority'] as const) {
    if (found[name] >= folds) continue;
    throw new TooFewRowsError(
      `cross-validation: found ${found[name]} ${name} rows, needed at least ${folds}, one for each of ${folds} folds. ` +
        'Ask for fewer folds, or collect more rows of this class',
    );
  }
}

function requireGroups(groups: Int32Array, folds: number): void {
  const found = new Set(groups).size;
  if (found < folds) {
    throw new TooFewRowsError(
      `groups: found ${found}, needed at least ${folds}, one for each of ${folds} folds. ` +
        'Ask for fewer folds, or name a column with more groups',
    );
  }
}

function requireBothClassesToTrainOn(assignment: FoldAssignment, labels: Labels, advice: string): FoldAssignment {
  for (let repeat = 0; repeat < assignment.repeats; repeat++) {
    for (let fold = 0; fold < assignment.folds; fold++) {
      const training = trainingRows(assignment, repeat, fold);
      const { majority, minority } = countClasses(Uint8Array.from(training, (row) => labels[row]));
      if (majority > 0 && minority > 0) continue;
      throw new TooFewRowsError(
        `${assignment.kind} fold ${fold + 1} of ${assignment.folds}: found ${majority} majority and ${minority} minority ` +
          `rows to train on, needed at least one of each. ${advice}`,
      );
    }
  }
  return assignment;
}
