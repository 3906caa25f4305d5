import { InvalidArgumentError } from '../errors.ts';
import type { Labels } from '../learners/learner.ts';
import type { ConfusionCounts } from './confusion-counts.ts';
import { precision, recall, specificity } from './confusion-scores.ts';
import type { MetricName } from './metric-names.ts';
import { CONFUSION_METRICS, type ConfusionMetricName, type MetricOptions, requireMetricOptions } from './metrics.ts';
import { type OperatingPoints, operatingPoints } from './operating-points.ts';

/**
 * What a threshold is to be good at:
 *
 * - `max-metric`: the best by the metric; `max-f1` and `max-f-beta` are short for it
 * - `min-cost`: the highest expected value of the benefit table (Elkan 2001, The foundations of cost-sensitive
 *   learning)
 * - `youden`: the highest recall + specificity - 1 (Youden 1950, Index for rating diagnostic tests)
 * - `recall-at-least`: the best precision, and by that the highest recall, where recall is at least `value`, from 0 to
 *   1
 * - `precision-at-least`: the best recall, and by that the highest precision, where precision is at least `value`, from
 *   0 to 1
 */
export type ThresholdRule =
  | { readonly rule: 'max-metric'; readonly metric: MetricName }
  | { readonly rule: 'max-f1' }
  | { readonly rule: 'max-f-beta' }
  | { readonly rule: 'min-cost' }
  | { readonly rule: 'youden' }
  | { readonly rule: 'recall-at-least'; readonly value: number }
  | { readonly rule: 'precision-at-least'; readonly value: number };

/** What is maximized: the first number, and between equals the second. Null where the threshold is out of question. */
type Objective = (counts: ConfusionCounts) => readonly [number, number] | null;

/**
 * The best threshold by a rule. A row is called minority where its score is at least the threshold. Candidates are the
 * midpoints between neighbouring distinct scores, and one beyond either end, 1 away, where every row or none is called
 * minority. Of several that are equally good it is the highest: the one with the fewest false positives.
 *
 * Null where no threshold fulfils the rule: a precision that none reaches, a metric that is nowhere defined (most need
 * rows of both classes), a metric that is the same at all thresholds (pr-auc, roc-auc, brier, log-loss), no rows.
 *
 * `max-metric` with recall goes down to the lowest minority row, with specificity it calls no row minority; they are
 * metrics to look at, not to choose by.
 *
 * @param labels one per row; rows that the scores' learner was not trained on, and that it is not judged by in the end
 * @param scores one per row, higher means more likely minority, on any scale
 * @throws InvalidArgumentError (a value out of range, no benefit table where the rule needs one, beta, lengths differ,
 * labels other than 0 and 1), NonFiniteValueError (naming the row)
 */
export function chooseThreshold(
  rule: ThresholdRule,
  labels: Labels,
  scores: Float64Array,
  options: MetricOptions,
): number | null {
  requireMetricOptions(options);
  const objective = objectiveOf(rule, options);
  const points = operatingPoints(labels, scores);
  if (objective === null || points.scores.length === 0) return null;
  const best = bestPoint(points, objective);
  return best === null ? null : thresholdBetween(points.scores, best);
}

/** How many distinct scores, from the highest down, are best called minority. */
function bestPoint(points: OperatingPoints, objective: Objective): number | null {
  let best: number | null = null;
  let [first, second] = [0, 0];
  for (let called = 0; called <= points.scores.length; called++) {
    const found = objective(countsAt(points, called));
    if (found === null) continue;
    if (best === null || found[0] > first || (found[0] === first && found[1] > second)) {
      best = called;
      [first, second] = found;
    }
  }
  return best;
}

function countsAt(
  { truePositives, falsePositives, minority, majority }: OperatingPoints,
  called: number,
): ConfusionCounts {
  const found = called === 0 ? 0 : truePositives[called - 1];
  const wrong = called === 0 ? 0 : falsePositives[called - 1];
  return {
    truePositives: found,
    falsePositives: wrong,
    trueNegatives: majority - wrong,
    falseNegatives: minority - found,
  };
}

/** Above the score at `called`, and at most the one before it. @param scores distinct, from the highest down */
function thresholdBetween(scores: Float64Array, called: number): number {
  if (called === 0) return Math.max(scores[0] + 1, scores[0] * (1 + Math.sign(scores[0]) * Number.EPSILON));
  const above = scores[called - 1];
  if (called === scores.length) return above - 1;
  const middle = above / 2 + scores[called] / 2;
  return middle > scores[called] ? middle : above;
}

/** Null where no threshold is better than another. */
function objectiveOf(rule: ThresholdRule, options: MetricOptions): Objective | null {
  switch (rule.rule) {
    case 'max-metric':
      return isConfusionMetric(rule.metric) ? maximum(rule.metric, options) : null;
    case 'max-f1':
      return maximum('f1', options);
    case 'max-f-beta':
      return maximum('f-beta', options);
    case 'min-cost':
      return maximum('expected-value', options);
    case 'youden':
      return (counts) => {
        const [found, spared] = [recall(counts), specificity(counts)];
        return found === null || spared === null ? null : [found + spared - 1, 0];
      };
    case 'recall-at-least':
      return atLeast(rule, recall, precision);
    case 'precision-at-least':
      return atLeast(rule, precision, recall);
  }
}

function isConfusionMetric(metric: MetricName): metric is ConfusionMetricName {
  return metric in CONFUSION_METRICS;
}

function maximum(metric: ConfusionMetricName, options: MetricOptions): Objective {
  if (metric === 'expected-value' && options.benefit === undefined) {
    throw new InvalidArgumentError(
      'benefit: found none, needed what each outcome is worth, to choose a threshold by it',
    );
  }
  return (counts) => {
    const value = CONFUSION_METRICS[metric](counts, options);
    return value === null ? null : [value, 0];
  };
}

type Score = (counts: ConfusionCounts) => number | null;

function atLeast({ rule, value }: { rule: string; value: number }, held: Score, maximized: Score): Objective {
  if (!(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError(`${rule}: found ${value}, needed a number from 0 to 1`);
  }
  return (counts) => {
    const [reached, found] = [held(counts), maximized(counts)];
    return reached === null || found === null || reached < value - ROUNDING ? null : [found, reached];
  };
}

/**
 * The highest threshold at which at least `recall` of the minority rows score at or above it; itself the score of one
 * of them.
 *
 * @param labels, scores one per row; rows that the learner was not trained on
 * @param recall from 0 to 1
 * @throws InvalidArgumentError where there is no minority row
 */
export function thresholdForRecall(labels: Labels, scores: Float64Array, recall: number): number {
  const minority = scores.filter((_, row) => labels[row] === 1).sort();
  if (minority.length === 0) throw new InvalidArgumentError('threshold: found no minority row, needed one at least');
  const found = Math.min(minority.length, Math.max(1, Math.ceil(recall * minority.length - ROUNDING)));
  return minority[minority.length - found];
}

/** What a product of a share and a count may be off by: 0.9 * 10 asks for 9 rows, not for 10. */
const ROUNDING = 1e-9;
