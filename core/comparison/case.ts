import type { MetricName } from '../evaluation/metric-names.ts';
import { METRICS } from '../evaluation/metrics.ts';
import { compareSimplicity } from './choose-best.ts';
import type { StrategyComparison, StrategyResult } from './comparison.ts';
import { gainOf } from './phrases.ts';

/**
 * With fewer minority rows held out, a recall near one half is known to no better than 14 points either way
 * (1.96 sqrt(0.25 / 50)), so that strategies can hardly be told apart.
 */
const FEW_MINORITY_ROWS = 50;

/** A share of the minority rows found: with less, those who look for the minority would ask. */
const NOTABLY_LESS = 0.9;

/** The parts of a comparison that a verdict speaks of. */
export interface Case {
  readonly comparison: StrategyComparison;
  readonly none: StrategyResult;
  readonly best: StrategyResult;
  /** the one that was asked for; the best where none was */
  readonly asked: StrategyResult;
  /** the one with the best mean, the simplest of equals */
  readonly leader: StrategyResult;
}

/** @param asked id of the strategy that was asked for, if one was */
export function caseOf(comparison: StrategyComparison, asked: string | undefined): Case {
  const { strategies, metric } = comparison;
  const best = strategies.find(({ id }) => id === comparison.best)!;
  return {
    comparison,
    none: strategies.find(({ type }) => type === 'none')!,
    best,
    asked: strategies.find(({ id }) => id === asked) ?? best,
    leader: bestFirst(strategies, metric)[0],
  };
}

/** So few that a verdict has to say so. */
export function hasFewMinorityRows({ comparison }: Case): boolean {
  return comparison.protocol.rows.minority < FEW_MINORITY_ROWS;
}

/** Whether it is better by the metric than what is had without looking at the rows; by more than chance, where that is known. */
export function hasLearned({ metric, noSkill }: StrategyComparison, result: StrategyResult): boolean {
  if (noSkill === null) return true;
  const { estimate, low } = gainOf(result.metrics[metric], metric);
  const guessed = METRICS[metric].higherIsBetter ? noSkill.value : -noSkill.value;
  const sure = low ?? estimate;
  return sure !== null && sure > guessed;
}

export function anyHasLearned(comparison: StrategyComparison): boolean {
  return comparison.strategies.some((result) => hasLearned(comparison, result));
}

/** What is better by the metric finds notably less than what was asked for, and the metric does not know what that costs. */
export function findsLess({ comparison: { metric }, best, asked }: Case): boolean {
  return metric !== 'expected-value' && best.counts.truePositives < NOTABLY_LESS * asked.counts.truePositives;
}

/** By the mean of the metric, the simplest of equals first; without a value last. */
export function bestFirst(strategies: readonly StrategyResult[], metric: MetricName): StrategyResult[] {
  const value = (result: StrategyResult) => gainOf(result.metrics[metric], metric).estimate ?? Number.NEGATIVE_INFINITY;
  return [...strategies].sort((a, b) => value(b) - value(a) || compareSimplicity(a, b));
}
