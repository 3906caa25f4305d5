import type { ScoreScale } from './registry.ts';

/**
 * The lowest score that a learner of its own accord calls minority: the number next above a half where scores are
 * probabilities, next above 0 where they are margins (a score of a half, or of 0, says majority: `predictAbove`).
 */
export function defaultThreshold(scale: ScoreScale): number {
  return scale === 'probability' ? 0.5 + 2 ** -53 : Number.MIN_VALUE;
}
