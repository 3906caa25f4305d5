import { z } from 'zod';
import { DOMAIN_METHODS } from '../core/domain/methods.ts';
import { METRIC_NAMES } from '../core/evaluation/metric-names.ts';
import { planStrategies } from '../core/strategies/plan-strategies.ts';
import { STRATEGY_TYPES } from '../core/strategies/strategy.ts';
import { classFactor, LARGEST_FACTOR, SMALLEST_FACTOR } from './learner-settings.ts';

/** A recall or a precision to hold; 1 allows for no error of the kind. */
const held = z.number().gt(0).max(1);

/** Needed beside the other, which is the unit where it is left out: alone, that would be the cost of either. */
const missedCost = z
  .number({
    error: ({ input }) =>
      input === undefined
        ? 'found none, needed what a missed minority row costs beside a false alarm (--cost-false-negative)'
        : undefined,
  })
  .min(SMALLEST_FACTOR)
  .max(LARGEST_FACTOR);

/** What each outcome is worth. */
export const benefitSchema = z.strictObject({
  truePositive: z.number(),
  trueNegative: z.number(),
  falsePositive: z.number(),
  falseNegative: z.number(),
});

/** Strategies x folds x repeats of a comparison, at most: their names travel through the state machine, whose payload ends at 256 KiB. */
export const MOST_FOLD_ITEMS = 1000;

/** How the answers to imbalance are compared. */
const settings = z.strictObject({
  folds: z.int().min(2).max(20).default(5).describe('Parts of the training rows, each held out once. Default: 5.'),
  repeats: z.int().min(1).max(20).default(1).describe('Times that the rows are dealt into folds anew. Default: 1.'),
  strategies: z
    .array(z.enum(STRATEGY_TYPES))
    .default([...STRATEGY_TYPES])
    .describe('What is compared; an empty list compares nothing. Default: all, cost-weights where costs are named.'),
  ratios: z
    .array(z.number().min(0.1).max(1000))
    .min(1)
    .max(10)
    .default([1, 2, 3])
    .describe('Majority / minority that the resampling strategies are tried at. Default: 1, 2, 3.'),
  maximumRows: z
    .int()
    .min(100)
    .default(50_000)
    .describe('Training rows that the comparison uses, at most: a sample of a larger table. Default: 50,000.'),
  metric: z.enum(METRIC_NAMES).default('mcc').describe('By which the best strategy is chosen. Default: mcc.'),
  beta: z.number().positive().max(100).default(2).describe('Of f-beta: how much recall counts. Default: 2.'),
  threshold: z
    .discriminatedUnion('rule', [
      z.strictObject({ rule: z.literal('max-metric') }),
      z.strictObject({ rule: z.literal('max-f1') }),
      z.strictObject({ rule: z.literal('max-f-beta') }),
      z.strictObject({ rule: z.literal('min-cost') }),
      z.strictObject({ rule: z.literal('youden') }),
      z.strictObject({ rule: z.literal('recall-at-least'), value: held }),
      z.strictObject({ rule: z.literal('precision-at-least'), value: held }),
    ])
    .default({ rule: 'max-metric' })
    .describe('How the strategy threshold moves it, on validation folds. Default: max-metric, the best by metric.'),
  benefit: benefitSchema
    .optional()
    .describe('What each outcome is worth, for expected-value and min-cost; costs are negative. Default: none.'),
  costs: z
    .strictObject({
      falsePositive: classFactor.default(1).describe('A majority row called minority. Default: 1.'),
      falseNegative: missedCost.describe('A minority row that is missed.'),
    })
    .optional()
    .describe('What each error costs, both above 0: short for a benefit of -cost each. Default: none.'),
});

export const evaluationSettingsSchema = settings.superRefine(({ strategies: types, ratios, folds, repeats }, check) => {
  // One more for a strategy that is asked for beside those that are compared.
  const strategies =
    planStrategies({ types, ratios, costs: { costFalsePositive: 1, costFalseNegative: 1 } }).length + 1;
  if (strategies * folds * repeats <= MOST_FOLD_ITEMS) return;
  check.addIssue(
    `found ${strategies} strategies (a resampling one for each ratio) x ${folds} folds x ${repeats} repeats = ` +
      `${strategies * folds * repeats} fits, needed at most ${MOST_FOLD_ITEMS}`,
  );
});

/** How it is judged whether a row is like the training rows. */
export const domainSettingsSchema = z.strictObject({
  method: z
    .enum(DOMAIN_METHODS)
    .default('nearest-neighbours')
    .describe('How rows are judged to lie inside the domain of the training rows. Default: nearest-neighbours.'),
  coverage: z.number().min(0.5).max(0.999).default(0.95).describe('Share of training rows inside. Default: 0.95.'),
});
