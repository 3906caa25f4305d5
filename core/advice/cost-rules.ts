import { percent } from '../counting.ts';
import type { Rule } from './rule.ts';
import type { ErrorCosts } from './table-facts.ts';

/** The probability of the minority from which calling it so costs less: c10 / (c10 + c01) of Elkan 2001, section 2.2. */
function costThreshold({ falsePositive, falseNegative }: ErrorCosts): number {
  return falsePositive / (falsePositive + falseNegative);
}

/** What errors cost. */
export const COST_RULES: readonly Rule[] = [
  {
    id: 'costs-named',
    when: 'both costs are named (--cost-false-positive, --cost-false-negative)',
    applies: ({ costs }) => costs !== null,
    found: ({ costs }) =>
      costs
        ? `a missed minority row costs ${Number((costs.falseNegative / costs.falsePositive).toPrecision(3))} false alarms`
        : '',
    advice: ({ costs }) =>
      `Choose by what errors cost. On calibrated probabilities the best threshold is known: call a row minority from ${costs ? percent(costThreshold(costs)) : ''} on. ` +
      'No resampling is needed for that.',
    sources: ['elkan2001'],
    settings: ({ costs }) => (costs ? { costs, metric: 'expected-value' } : {}),
  },
  {
    id: 'costs-unknown',
    when: 'a cost is not named',
    applies: ({ costs }) => costs === null,
    found: () => 'no costs named',
    advice:
      'Name what a false alarm and a missed minority row cost, if only roughly: the threshold follows from their proportion. Until ' +
      'then MCC stands in, which is high only where both classes are told well.',
    sources: ['elkan2001', 'chicco2020'],
  },
];
