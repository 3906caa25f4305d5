import { InvalidArgumentError } from '../errors.ts';

/** The answers to imbalance that are compared, as requests and reports name them. */
export const STRATEGY_TYPES = [
  'none',
  'class-weights',
  'sqrt-class-weights',
  'cost-weights',
  'threshold',
  'under-sampling',
  'over-sampling',
  'algorithm-1',
] as const;

export type StrategyType = (typeof STRATEGY_TYPES)[number];

/** One way to train the learner on imbalanced rows. */
export interface Strategy {
  readonly type: StrategyType;
  /** majority / minority of the rows that it trains on; null where it does not resample */
  readonly ratio: number | null;
}

/** `algorithm-1@2`, `none`: unique among the strategies of a comparison, and part of file names. */
export function strategyId({ type, ratio }: Strategy): string {
  return ratio === null ? type : `${type}@${ratio}`;
}

/** The type whose model a strategy has: where only the threshold is moved, that of `none`. */
export function modelType({ type }: Strategy): StrategyType {
  return type === 'threshold' ? 'none' : type;
}

/** The strategy that `strategyId` gave this name. @throws InvalidArgumentError where it gave it to none */
export function strategyFromId(id: string): Strategy {
  const [name, ratio] = id.split('@');
  const type = STRATEGY_TYPES.find((candidate) => candidate === name);
  const strategy = type && { type, ratio: ratio === undefined ? null : Number(ratio) };
  if (strategy === undefined || strategyId(strategy) !== id) {
    throw new InvalidArgumentError(
      `strategy: found ${JSON.stringify(id)}, needed one of ${STRATEGY_TYPES.join(', ')}, with a ratio as in algorithm-1@2`,
    );
  }
  return strategy;
}
