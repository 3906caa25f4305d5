import type { Labels } from '../learners/learner.ts';
import { operatingPoints } from './operating-points.ts';

/** What a classifier does when rows that score at least `threshold` are called minority. Rates from 0 to 1. */
export interface RocPoint {
  readonly threshold: number;
  readonly falsePositiveRate: number;
  readonly recall: number;
}

export interface PrecisionRecallPoint {
  readonly threshold: number;
  readonly recall: number;
  readonly precision: number;
}

/**
 * The ROC curve (Fawcett 2006, An introduction to ROC analysis), from (0, 0), where the threshold is Infinity and no
 * row is called minority, to (1, 1): one point per distinct score, from the highest down, as scikit-learn's `roc_curve`
 * gives it without dropping points. Equal scores make one point, so a constant score gives two. Empty where labels are
 * all of one class.
 *
 * @param labels one per row
 * @param scores one per row, higher means more likely minority, on any scale
 * @throws InvalidArgumentError (lengths differ, labels other than 0 and 1), NonFiniteValueError (naming the row)
 */
export function rocCurve(labels: Labels, scores: Float64Array): readonly RocPoint[] {
  const { scores: thresholds, truePositives, falsePositives, minority, majority } = operatingPoints(labels, scores);
  if (minority === 0 || majority === 0) return [];
  const start: RocPoint = { threshold: Number.POSITIVE_INFINITY, falsePositiveRate: 0, recall: 0 };
  return [
    start,
    ...Array.from(thresholds, (threshold, n) => ({
      threshold,
      falsePositiveRate: falsePositives[n] / majority,
      recall: truePositives[n] / minority,
    })),
  ];
}

/**
 * The precision-recall curve (Davis & Goadrich 2006, The relationship between precision-recall and ROC curves): one
 * point per distinct score, from the highest down, as scikit-learn's `precision_recall_curve` has them from the lowest
 * up. It starts where the threshold is Infinity, at recall 0 and, by convention, precision 1: no row is called minority
 * there. It is to be drawn in steps. Empty without minority rows; of precision 1 throughout without majority rows.
 *
 * @param labels one per row
 * @param scores one per row, higher means more likely minority, on any scale
 * @throws InvalidArgumentError (lengths differ, labels other than 0 and 1), NonFiniteValueError (naming the row)
 */
export function precisionRecallCurve(labels: Labels, scores: Float64Array): readonly PrecisionRecallPoint[] {
  const { scores: thresholds, truePositives, falsePositives, minority } = operatingPoints(labels, scores);
  if (minority === 0) return [];
  const start: PrecisionRecallPoint = { threshold: Number.POSITIVE_INFINITY, recall: 0, precision: 1 };
  return [
    start,
    ...Array.from(thresholds, (threshold, n) => ({
      threshold,
      recall: truePositives[n] / minority,
      precision: truePositives[n] / (truePositives[n] + falsePositives[n]),
    })),
  ];
}
