import type { Strategy, StrategyType } from './strategy.ts';

const LABELS: Readonly<Record<StrategyType, string>> = {
  none: 'Nothing',
  'class-weights': 'Class weights',
  'sqrt-class-weights': 'Square-root class weights',
  'cost-weights': 'Cost weights',
  threshold: 'Moved threshold',
  'under-sampling': 'Random under-sampling',
  'over-sampling': 'Random over-sampling',
  'algorithm-1': 'Algorithm 1',
};

/** In words, for tables: `Algorithm 1 (2:1)`, majority to minority. */
export function strategyLabel({ type, ratio }: Strategy): string {
  return ratio === null ? LABELS[type] : `${LABELS[type]} (${ratio}:1)`;
}
