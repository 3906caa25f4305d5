import type { ScoredRows } from './score-rows.ts';
import type { ScoringModel } from './scoring-model.ts';

/**
 * What becomes of rows outside of the domain of the training rows: `abstain` decides nothing for them, `flag` decides as for
 * others (the caller looks at the flag), `default` takes them for the majority.
 */
export const OUTSIDE_POLICIES = ['abstain', 'flag', 'default'] as const;
export type OutsidePolicy = (typeof OUTSIDE_POLICIES)[number];

/** Code of a row that nothing was decided for. */
export const ABSTAINED = -1;

/** One code per row: 1 minority, 0 majority, -1 where it abstains. */
export function decide({ predictions, inDomain }: ScoredRows, outside: OutsidePolicy): Int8Array {
  return Int8Array.from(predictions, (prediction, row) => {
    if (inDomain[row] === 1 || outside === 'flag') return prediction;
    return outside === 'default' ? 0 : ABSTAINED;
  });
}

/** The target's own label for a decision; null where it abstains. */
export function decidedLabel({ target }: Pick<ScoringModel, 'target'>, decision: number): string | null {
  if (decision === ABSTAINED) return null;
  return decision === 1 ? target.minority : target.majority;
}
