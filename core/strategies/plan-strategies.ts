import type { ClassCounts } from '../learners/class-counts.ts';
import type { MisclassificationCosts } from '../learners/class-weights.ts';
import { STRATEGY_TYPES, type Strategy, type StrategyType, strategyId } from './strategy.ts';

export interface StrategyPlan {
  readonly types: readonly StrategyType[];
  /** majority / minority that the resampling strategies are tried at, where the rows are more imbalanced than that */
  readonly ratios: readonly number[];
  /** what there is to train on; where that is not known yet, every ratio counts */
  readonly rows?: ClassCounts;
  readonly costs?: MisclassificationCosts | null;
  /** the one that is asked for, which is compared whatever the types are */
  readonly asked?: Strategy;
}

/** Strategies that train on other rows than the observed ones, so that they need a ratio. */
export const RESAMPLING_TYPES = ['under-sampling', 'over-sampling', 'algorithm-1'] as const satisfies StrategyType[];

/** Whether a strategy of this type has a ratio. */
export function resamples(type: StrategyType): boolean {
  return (RESAMPLING_TYPES as readonly StrategyType[]).includes(type);
}

/**
 * What is compared, in the order of STRATEGY_TYPES and then of the ratios: resampling at each ratio that the rows do not have
 * already, cost weights only where costs are known, and always `none`, which the others are measured against. Nothing is
 * compared where no type is named. What is asked for is compared in any case.
 */
export function planStrategies({ types, ratios, rows, costs, asked }: StrategyPlan): Strategy[] {
  if (types.length === 0) return [];
  const changing = ratios.filter((ratio) => rows === undefined || ratio * rows.minority < rows.majority);
  const ascending = [...new Set(changing)].sort((a, b) => a - b);
  const wanted = STRATEGY_TYPES.filter((type) => type === 'none' || types.includes(type));
  const planned = wanted
    .filter((type) => type !== 'cost-weights' || costs)
    .flatMap((type): Strategy[] =>
      resamples(type) ? ascending.map((ratio) => ({ type, ratio })) : [{ type, ratio: null }],
    );
  if (asked === undefined || planned.some((strategy) => strategyId(strategy) === strategyId(asked))) return planned;
  return [...planned, asked].sort(
    (a, b) => STRATEGY_TYPES.indexOf(a.type) - STRATEGY_TYPES.indexOf(b.type) || (a.ratio ?? 0) - (b.ratio ?? 0),
  );
}
