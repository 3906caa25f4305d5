import type { StrategyComparison, StrategyResult } from '../../../core/comparison/comparison.ts';
import type { Goal } from '../../../core/comparison/goal.ts';
import type { Interval } from '../../../core/evaluation/interval.ts';
import { METRIC_NAMES, type MetricName } from '../../../core/evaluation/metric-names.ts';
import type { NoSkill } from '../../../core/evaluation/no-skill.ts';
import { strategyFromId } from '../../../core/strategies/strategy.ts';
import { strategyLabel } from '../../../core/strategies/strategy-label.ts';

const DIFFERENCE_SPREAD = 0.01;
const UNKNOWN: Interval = { estimate: null, low: null, high: null };

/** What a verdict reads of a strategy: its metric and the difference to none, each with half the width of its interval. */
export interface MadeUp {
  readonly value: number | null;
  readonly spread?: number;
  readonly difference?: number | null;
  readonly differenceSpread?: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly matched?: number | null;
}

export interface MadeUpComparison {
  readonly best: string;
  readonly strategies: Readonly<Record<string, MadeUp>>;
  readonly metric?: MetricName;
  readonly noSkill?: NoSkill;
  readonly goal?: Goal;
  readonly minority?: number;
  readonly majority?: number;
  readonly ofRows?: number;
}

/** A comparison that says so; what no verdict reads is unknown. */
export function madeUp({
  best,
  strategies,
  metric = 'mcc',
  noSkill,
  goal,
  ...rows
}: MadeUpComparison): StrategyComparison {
  const { minority = 1000, majority = 9000, ofRows = 1 } = rows;
  const bestValue = strategies[best].value;
  return {
    protocol: {
      kind: 'stratified',
      column: null,
      folds: 5,
      repeats: 1,
      rows: { majority, minority },
      ofRows: { majority: majority * ofRows, minority: minority * ofRows },
      intervals: '',
    },
    metric,
    noSkill: noSkill ?? (metric === 'mcc' ? { guess: 'coin', value: 0 } : null),
    goal: goal ?? null,
    best,
    strategies: Object.entries(strategies).map(([id, given]) => ({
      ...result(id, given, metric, { majority, minority }),
      behindBest: around(difference(bestValue, given.value), given.differenceSpread ?? DIFFERENCE_SPREAD),
    })),
  };
}

function result(
  id: string,
  {
    value,
    spread = 0.02,
    difference = 0,
    differenceSpread = DIFFERENCE_SPREAD,
    truePositives,
    falsePositives,
    matched = null,
  }: MadeUp,
  metric: MetricName,
  { majority, minority }: { majority: number; minority: number },
): Omit<StrategyResult, 'behindBest'> {
  const strategy = strategyFromId(id);
  const unknown = Object.fromEntries(METRIC_NAMES.map((name) => [name, UNKNOWN])) as Record<MetricName, Interval>;
  const nothing = { expectedCalibrationError: null, brier: null, logLoss: null, bins: [] };
  return {
    id,
    ...strategy,
    label: strategyLabel(strategy),
    trainedOn: { majority, minority, synthetic: 0 },
    counts: {
      truePositives,
      falsePositives,
      trueNegatives: majority - falsePositives,
      falseNegatives: minority - truePositives,
    },
    metrics: {
      ...unknown,
      recall: around(truePositives / minority, 0.02),
      precision: around(truePositives / (truePositives + falsePositives), 0.02),
      [metric]: around(value, spread),
    },
    differences: { ...unknown, [metric]: around(difference, differenceSpread) },
    recallAtMatchedFpr: around(matched, 0.02),
    calibration: { none: nothing, 'prior-corrected': nothing, platt: nothing, isotonic: nothing },
  };
}

function difference(value: number | null, subtracted: number | null): number | null {
  return value === null || subtracted === null ? null : value - subtracted;
}

function around(value: number | null, spread: number): Interval {
  return value === null ? UNKNOWN : { estimate: value, low: value - spread, high: value + spread };
}
