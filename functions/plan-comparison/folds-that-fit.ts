import type { ClassCounts } from '../../core/learners/class-counts.ts';

/** Rows of each class in a fold, at least: with fewer, a fold's recall is one of 0, a half and 1. */
export const MINORITY_ROWS_PER_FOLD = 3;

/** As many folds as are asked for, or as there are rows for; 0 where two are too many. */
export function foldsThatFit({ majority, minority }: ClassCounts, asked: number): number {
  const folds = Math.min(asked, Math.floor(Math.min(majority, minority) / MINORITY_ROWS_PER_FOLD));
  return folds < 2 ? 0 : folds;
}
