import { InvalidArgumentError, OneClassError } from '../errors.ts';
import type { ClassCounts } from '../learners/class-counts.ts';
import { MINIMUM_RATIO } from './under-sampling-plan.ts';

/** What over-sampling will do, before it does it. */
export interface OverSamplingPlan {
  /** rows that are given again; the majority's are none */
  readonly rowsToAdd: ClassCounts;
}

/**
 * How many rows are added: so many that the minority has round(majority / ratio), or none where it has more.
 *
 * @param ratio majority / minority afterwards, from MINIMUM_RATIO: 1 is balanced, 3 is three to one
 * @throws InvalidArgumentError (ratio), OneClassError
 */
export function planOverSampling({ majority, minority }: ClassCounts, ratio: number): OverSamplingPlan {
  if (!(Number.isFinite(ratio) && ratio >= MINIMUM_RATIO)) {
    throw new InvalidArgumentError(`ratio: found ${ratio}, needed a number from ${MINIMUM_RATIO} (1 is balanced)`);
  }
  if (majority === 0 || minority === 0) {
    throw new OneClassError(
      `over-sampling: found ${majority} majority and ${minority} minority rows, needed at least one of each`,
    );
  }
  return { rowsToAdd: { majority: 0, minority: Math.max(0, Math.round(majority / ratio) - minority) } };
}
