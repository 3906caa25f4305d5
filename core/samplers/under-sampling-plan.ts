import { InvalidArgumentError, OneClassError } from '../errors.ts';
import type { ClassCounts } from '../learners/class-counts.ts';

/** The least ratio that can be asked for: one majority row to ten minority rows. */
export const MINIMUM_RATIO = 0.1;

/** What under-sampling will do, before it does it. */
export interface UnderSamplingPlan {
  /** rows that remain; the minority's are all that there are */
  readonly rowsToKeep: ClassCounts;
  /** the majority had no more rows than the ratio asks for, so all of them remain and the ratio may lie below the asked one */
  readonly keepsWholeMajority: boolean;
}

/**
 * How many rows of each class remain: all of the minority, and round(ratio * minority) of the majority (at least one), or all
 * of it where there are not more.
 *
 * @param ratio majority / minority afterwards, from MINIMUM_RATIO: 1 is balanced, 3 is three to one
 * @throws InvalidArgumentError (ratio), OneClassError
 */
export function planUnderSampling(counts: ClassCounts, ratio: number): UnderSamplingPlan {
  if (!(Number.isFinite(ratio) && ratio >= MINIMUM_RATIO)) {
    throw new InvalidArgumentError(`ratio: found ${ratio}, needed a number from ${MINIMUM_RATIO} (1 is balanced)`);
  }
  const { majority, minority } = counts;
  if (majority === 0 || minority === 0) {
    throw new OneClassError(
      `under-sampling: found ${majority} majority and ${minority} minority rows, needed at least one of each`,
    );
  }
  const wanted = Math.max(1, Math.round(ratio * minority));
  const keepsWholeMajority = majority <= wanted;
  return { rowsToKeep: { majority: keepsWholeMajority ? majority : wanted, minority }, keepsWholeMajority };
}
