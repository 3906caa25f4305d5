import { COST_RULES } from './cost-rules.ts';
import { IMBALANCE_RULES } from './imbalance-rules.ts';
import { LEARNER_RULES } from './learner-rules.ts';
import type { Rule, SuggestedSettings } from './rule.ts';
import { MIN_MINORITY_ROWS, SAMPLE_SIZE_RULES } from './sample-size-rules.ts';
import { shortSource } from './sources.ts';
import { type TableFacts, type TableProfile, tableFacts } from './table-facts.ts';

/** Every rule, the ones that weigh more first: where two of them suggest a setting, the first one's is taken. */
export const RULES: readonly Rule[] = [...SAMPLE_SIZE_RULES, ...LEARNER_RULES, ...IMBALANCE_RULES, ...COST_RULES];

/** A rule that applies, in words. */
export interface Finding {
  readonly rule: string;
  readonly when: string;
  readonly found: string;
  readonly advice: string;
  /** `Elkan 2001`; docs/advice.md has them in full */
  readonly sources: readonly string[];
}

export interface Advice {
  readonly facts: TableFacts;
  /** in the order of the rules, at least one */
  readonly findings: readonly Finding[];
  /** what to try first; null where a run would refuse the table */
  readonly settings: SuggestedSettings | null;
}

/**
 * What to try first on a table, and why. It is no forecast: a run compares the strategies on the same folds and says which
 * one is best.
 *
 * @throws InvalidArgumentError where a class is empty, there is no dimension, or a cost is not positive and finite
 */
export function advise(profile: TableProfile): Advice {
  const facts = tableFacts(profile);
  const rules = RULES.filter((rule) => rule.applies(facts));
  return {
    facts,
    findings: rules.map((rule) => finding(rule, facts)),
    settings: facts.minority < MIN_MINORITY_ROWS ? null : settingsOf(rules, facts),
  };
}

function settingsOf(rules: readonly Rule[], facts: TableFacts): SuggestedSettings {
  return Object.assign({}, ...rules.map((rule) => rule.settings?.(facts)).reverse());
}

function finding({ id, when, found, advice, sources }: Rule, facts: TableFacts): Finding {
  return {
    rule: id,
    when,
    found: found(facts),
    advice: typeof advice === 'string' ? advice : advice(facts),
    sources: sources.map(shortSource),
  };
}
