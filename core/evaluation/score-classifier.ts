import { averagePrecision } from './average-precision.ts';
import { type ConfusionCounts, countConfusion } from './confusion-counts.ts';
import { f1, falsePositiveRate, matthewsCorrelation, precision, recall } from './confusion-scores.ts';
import type { JudgedRows } from './judged-rows.ts';

/** How a classifier did. Null where a score is not defined (its own function says when). */
export interface ClassifierScores extends ConfusionCounts {
  readonly recall: number | null;
  readonly precision: number | null;
  readonly f1: number | null;
  readonly mcc: number | null;
  readonly falsePositiveRate: number | null;
  readonly prAuc: number | null;
}

/**
 * Counts and scores of a classifier on rows that it has not seen, as a plain object. Calling every row minority finds them
 * all, so no one of these is to be read alone.
 *
 * @throws InvalidArgumentError (lengths differ, labels or predictions other than 0 and 1), NonFiniteValueError
 */
export function scoreClassifier({ labels, predictions, scores }: Omit<JudgedRows, 'probabilities'>): ClassifierScores {
  const counts = countConfusion({ labels, predictions });
  return {
    ...counts,
    recall: recall(counts),
    precision: precision(counts),
    f1: f1(counts),
    mcc: matthewsCorrelation(counts),
    falsePositiveRate: falsePositiveRate(counts),
    prAuc: averagePrecision(labels, scores),
  };
}
