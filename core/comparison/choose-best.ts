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

/** How candidates are compared. */
export interface Choice {
  readonly higherIsBetter: boolean;
  /** as in `foldInterval` */
  readonly testShare: number;
  /** what the metric gives to who does not look at the rows (`noSkill`); left out where it gives nothing */
  readonly guessed?: number;
}

/**
 * The simplest strategy that does as well as the best of those that are better by more than chance.
 *
 * Better by more than chance is what has a 95% interval above that of doing nothing, on paired differences, and above what a
 * guess has: the mean of a dozen strategies that is highest is so by luck, if none is better. Of these the simplest is taken
 * whose values are worse than those of the one with the best mean by at most one standard error of that difference (the
 * one-standard-error rule of Breiman, Friedman, Olshen & Stone 1984, Classification and Regression Trees, 3.4.3), or that has no
 * lower a mean than what would be taken so. Intervals and errors are enlarged for training rows that folds share, as in
 * `foldInterval`. Simplicity is the order of BY_SIMPLICITY, and within a type the higher ratio, which changes less.
 *
 * @param candidates values of the same folds in the same order
 * @returns its place among the candidates: that of `none` where nothing is better; null where `none` is not among them either
 */
export function chooseBest(candidates: readonly Candidate[], choice: Choice): number | null {
  const sign = choice.higherIsBetter ? 1 : -1;
  const order = [...candidates.keys()].sort((a, b) =>
    compareSimplicity(candidates[a].strategy, candidates[b].strategy),
  );
  const none = order.find((place) => candidates[place].strategy.type === 'none');
  const isBetter = (place: number) =>
    isAboveGuess(candidates[place].values, choice) &&
    (none === undefined || isBetterByMoreThanChance(candidates[place].values, candidates[none].values, choice));
  const eligible = order.filter((place) => place === none || isBetter(place));
  if (eligible.length === 0) return null;
  const means = candidates.map(({ values }) => {
    const { estimate } = foldInterval(values, choice.testShare);
    return estimate === null ? Number.NEGATIVE_INFINITY : sign * estimate;
  });
  const leader = eligible.reduce((best, place) => (means[place] > means[best] ? place : best));
  const isAsGood = (place: number) =>
    place === leader || isWithinOneError(candidates[leader].values, candidates[place].values, choice);
  const simplest = eligible.find(isAsGood)!;
  return eligible.find((place) => means[place] >= means[simplest])!;
}

/** Negative where `a` is the simpler of the two. */
export function compareSimplicity(a: Strategy, b: Strategy): number {
  return BY_SIMPLICITY.indexOf(a.type) - BY_SIMPLICITY.indexOf(b.type) || (b.ratio ?? 0) - (a.ratio ?? 0);
}

function isWithinOneError(
  best: readonly (number | null)[],
  other: readonly (number | null)[],
  { higherIsBetter, testShare }: Choice,
): boolean {
  const gaps = gains(best, other, higherIsBetter);
  const { estimate, high } = foldInterval(gaps, testShare);
  if (estimate === null) return false;
  const error = high === null ? 0 : (high - estimate) / studentTQuantile(DEFAULT_LEVEL, gaps.length - 1);
  return estimate <= error;
}

/** What has values is better than what has none. */
function isBetterByMoreThanChance(
  values: readonly (number | null)[],
  others: readonly (number | null)[],
  { higherIsBetter, testShare }: Choice,
): boolean {
  if (others.every((value) => value === null)) return values.some((value) => value !== null);
  const { low } = foldInterval(gains(values, others, higherIsBetter), testShare);
  return low !== null && low > 0;
}

function isAboveGuess(values: readonly (number | null)[], choice: Choice): boolean {
  const { guessed } = choice;
  return guessed === undefined || isBetterByMoreThanChance(values, new Array(values.length).fill(guessed), choice);
}

/** How much better, fold by fold, where both have a value. */
function gains(
  values: readonly (number | null)[],
  others: readonly (number | null)[],
  higherIsBetter: boolean,
): number[] {
  const sign = higherIsBetter ? 1 : -1;
  return pairedDifferences(values, others).flatMap((gap) => (gap === null ? [] : [sign * gap]));
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
