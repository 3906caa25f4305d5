import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { possibleIntervals } from '../../../core/comparison/possible-intervals.ts';
import { judgeComparison } from '../../../core/comparison/verdict.ts';
import type { MetricName } from '../../../core/evaluation/metric-names.ts';
import { madeUp } from './made-up.ts';

const COUNTS = { truePositives: 400, falsePositives: 100 };
const BENEFIT = { truePositive: 4, trueNegative: 0, falsePositive: -1, falseNegative: -2 };

function oneStrategy(metric: MetricName, value: number, spread: number, difference = 0, differenceSpread = 0) {
  const given = { ...COUNTS, value, spread, difference, differenceSpread, matched: 0.995 };
  return madeUp({ best: 'none', metric, strategies: { none: given } });
}

describe('possibleIntervals', () => {
  it('cuts intervals off where a metric ends', () => {
    const { metrics, differences, recallAtMatchedFpr } = possibleIntervals(oneStrategy('mcc', 0.25, 2.25, 1.5, 0.75))
      .strategies[0];
    expect(metrics.mcc).toEqual({ estimate: 0.25, low: -1, high: 1 });
    expect(differences.mcc).toEqual({ estimate: 1.5, low: 0.75, high: 2 });
    expect(recallAtMatchedFpr).toEqual({ estimate: 0.995, low: 0.995 - 0.02, high: 1 });
    const loss = possibleIntervals(oneStrategy('log-loss', 0.5, 0.75, -0.5, 0.25)).strategies[0];
    expect(loss.metrics['log-loss']).toEqual({ estimate: 0.5, low: 0, high: 1.25 });
    expect(loss.differences['log-loss']).toEqual({ estimate: -0.5, low: -0.75, high: -0.25 });
  });

  it('bounds an expected value by what outcomes are worth, and not at all where that is not known', () => {
    const comparison = oneStrategy('expected-value', 3, 8, -1, 9);
    expect(possibleIntervals(comparison, BENEFIT).strategies[0]).toMatchObject({
      metrics: { 'expected-value': { estimate: 3, low: -2, high: 4 } },
      differences: { 'expected-value': { estimate: -1, low: -6, high: 6 } },
    });
    const [unbounded, { metrics, differences }] = [
      possibleIntervals(comparison).strategies[0],
      comparison.strategies[0],
    ];
    expect([unbounded.metrics, unbounded.differences]).toEqual([metrics, differences]);
  });

  it('has none where two folds, dealt once, are all there are', () => {
    const comparison = oneStrategy('mcc', 0.25, 0.125);
    const { folds, ...protocol } = comparison.protocol;
    const dealt = (repeats: number) => ({ ...comparison, protocol: { ...protocol, folds: 2, repeats } });
    const { metrics, differences, recallAtMatchedFpr } = possibleIntervals(dealt(1)).strategies[0];
    expect(metrics.mcc).toEqual({ estimate: 0.25, low: null, high: null });
    expect(differences.mcc).toEqual({ estimate: 0, low: null, high: null });
    expect(recallAtMatchedFpr).toEqual({ estimate: 0.995, low: null, high: null });
    expect(possibleIntervals(dealt(2)).strategies[0].metrics.mcc).toEqual({ estimate: 0.25, low: 0.125, high: 0.375 });
  });

  it('changes no verdict but for the ends of intervals that it tells', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const spread = fc.double({ min: 0, max: 3, noNaN: true });
    const strategy = fc.record({ value: share, spread, differenceSpread: spread });
    const ids = ['none', 'threshold', 'algorithm-1@1'] as const;
    const given = fc.record({ none: strategy, threshold: strategy, 'algorithm-1@1': strategy });
    fc.assert(
      fc.property(given, fc.constantFrom(...ids), fc.constantFrom(...ids), (strategies, best, asked) => {
        const made = Object.entries(strategies).map(([id, each]) => [
          id,
          { ...COUNTS, ...each, difference: each.value - strategies.none.value },
        ]);
        const comparison = madeUp({ best, metric: 'f1', strategies: Object.fromEntries(made) });
        const [before, after] = [comparison, possibleIntervals(comparison)].map((each) => {
          const { headline, reasons, prefer } = judgeComparison(each, asked);
          // Ends of intervals: `interval 0.013 to 0.105`, `interval of the gain -0.013 to 0.105`
          const told = [headline, ...reasons].map((text) =>
            text.replace(/(interval[a-z ]*)[−-]?[\d.,]+ to [−-]?[\d.,]+/g, '$1'),
          );
          return { told, prefer };
        });
        expect(after).toEqual(before);
      }),
    );
  });
});
