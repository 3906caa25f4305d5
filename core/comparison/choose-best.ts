import { foldInterval } from '../evaluation/fold-intervals.ts';
import { DEFAULT_LEVEL } from '../evaluation/interval.ts';
import { studentTQuantile } from '../evaluation/student-t.ts';
import type { Strategy, StrategyType } from '../strategies/strategy.ts';

/** From what changes the least to what changes the most: the rows stay, weights of rows, fewer rows, rows again, new rows. */
const BY_SIMPLICITY: readonly StrategyType[] = [
  'none',
  'threshold',
  'class-weights',
  'sqrt-class-weights',
  'cost-weights',
  'under-sampling',
  'over-sampling',
  'algorithm-1',
];

/** A strategy with its values of the metric, fold by fold; null where it has none. */
export interface Candidate {
  readonly strategy: Strategy;
  readonly values: readonly (number | null)[];
}

/**
 * The simplest strategy that does as well as the one with the best mean: whose values are worse than its, in the mean over the
 * folds, by at most one standard error of that difference (the one-standard-error rule of Breiman, Friedman, Olshen & Stone
 * 1984, Classification and Regression Trees, 3.4.3, on paired differences; the error is enlarged for training rows that folds
 * share, as in `foldInterval`). So what is more elaborate has to be better by more than chance, and the best of many is not
 * taken for its luck. Simplicity is the order of BY_SIMPLICITY, and within a type the higher ratio, which changes less.
 *
 * @param candidates at least one; values of the same folds in the same order
 * @param testShare as in `foldInterval`
 * @returns its place among the candidates; a strategy without any value is only chosen where all are
 */
export function chooseBest(candidates: readonly Candidate[], higherIsBetter: boolean, testShare: number): number {
  const sign = higherIsBetter ? 1 : -1;
  const means = candidates.map(({ values }) => {
    const { estimate } = foldInterval(values, testShare);
    return estimate === null ? Number.NEGATIVE_INFINITY : sign * estimate;
  });
  const order = [...candidates.keys()].sort((a, b) =>
    compareSimplicity(candidates[a].strategy, candidates[b].strategy),
  );
  const leader = order.reduce((best, place) => (means[place] > means[best] ? place : best));
  const isAsGood = (place: number) =>
    place === leader ||
    (means[place] > Number.NEGATIVE_INFINITY &&
      isWithinOneError(candidates[leader].values, candidates[place].values, sign, testShare));
  return order.find(isAsGood)!;
}

/** Negative where `a` is the simpler of the two. */
export function compareSimplicity(a: Strategy, b: Strategy): number {
  return BY_SIMPLICITY.indexOf(a.type) - BY_SIMPLICITY.indexOf(b.type) || (b.ratio ?? 0) - (a.ratio ?? 0);
}

function isWithinOneError(
  best: readonly (number | null)[],
  other: readonly (number | null)[],
  sign: number,
  testShare: number,
): boolean {
  const gaps = pairedDifferences(best, other).flatMap((gap) => (gap === null ? [] : [sign * gap]));
  const { estimate, high } = foldInterval(gaps, testShare);
  if (estimate === null) return false;
  const error = high === null ? 0 : (high - estimate) / studentTQuantile(DEFAULT_LEVEL, gaps.length - 1);
  return estimate <= error;
}

/** Fold by fold; null where either has no value. */
export function pairedDifferences(
  values: readonly (number | null)[],
  subtracted: readonly (number | null)[],
): (number | null)[] {
  return values.map((value, i) => {
    const other = subtracted[i];
    return value === null || other === null ? null : value - other;
  });
}
