import type { Labels } from '../learners/learner.ts';
import type { Rng } from '../random/rng.ts';

/** Takes majority rows away until the classes stand in a ratio. Minority rows are never taken away. */
export interface UnderSampler {
  /**
   * @param labels one per row, both classes present
   * @param ratio majority / minority afterwards, from MINIMUM_RATIO: 1 is balanced, 3 is three to one. Where the majority
   * has no more rows than that, all rows remain (planUnderSampling tells).
   * @param rng the only source of chance
   * @returns the indices of the rows that remain, ascending
   * @throws InvalidArgumentError (no labels, labels other than 0 and 1, ratio), OneClassError
   */
  resample(labels: Labels, ratio: number, rng: Rng): Int32Array;
}
