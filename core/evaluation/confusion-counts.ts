import { countClasses } from '../learners/class-counts.ts';
import { requireOnePerLabel } from './arguments.ts';
import type { JudgedRows } from './judged-rows.ts';

/** Test rows by what they are and what they were taken for. The minority is the positive class. */
export interface ConfusionCounts {
  /** minority rows taken for minority */
  readonly truePositives: number;
  /** majority rows taken for minority */
  readonly falsePositives: number;
  /** majority rows taken for majority */
  readonly trueNegatives: number;
  /** minority rows taken for majority */
  readonly falseNegatives: number;
}

/** @throws InvalidArgumentError where the lengths differ or a value is neither 0 nor 1 */
export function countConfusion({ labels, predictions }: Pick<JudgedRows, 'labels' | 'predictions'>): ConfusionCounts {
  requireOnePerLabel('predictions', predictions, labels);
  const { majority, minority } = countClasses(labels);
  const taken = countClasses(predictions, 'predictions');
  let truePositives = 0;
  for (let row = 0; row < labels.length; row++) truePositives += labels[row] & predictions[row];
  const falsePositives = taken.minority - truePositives;
  return {
    truePositives,
    falsePositives,
    trueNegatives: majority - falsePositives,
    falseNegatives: minority - truePositives,
  };
}
