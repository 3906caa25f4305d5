import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { METRIC_NAMES } from '../../../core/evaluation/metric-names.ts';
import { differenceRange, metricRange } from '../../../core/evaluation/metric-ranges.ts';
import { evaluateMetrics } from '../../../core/evaluation/metrics.ts';
import { arbitraryRows } from './rows.ts';

const BENEFIT = { truePositive: 4, trueNegative: 0, falsePositive: -1, falseNegative: -2.5 };

describe('metricRange', () => {
  it('holds every value that there is', () => {
    fc.assert(
      fc.property(arbitraryRows(1), ({ labels, predictions, scores, probabilities }) => {
        const found = evaluateMetrics({ labels, predictions, scores, probabilities }, { beta: 2, benefit: BENEFIT });
        for (const name of METRIC_NAMES) {
          const { least, greatest } = metricRange(name, BENEFIT);
          const value = found[name] ?? least;
          expect(value >= least - 1e-12 && value <= greatest + 1e-12, `${name}: ${value}`).toBe(true);
        }
      }),
    );
  });

  it('is reached: by the best and the worst of correlations, losses and values, and by shares', () => {
    const labels = Uint8Array.of(0, 1);
    const of = (predictions: Uint8Array) =>
      evaluateMetrics(
        { labels, predictions, scores: Float64Array.of(0, 1), probabilities: Float64Array.from(predictions) },
        {
          beta: 2,
          benefit: { ...BENEFIT, trueNegative: 4, falsePositive: -2.5 },
        },
      );
    const [best, worst] = [of(labels), of(Uint8Array.of(1, 0))];
    expect(metricRange('mcc')).toEqual({ least: worst.mcc, greatest: best.mcc });
    expect(metricRange('recall')).toEqual({ least: worst.recall, greatest: best.recall });
    expect(metricRange('log-loss').greatest).toBeCloseTo(worst['log-loss']!, 9);
    expect(metricRange('expected-value', BENEFIT)).toEqual({
      least: worst['expected-value'],
      greatest: best['expected-value'],
    });
  });

  it('has no ends for an expected value of no known worth', () => {
    expect(metricRange('expected-value')).toEqual({ least: -Infinity, greatest: Infinity });
  });

  it('is twice as broad for differences', () => {
    expect(differenceRange({ least: -1, greatest: 1 })).toEqual({ least: -2, greatest: 2 });
    expect(differenceRange({ least: 0, greatest: 1 })).toEqual({ least: -1, greatest: 1 });
    expect(differenceRange(metricRange('expected-value'))).toEqual({ least: -Infinity, greatest: Infinity });
  });
});
