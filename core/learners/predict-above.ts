import type { Labels } from './learner.ts';

/** One label per score: minority where the score is above the threshold. A score equal to it says majority. */
export function predictAbove(threshold: number, scores: Float64Array): Labels {
  const labels = new Uint8Array(scores.length);
  for (let row = 0; row < scores.length; row++) labels[row] = scores[row] > threshold ? 1 : 0;
  return labels;
}
