import { describe, expect, it } from 'vitest';
import { thresholdRule } from '../../../core/strategies/threshold-rule.ts';

describe('thresholdRule', () => {
  it('takes max-metric for the metric of the comparison, and leaves other rules alone', () => {
    expect(thresholdRule({ rule: 'max-metric' }, 'f1')).toEqual({ rule: 'max-metric', metric: 'f1' });
    expect(thresholdRule({ rule: 'recall-at-least', value: 0.9 }, 'f1')).toEqual({
      rule: 'recall-at-least',
      value: 0.9,
    });
  });

  it.each(['pr-auc', 'roc-auc', 'brier', 'log-loss'] as const)(
    'takes MCC where %s is the same at all thresholds',
    (metric) => {
      expect(thresholdRule({ rule: 'max-metric' }, metric)).toEqual({ rule: 'max-metric', metric: 'mcc' });
    },
  );
});
