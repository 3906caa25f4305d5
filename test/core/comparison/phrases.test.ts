import { describe, expect, it } from 'vitest';
import { figure, gainOf, metricName } from '../../../core/comparison/phrases.ts';
import { METRIC_NAMES } from '../../../core/evaluation/metric-names.ts';

describe('phrases', () => {
  it('writes metrics as they stand within a sentence', () => {
    expect(METRIC_NAMES.map(metricName).join(', ')).toMatchInlineSnapshot(
      `"MCC, F1, F-beta, recall, precision, specificity, balanced accuracy, G-mean, Cohen's kappa, accuracy, PR-AUC, ROC-AUC, Brier score, log loss, expected value per row"`,
    );
  });

  it.each([
    [0.5, '0.500'],
    [-0.0004, '0.000'],
    [12.345, '12.3'],
    [-1234.4, '-1,234'],
    [null, 'not defined'],
  ])('writes %d as %s', (value, text) => {
    expect(figure(value)).toBe(text);
  });

  it('takes a lower value for a gain where lower is better', () => {
    const difference = { estimate: -0.1, low: -0.3, high: 0.1 };
    expect(gainOf(difference, 'mcc')).toEqual(difference);
    expect(gainOf(difference, 'brier')).toEqual({ estimate: 0.1, low: -0.1, high: 0.3 });
    expect(gainOf({ estimate: -0.1, low: null, high: null }, 'brier')).toEqual({
      estimate: 0.1,
      low: null,
      high: null,
    });
  });
});
