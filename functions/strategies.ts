import type { ResolvedRequest } from '../contracts/request.ts';
import type { ClassCounts } from '../contracts/workflow.ts';
import type { Goal } from '../core/comparison/goal.ts';
import type { BenefitTable } from '../core/evaluation/metrics.ts';
import { misclassificationCosts } from '../core/strategies/costs.ts';
import { planStrategies, resamples } from '../core/strategies/plan-strategies.ts';
import type { EvaluationSettings } from '../core/strategies/settings.ts';
import type { Strategy } from '../core/strategies/strategy.ts';

/** What each outcome is worth; undefined where the request says nothing of it. Costs alone make right answers worth 0. */
export function benefitOf({ evaluation: { benefit, costs } }: ResolvedRequest): BenefitTable | undefined {
  if (benefit || !costs) return benefit;
  return {
    truePositive: 0,
    trueNegative: 0,
    falsePositive: -costs.falsePositive,
    falseNegative: -costs.falseNegative,
  };
}

/** What strategies train with and are judged by, as the request says. */
export function evaluationSettings(request: ResolvedRequest): EvaluationSettings {
  const { learner, discriminator, evaluation } = request;
  const { rows, epochs, ...generator } = request.generator;
  const benefit = benefitOf(request);
  const { metric, threshold, beta } = evaluation;
  return {
    learner,
    generator: { ...generator, ...(rows === undefined ? {} : { rows }), ...(epochs === undefined ? {} : { epochs }) },
    discriminator,
    metric,
    threshold,
    beta,
    benefit,
    costs: (benefit && misclassificationCosts(benefit)) ?? undefined,
  };
}

/**
 * The strategies that a request compares, the one that it publishes among them; none where it asks for none.
 *
 * @param train training rows by class
 */
export function comparedStrategies(request: ResolvedRequest, train: ClassCounts): Strategy[] {
  const { strategies, ratios } = request.evaluation;
  const { costs } = evaluationSettings(request);
  const asked = askedStrategy(request);
  // Where to move a threshold is known from held-out rows alone.
  const types = strategies.length === 0 && asked?.type === 'threshold' ? [asked.type] : strategies;
  return planStrategies({ types, ratios, rows: train, costs: costs ?? null, ...(asked ? { asked } : {}) });
}

/** The strategy that the request publishes; undefined where the comparison is to choose it. */
export function askedStrategy({ strategy: type, sampling }: ResolvedRequest): Strategy | undefined {
  if (type === 'auto') return undefined;
  return { type, ratio: resamples(type) ? sampling.ratio : null };
}

/** What a request's rule for the threshold is to reach, where it is such a one. */
export function askedGoal({ evaluation: { threshold } }: ResolvedRequest): Goal | undefined {
  if (threshold.rule === 'recall-at-least') return { metric: 'recall', atLeast: threshold.value };
  if (threshold.rule === 'precision-at-least') return { metric: 'precision', atLeast: threshold.value };
  return undefined;
}
