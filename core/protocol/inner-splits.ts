import type { Labels } from '../learners/learner.ts';
import type { Rng } from '../random/rng.ts';
import type { FoldAssignment } from './fold-assignment.ts';
import { dealGroups } from './grouped-parts.ts';
import { dealStratified } from './stratified-folds.ts';
import { nearestCut, orderByTime } from './time-order.ts';

/** Parts of a fold's training rows, each held out once, by which thresholds and calibrators are chosen. */
const INNER_FOLDS = 3;

/** Row numbers, ascending. */
export interface InnerSplit {
  readonly train: Int32Array;
  readonly heldOut: Int32Array;
}

/**
 * Splits the training rows of a fold once more, by the same rule that split all rows: stratified or grouped into three parts;
 * ordered by time into the first two thirds and the last. Splits whose training side lacks a class are left out, so there may
 * be none where a class has too few rows.
 *
 * @param training rows to split; no other row is looked at
 */
export function innerSplits(labels: Labels, training: Int32Array, assignment: FoldAssignment, rng: Rng): InnerSplit[] {
  const part = dealParts(labels, training, assignment, rng);
  const splits = Array.from({ length: INNER_FOLDS }, (_, held) => ({
    train: training.filter((_row, i) => (assignment.kind === 'time-ordered' ? part[i] < held : part[i] !== held)),
    heldOut: training.filter((_row, i) => part[i] === held),
  }));
  return splits.filter(({ train, heldOut }) => heldOut.length > 0 && hasBothClasses(labels, train));
}

function dealParts(labels: Labels, training: Int32Array, { kind, groups, time }: FoldAssignment, rng: Rng): Int32Array {
  const own = Uint8Array.from(training, (row) => labels[row]);
  if (kind === 'stratified') return dealStratified(own, INNER_FOLDS, rng);
  if (kind === 'grouped') {
    const ownGroups = training.map((row) => groups![row]);
    return dealGroups(own, ownGroups, new Array<number>(INNER_FOLDS).fill(1), rng);
  }
  return lastThird(Float64Array.from(training, (row) => time![row]));
}

/** Part 1 is held out, part 0 is before it. */
function lastThird(time: Float64Array): Int32Array {
  const order = orderByTime(time);
  const cut = nearestCut(order, (2 * time.length) / 3) ?? time.length;
  const part = new Int32Array(time.length);
  for (const place of order.rows.subarray(cut)) part[place] = 1;
  return part;
}

function hasBothClasses(labels: Labels, rows: Int32Array): boolean {
  return rows.some((row) => labels[row] === 0) && rows.some((row) => labels[row] === 1);
}
