import { TooFewRowsError } from '../../core/errors.ts';
import { countClasses } from '../../core/learners/class-counts.ts';
import type { Labels } from '../../core/learners/learner.ts';
import { assignFolds, type FoldOptions } from '../../core/protocol/assign-folds.ts';
import type { FoldAssignment } from '../../core/protocol/fold-assignment.ts';
import type { Rng } from '../../core/random/rng.ts';

/** Rows of each class in a fold, at least: with fewer, a fold's recall is one of 0, a half and 1. */
export const MINORITY_ROWS_PER_FOLD = 3;

/** As many folds as are asked for, or as there are rows, groups and times for; null where two are too many. */
export function dealFolds(labels: Labels, options: FoldOptions, rng: Rng): FoldAssignment | null {
  const { majority, minority } = countClasses(labels);
  const most = Math.min(options.folds, Math.floor(Math.min(majority, minority) / MINORITY_ROWS_PER_FOLD));
  for (let folds = most; folds >= 2; folds--) {
    try {
      return assignFolds(labels, { ...options, folds }, rng);
    } catch (error) {
      if (!(error instanceof TooFewRowsError)) throw error;
    }
  }
  return null;
}
