import type { ClassCounts } from '../learners/class-counts.ts';
import { logarithm } from '../numeric/exp-log.ts';
import type { ConfusionCounts } from './confusion-counts.ts';
import type { MetricName } from './metric-names.ts';
import { CONFUSION_METRICS, type ConfusionMetricName, type MetricOptions } from './metrics.ts';

/** A way to call rows without looking at them. */
export type Guess = 'all-minority' | 'all-majority' | 'coin' | 'prior';

/** What can be had without looking at the rows. */
export interface NoSkill {
  readonly guess: Guess;
  readonly value: number;
}

/** The share of the rows that each guess calls minority. */
const SHARES = { 'all-majority': 0, 'all-minority': 1, coin: 0.5 } as const;

/**
 * The best that a metric gives to who calls rows minority without looking at them: all of them, none of them, or each by the toss
 * of a coin, in expectation; and for metrics of scores and probabilities, to who gives every row the share of the minority. What is
 * not better than this has learned nothing, whatever it gained on a learner that calls no row minority. (For F1 Flach & Kull 2015,
 * Precision-Recall-Gain curves: the always-positive baseline; for PR-AUC Saito & Rehmsmeier 2015, PLoS ONE 10:3.)
 *
 * @param classes rows of either class, not 0
 * @returns null where the metric is not defined for any guess (expected value without benefits)
 */
export function noSkill(metric: MetricName, classes: ClassCounts, options: MetricOptions): NoSkill | null {
  const { majority, minority } = classes;
  const prevalence = minority / (majority + minority);
  switch (metric) {
    case 'roc-auc':
      return { guess: 'prior', value: 1 / 2 };
    case 'pr-auc':
      return { guess: 'prior', value: prevalence };
    case 'brier':
      return { guess: 'prior', value: prevalence * (1 - prevalence) };
    case 'log-loss':
      return {
        guess: 'prior',
        value: -prevalence * logarithm(prevalence) - (1 - prevalence) * logarithm(1 - prevalence),
      };
    default:
      return bestGuess(metric, classes, options);
  }
}

/** Of equals the one that comes first in SHARES. Metrics that only compare predictions with labels: higher is better for all. */
function bestGuess(metric: ConfusionMetricName, classes: ClassCounts, options: MetricOptions): NoSkill | null {
  let best: NoSkill | null = null;
  for (const guess of Object.keys(SHARES) as (keyof typeof SHARES)[]) {
    const value = CONFUSION_METRICS[metric](expectedCounts(classes, SHARES[guess]), options);
    if (value !== null && (best === null || value > best.value)) best = { guess, value };
  }
  return best;
}

/** Of rows that are called minority at random: expectations, so no whole numbers. */
function expectedCounts({ majority, minority }: ClassCounts, share: number): ConfusionCounts {
  return {
    truePositives: minority * share,
    falsePositives: majority * share,
    trueNegatives: majority * (1 - share),
    falseNegatives: minority * (1 - share),
  };
}
