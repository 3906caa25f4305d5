import type { MetricName } from '../evaluation/metric-names.ts';
import type { LearnerType } from '../learners/registry.ts';
import type { StrategyType } from '../strategies/strategy.ts';
import type { SourceName } from './sources.ts';
import type { ErrorCosts, TableFacts } from './table-facts.ts';

/** What a run should be asked for, where the rules have something to say about it. */
export interface SuggestedSettings {
  readonly learner?: LearnerType;
  readonly strategy?: StrategyType;
  readonly metric?: MetricName;
  readonly costs?: ErrorCosts;
  /** times that the rows are dealt into folds anew */
  readonly repeats?: number;
}

/** One thing to know about a table, and what to do about it. */
export interface Rule {
  readonly id: string;
  /** its condition with its threshold, as docs/advice.md has it */
  readonly when: string;
  readonly applies: (facts: TableFacts) => boolean;
  /** what was found, in numbers */
  readonly found: (facts: TableFacts) => string;
  /** what to do and why, in a sentence or two */
  readonly advice: string | ((facts: TableFacts) => string);
  readonly sources: readonly SourceName[];
  /** where the threshold is our own: how it was come by */
  readonly ownThreshold?: string;
  readonly settings?: (facts: TableFacts) => SuggestedSettings;
}
