/**
 * What turns scores into probabilities of the minority. Immutable. A higher score never gives a lower probability
 * (rounding in the last place apart), but for Platt's scaling of scores that rank the wrong way.
 */
export interface Calibrator {
  /**
   * One per score, from 0 to 1.
   *
   * @throws NonFiniteValueError (naming the row); InvalidArgumentError where the scores are to be probabilities and are
   * not
   */
  probabilities(scores: Float64Array): Float64Array;
  /** Plain JSON, its `type` that of the calibrator, which `calibratorFromJSON` restores without loss. */
  toJSON(): unknown;
}
