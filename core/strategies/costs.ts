import type { BenefitTable } from '../evaluation/metrics.ts';
import type { MisclassificationCosts } from '../learners/class-weights.ts';

/**
 * What a benefit table says that each error costs: what is lost beside the right answer for the same row (Elkan 2001, The
 * Foundations of Cost-Sensitive Learning, equation 2).
 *
 * @returns null where an error costs nothing, or pays: rows of that class would have no weight
 */
export function misclassificationCosts(benefit: BenefitTable): MisclassificationCosts | null {
  const costFalsePositive = benefit.trueNegative - benefit.falsePositive;
  const costFalseNegative = benefit.truePositive - benefit.falseNegative;
  return costFalsePositive > 0 && costFalseNegative > 0 ? { costFalsePositive, costFalseNegative } : null;
}
