import type { ValidationScores } from './calibrators.ts';

/** The scores of several folds, one below the other: of one repeat, every held-out row once. */
export function joinScores(parts: readonly ValidationScores[]): ValidationScores {
  const rows = parts.reduce((sum, { labels }) => sum + labels.length, 0);
  const joined = { labels: new Uint8Array(rows), scores: new Float64Array(rows) };
  let filled = 0;
  for (const { labels, scores } of parts) {
    joined.labels.set(labels, filled);
    joined.scores.set(scores, filled);
    filled += labels.length;
  }
  return joined;
}
