import type { Labels } from '../learners/learner.ts';
import type { Rng } from '../random/rng.ts';

/** Gives minority rows again until the classes stand in a ratio. Every row remains. */
export interface OverSampler {
  /**
   * @param labels one per row, both classes present
   * @param ratio majority / minority afterwards, from MINIMUM_RATIO: 1 is balanced, 3 is three to one. Where the minority has
   * as many rows already, none is added.
   * @param rng the only source of chance
   * @returns the indices of all rows, ascending, and after them those of the rows that are given again, in the order drawn
   * @throws InvalidArgumentError (no labels, labels other than 0 and 1, ratio), OneClassError
   */
  resample(labels: Labels, ratio: number, rng: Rng): Int32Array;
}
