import { count } from '../counting.ts';
import type { Interval } from '../evaluation/interval.ts';
import type { MetricName } from '../evaluation/metric-names.ts';
import { METRICS } from '../evaluation/metrics.ts';
import type { StrategyType } from '../strategies/strategy.ts';
import type { StrategyResult } from './comparison.ts';

const NAMES: Readonly<Record<StrategyType, string>> = {
  none: 'doing nothing',
  'class-weights': 'class weights',
  'sqrt-class-weights': 'square-root class weights',
  'cost-weights': 'cost weights',
  threshold: 'moving the threshold',
  'under-sampling': 'random under-sampling',
  'over-sampling': 'random over-sampling',
  'algorithm-1': 'Algorithm 1',
};

const PLURALS: ReadonlySet<StrategyType> = new Set(['class-weights', 'sqrt-class-weights', 'cost-weights']);

type Named = Pick<StrategyResult, 'type' | 'ratio'>;

/** `random under-sampling (2:1)`: as it stands within a sentence. */
export function nameOf({ type, ratio }: Named): string {
  return ratio === null ? NAMES[type] : `${NAMES[type]} (${ratio}:1)`;
}

/** With a verb that agrees: `class weights do`, `Algorithm 1 (1:1) does`. */
export function subject(named: Named, singular: string, plural: string): string {
  return `${nameOf(named)} ${PLURALS.has(named.type) ? plural : singular}`;
}

export function pronoun({ type }: Named): 'it' | 'them' {
  return PLURALS.has(type) ? 'them' : 'it';
}

export function sentence(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}

/** Whose labels are common nouns; others are abbreviations, or named after people. */
const COMMON_NOUNS: ReadonlySet<MetricName> = new Set([
  'recall',
  'precision',
  'specificity',
  'balanced-accuracy',
  'accuracy',
  'log-loss',
  'expected-value',
]);

/** `MCC`, `log loss`: as it stands within a sentence. */
export function metricName(metric: MetricName): string {
  const { label } = METRICS[metric];
  return COMMON_NOUNS.has(metric) ? label[0].toLowerCase() + label.slice(1) : label;
}

/** Three decimals, or three digits where that leaves fewer; the same on every machine. */
export function figure(value: number | null): string {
  if (value === null) return 'not defined';
  if (Math.abs(value) >= 100) return count(Math.round(value));
  const text = Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(3);
  return Number(text) === 0 ? '0.000' : text;
}

/** `-0.004 to 0.021` */
export function range({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${figure(low)} to ${figure(high)}`;
}

/** A gain: how much better, whichever direction is better; null where it is not known. */
export function gainOf(difference: Interval, metric: MetricName): Interval {
  if (METRICS[metric].higherIsBetter) return difference;
  const { estimate, low, high } = difference;
  return { estimate: negated(estimate), low: negated(high), high: negated(low) };
}

function negated(value: number | null): number | null {
  return value === null ? null : -value;
}
