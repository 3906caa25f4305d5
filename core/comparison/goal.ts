import type { Interval } from '../evaluation/interval.ts';

/** What a strategy is asked to reach, whatever it is chosen by: the request's rule for the threshold, where that is such a one. */
export interface Goal {
  readonly metric: 'recall' | 'precision';
  /** from 0 to 1 */
  readonly atLeast: number;
}

/** In the mean over the folds. */
export function reaches(
  { metrics }: { readonly metrics: Readonly<Record<Goal['metric'], Interval>> },
  { metric, atLeast }: Goal,
): boolean {
  const { estimate } = metrics[metric];
  return estimate !== null && estimate >= atLeast;
}
