import type { Calibration } from '../evaluation/calibration/calibrations.ts';
import type { Reliability } from '../evaluation/calibration/reliability.ts';
import type { ConfusionCounts } from '../evaluation/confusion-counts.ts';
import type { Interval } from '../evaluation/interval.ts';
import type { MetricName } from '../evaluation/metric-names.ts';
import type { NoSkill } from '../evaluation/no-skill.ts';
import type { ClassCounts } from '../learners/class-counts.ts';
import type { FoldAssignment } from '../protocol/fold-assignment.ts';
import type { StrategyType } from '../strategies/strategy.ts';
import type { Goal } from './goal.ts';

/** One strategy on the held-out rows of all folds; no such row was ever resampled, or seen by what was fitted to the others. */
export interface StrategyResult {
  /** `algorithm-1@2`: type and ratio */
  readonly id: string;
  readonly type: StrategyType;
  /** majority / minority that it trains on; null where it does not resample */
  readonly ratio: number | null;
  /** in words, for tables */
  readonly label: string;
  /** mean rows by class that it was trained on; `synthetic` ones are among the minority */
  readonly trainedOn: { readonly majority: number; readonly minority: number; readonly synthetic: number };
  /** summed over the folds of a repeat, mean over the repeats, rounded */
  readonly counts: ConfusionCounts;
  /** mean over folds and repeats; Brier score and log loss are those of the probabilities before calibration */
  readonly metrics: Record<MetricName, Interval>;
  /** this strategy minus `none`, fold by fold */
  readonly differences: Record<MetricName, Interval>;
  /** the best minus this strategy, by the metric that the best is chosen by, fold by fold */
  readonly behindBest: Interval;
  /** the same scores, the threshold moved to the false-positive rate of plain under-sampling at 1:1; null without that */
  readonly recallAtMatchedFpr: Interval;
  /** of the held-out rows of all folds and repeats together */
  readonly calibration: Readonly<Record<Calibration, Reliability>>;
}

/** How the rows were held out. */
export interface ComparisonProtocol {
  readonly kind: FoldAssignment['kind'];
  /** of the groups, or of the time */
  readonly column: string | null;
  readonly folds: number;
  readonly repeats: number;
  /** training rows that the comparison was made on, and those that there are */
  readonly rows: ClassCounts;
  readonly ofRows: ClassCounts;
}

/** The strategies side by side. */
export interface StrategyComparison {
  readonly protocol: ComparisonProtocol & {
    /** in words: what the intervals are */
    readonly intervals: string;
  };
  /** by which the best strategy is chosen */
  readonly metric: MetricName;
  /** what the metric gives to who does not look at the rows; null where it gives nothing */
  readonly noSkill: NoSkill | null;
  /** what is to be reached, whatever the best is chosen by; null where nothing is */
  readonly goal: Goal | null;
  readonly strategies: StrategyResult[];
  /** id of the best by `metric` (`chooseBest`) */
  readonly best: string;
}
