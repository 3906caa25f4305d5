import type { MetricName } from '../evaluation/metric-names.ts';
import type { BenefitTable } from '../evaluation/metrics.ts';
import type { ThresholdRule } from '../evaluation/thresholds.ts';
import type { GeneratorSettings } from '../generators/registry.ts';
import type { MisclassificationCosts } from '../learners/class-weights.ts';
import type { Labels } from '../learners/learner.ts';
import type { LearnerSettings } from '../learners/registry.ts';
import type { Table } from '../table/table.ts';

/** Rows as they were observed: missing values are left in. */
export interface ObservedRows {
  readonly table: Table;
  readonly labels: Labels;
}

/** What every strategy trains with. */
export interface StrategySettings {
  /** its own class weight holds for every strategy that names none */
  readonly learner: LearnerSettings;
  /** rows to generate (default: as many as there are minority rows) and passes over those (default: `defaultEpochs`) */
  readonly generator: GeneratorSettings & { readonly rows?: number | undefined; readonly epochs?: number | undefined };
  readonly discriminator: {
    readonly balance: 'undersample' | 'none';
    readonly select: 'called-majority' | 'all';
  };
  /** what each error costs; needed by cost weights alone */
  readonly costs?: MisclassificationCosts | undefined;
}

/** A rule for the threshold, as requests name it: `max-metric` is the best by the metric that strategies are compared by. */
export type ThresholdRequest =
  | Exclude<ThresholdRule, { readonly rule: 'max-metric' }>
  | { readonly rule: 'max-metric' };

/** What strategies are judged by as well. */
export interface EvaluationSettings extends StrategySettings {
  readonly metric: MetricName;
  readonly threshold: ThresholdRequest;
  /** of f-beta */
  readonly beta: number;
  /** what each outcome is worth, for expected-value and min-cost */
  readonly benefit?: BenefitTable | undefined;
}

/** Where a request names a number of rows to generate, a share of the rows gets that share of them, one at the least. */
export function shareOfGeneratedRows(settings: EvaluationSettings, share: number): EvaluationSettings {
  const { generator } = settings;
  if (generator.rows === undefined) return settings;
  return { ...settings, generator: { ...generator, rows: Math.max(1, Math.round(generator.rows * share)) } };
}
