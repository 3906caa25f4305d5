import type { Labels } from '../learners/learner.ts';
import type { Rng } from '../random/rng.ts';
import { permutation } from '../random/sample.ts';
import { numberGroups } from './group-numbers.ts';

/** Spreads that differ by less are as even: numpy's `isclose`, as scikit-learn has it. */
const AS_EVEN = 1e-8;
const AS_EVEN_RELATIVE = 1e-5;

/**
 * The part of each row, such that a group is in one part as a whole and each part gets its share of both classes, as nearly as
 * a greedy assignment can: groups are dealt out from the one whose class counts are the most uneven to the least, those alike
 * in random order, each to the part that leaves the classes spread the most evenly, or of equals to the one with the fewest
 * rows for its share. With equal shares this is scikit-learn's `StratifiedGroupKFold` with `shuffle=True`.
 *
 * @param groups the group of each row, any whole number
 * @param shares one per part, positive: how large it is to be beside the others, as in [1, 1, 1] or [0.8, 0.2]
 * @param rng puts groups that are alike in order
 */
export function dealGroups(labels: Labels, groups: Int32Array, shares: readonly number[], rng: Rng): Int32Array {
  const { groupOf, counts } = countGroups(labels, groups);
  const totals = [0, 1].map((label) => counts.reduce((sum, count) => sum + count[label], 0));
  const filled = shares.map(() => [0, 0]);
  const part = new Int32Array(counts.length);
  for (const group of unevenFirst(counts, rng)) {
    part[group] = bestPart(filled, counts[group], totals, shares);
    for (const label of [0, 1]) filled[part[group]][label] += counts[group][label];
  }
  return groupOf.map((group) => part[group]);
}

/** Groups by number, and the rows per class of each. */
function countGroups(labels: Labels, names: Int32Array): { groupOf: Int32Array; counts: number[][] } {
  const { groupOf, groups } = numberGroups(names);
  const counts = Array.from({ length: groups }, () => [0, 0]);
  groupOf.forEach((group, row) => {
    counts[group][labels[row]]++;
  });
  return { groupOf, counts };
}

/** Of two counts the standard deviation is half their difference. */
function unevenFirst(counts: readonly number[][], rng: Rng): Int32Array {
  const unevenness = counts.map(([majority, minority]) => Math.abs(majority - minority));
  return permutation(counts.length, rng).sort((a, b) => unevenness[b] - unevenness[a]);
}

function bestPart(
  filled: readonly number[][],
  added: readonly number[],
  totals: readonly number[],
  shares: readonly number[],
): number {
  let best = 0;
  let leastSpread = Number.POSITIVE_INFINITY;
  let fewestRows = Number.POSITIVE_INFINITY;
  for (let part = 0; part < shares.length; part++) {
    const spread = spreadWith(filled, part, added, totals, shares);
    const rows = (filled[part][0] + filled[part][1] + added[0] + added[1]) / shares[part];
    const isAsEven = Math.abs(spread - leastSpread) <= AS_EVEN + AS_EVEN_RELATIVE * leastSpread;
    if (spread < leastSpread || (isAsEven && rows < fewestRows)) {
      [best, leastSpread, fewestRows] = [part, spread, rows];
    }
  }
  return best;
}

/** Mean over the classes of the standard deviation, over the parts, of what share of its share a part has of the class. */
function spreadWith(
  filled: readonly number[][],
  into: number,
  added: readonly number[],
  totals: readonly number[],
  shares: readonly number[],
): number {
  let sum = 0;
  for (const label of [0, 1]) {
    if (totals[label] === 0) continue;
    const fullness = filled.map(
      (count, part) => (count[label] + (part === into ? added[label] : 0)) / (totals[label] * shares[part]),
    );
    sum += standardDeviation(fullness);
  }
  return sum / 2;
}

function standardDeviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
