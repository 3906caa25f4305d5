import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { METRIC_NAMES, type MetricName } from '../../../core/evaluation/metric-names.ts';
import { evaluateMetrics, METRICS } from '../../../core/evaluation/metrics.ts';
import { chooseThreshold, type ThresholdRule, thresholdForRecall } from '../../../core/evaluation/thresholds.ts';
import { arbitraryRows, arbitraryScoredRows } from './rows.ts';

const BENEFIT = { truePositive: 5, trueNegative: 0, falsePositive: -1, falseNegative: -5 };
const OPTIONS = { beta: 2, benefit: BENEFIT };

function callAtLeast(threshold: number, scores: Float64Array): Uint8Array {
  return Uint8Array.from(scores, (score) => (score >= threshold ? 1 : 0));
}

function metricsAt(threshold: number, labels: Uint8Array, scores: Float64Array): Record<MetricName, number | null> {
  const probabilities = new Float64Array(scores.length);
  return evaluateMetrics({ labels, predictions: callAtLeast(threshold, scores), scores, probabilities }, OPTIONS);
}

/** The next larger double. */
function nextUp(value: number): number {
  const bits = new BigInt64Array(new Float64Array([value]).buffer);
  bits[0] += value > 0 ? 1n : -1n;
  return new Float64Array(bits.buffer)[0];
}

/** Between all neighbouring scores, and beyond the ends; from the highest down. */
function candidates(scores: Float64Array): number[] {
  const distinct = [...new Set(scores)].sort((a, b) => b - a);
  const between = distinct.slice(1).map((score, n) => (score + distinct[n]) / 2);
  return distinct.length === 0 ? [] : [distinct[0] + 1, ...between, distinct.at(-1)! - 1];
}

describe('chooseThreshold', () => {
  const labels = Uint8Array.of(0, 0, 1, 0, 1, 0, 1);
  const scores = Float64Array.of(1, 2, 3, 4, 5, 6, 7);
  const choose = (rule: ThresholdRule) => chooseThreshold(rule, labels, scores, OPTIONS);

  it('lies midway between the scores on either side', () => {
    expect(choose({ rule: 'max-f1' })).toBe((2 + 3) / 2);
    expect(choose({ rule: 'max-f-beta' })).toBe((2 + 3) / 2);
    expect(choose({ rule: 'max-metric', metric: 'f1' })).toBe((2 + 3) / 2);
    expect(choose({ rule: 'precision-at-least', value: 1 })).toBe((6 + 7) / 2);
    expect(choose({ rule: 'precision-at-least', value: 0.55 })).toBe((2 + 3) / 2);
    expect(choose({ rule: 'recall-at-least', value: 0.5 })).toBe((4 + 5) / 2);
  });

  it('is the highest of equally good ones', () => {
    // J is 1/3 with one row called, 2/3 - 1/4 with three, 1 - 2/4 with five
    expect(choose({ rule: 'youden' })).toBe((2 + 3) / 2);
    const tied = Uint8Array.of(1, 0, 1, 0);
    const found = chooseThreshold({ rule: 'youden' }, tied, Float64Array.of(1, 2, 3, 4), OPTIONS);
    // J is nowhere above 0, and 0 where no row is called
    expect(found).toBe(4 + 1);
  });

  it('weighs the errors by their cost', () => {
    const cheap = { truePositive: 0, trueNegative: 0, falsePositive: -1, falseNegative: -0.5 };
    const dear = { truePositive: 0, trueNegative: 0, falsePositive: -1, falseNegative: -50 };
    const chooseBy = (benefit: typeof cheap) =>
      chooseThreshold({ rule: 'min-cost' }, labels, scores, { beta: 1, benefit });
    expect(chooseBy(cheap)).toBe((6 + 7) / 2);
    expect(chooseBy(dear)).toBe((2 + 3) / 2);
  });

  it('lies between scores that no other number lies between: at the upper one', () => {
    for (const below of [1, 0.1, -0.3, 1e300, 5e-324, 1 - 2 ** -53]) {
      const above = nextUp(below);
      const found = chooseThreshold({ rule: 'max-f1' }, Uint8Array.of(0, 1), Float64Array.of(below, above), OPTIONS);
      expect(found, `${below}`).toBe(above);
    }
  });

  it('lies beyond the ends where every row, or none, is best called minority', () => {
    expect(choose({ rule: 'max-metric', metric: 'recall' })).toBe((2 + 3) / 2);
    expect(choose({ rule: 'max-metric', metric: 'specificity' })).toBe(7 + 1);
    const reversed = scores.map((score) => -score);
    const benefit = { truePositive: 0, trueNegative: 0, falsePositive: -1, falseNegative: -100 };
    expect(
      chooseThreshold({ rule: 'min-cost' }, Uint8Array.of(1, 0), Float64Array.of(0.2, 0.7), { beta: 1, benefit }),
    ).toBe(0.2 - 1);
    expect(chooseThreshold({ rule: 'max-f1' }, labels, reversed, OPTIONS)).toBe(-7 - 1);
  });

  it('is the best of all, by brute force, for every metric that a threshold moves', () => {
    const metrics = METRIC_NAMES.filter((name) => !METRICS[name].ranking);
    fc.assert(
      fc.property(arbitraryRows(), fc.constantFrom(...metrics), (rows, metric) => {
        const found = chooseThreshold({ rule: 'max-metric', metric }, rows.labels, rows.scores, OPTIONS);
        let best: { threshold: number; value: number } | null = null;
        for (const threshold of candidates(rows.scores)) {
          const value = metricsAt(threshold, rows.labels, rows.scores)[metric];
          if (value !== null && (best === null || value > best.value)) best = { threshold, value };
        }
        expect(found).toBe(best === null ? null : best.threshold);
      }),
    );
  });

  it("is the best by Youden's J and by a bound, by brute force", () => {
    const value = fc.integer({ min: 0, max: 20 }).map((n) => n / 20);
    const rule: fc.Arbitrary<ThresholdRule> = fc.oneof(
      fc.constant({ rule: 'youden' } as const),
      value.map((least) => ({ rule: 'recall-at-least', value: least }) as const),
      value.map((least) => ({ rule: 'precision-at-least', value: least }) as const),
    );
    fc.assert(
      fc.property(arbitraryRows(), rule, ({ labels: is, scores: scored }, asked) => {
        const rank = (threshold: number): readonly [number, number] | null => {
          const { recall, precision, specificity } = metricsAt(threshold, is, scored);
          if (asked.rule === 'youden') {
            return recall === null || specificity === null ? null : [recall + specificity - 1, threshold];
          }
          const [held, sought] = asked.rule === 'recall-at-least' ? [recall, precision] : [precision, recall];
          const least = 'value' in asked ? asked.value : 0;
          return held === null || sought === null || held < least - 1e-9 ? null : [sought, held];
        };
        const ranked = candidates(scored).map((threshold) => ({ threshold, rank: rank(threshold) }));
        const eligible = ranked.flatMap(({ threshold, rank }) => (rank === null ? [] : [{ threshold, rank }]));
        eligible.sort((a, b) => b.rank[0] - a.rank[0] || b.rank[1] - a.rank[1] || b.threshold - a.threshold);
        expect(chooseThreshold(asked, is, scored, OPTIONS)).toBe(eligible[0]?.threshold ?? null);
      }),
    );
  });

  it('separates neighbouring scores of any size: what it calls minority is what was counted', () => {
    fc.assert(
      fc.property(
        arbitraryScoredRows(),
        fc.constantFrom('mcc', 'accuracy', 'f1'),
        ({ labels: is, scores: scored }, metric) => {
          const found = chooseThreshold({ rule: 'max-metric', metric }, is, scored, OPTIONS);
          const distinct = [...new Set(scored)];
          const values = [Number.POSITIVE_INFINITY, ...distinct].map((at) => metricsAt(at, is, scored)[metric] ?? -2);
          if (found === null) expect(Math.max(...values)).toBe(-2);
          else expect(metricsAt(found, is, scored)[metric]).toBe(Math.max(...values));
        },
      ),
    );
  });

  it('is null where no threshold fulfils the rule', () => {
    expect(
      chooseThreshold(
        { rule: 'precision-at-least', value: 0.9 },
        labels,
        scores.map((score) => -score),
        OPTIONS,
      ),
    ).toBeNull();
    const majority = new Uint8Array(7);
    for (const rule of ['youden', 'max-f1'] as const) {
      expect(chooseThreshold({ rule }, majority, scores, OPTIONS), rule).toBe(rule === 'youden' ? null : 6.5);
    }
    expect(chooseThreshold({ rule: 'max-metric', metric: 'mcc' }, majority, scores, OPTIONS)).toBeNull();
    expect(chooseThreshold({ rule: 'recall-at-least', value: 0.5 }, majority, scores, OPTIONS)).toBeNull();
    expect(chooseThreshold({ rule: 'max-f1' }, new Uint8Array(), new Float64Array(), OPTIONS)).toBeNull();
    for (const metric of ['pr-auc', 'roc-auc', 'brier', 'log-loss'] as const) {
      expect(choose({ rule: 'max-metric', metric }), metric).toBeNull();
    }
  });

  it('forgives a bound what rounding adds to it: 9 of 10 rows are a recall of 0.9', () => {
    const is = Uint8Array.of(1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    const scored = Float64Array.from(is, (_, row) => row);
    const atLeast = (rule: 'recall-at-least' | 'precision-at-least', value: number) =>
      chooseThreshold({ rule, value }, is, scored, OPTIONS);
    expect(atLeast('recall-at-least', 9 / 10 + 1e-12)).toBe((1 + 2) / 2);
    expect(atLeast('recall-at-least', 9 / 10 + 1e-6)).toBe(0 - 1);
    expect(atLeast('precision-at-least', 10 / 11 + 1e-12)).toBe(0 - 1);
    expect(atLeast('precision-at-least', 10 / 11 + 1e-6)).toBe((1 + 2) / 2);
  });

  it('names what does not fit', () => {
    expect(() => choose({ rule: 'recall-at-least', value: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: recall-at-least: found 1.5, needed a number from 0 to 1]`,
    );
    expect(() => choose({ rule: 'precision-at-least', value: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: precision-at-least: found NaN, needed a number from 0 to 1]`,
    );
    expect(() => chooseThreshold({ rule: 'min-cost' }, labels, scores, { beta: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: benefit: found none, needed what each outcome is worth, to choose a threshold by it]`,
    );
    expect(() => chooseThreshold({ rule: 'max-f1' }, labels, scores, { beta: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: beta: found -1, needed a positive finite number]`,
    );
    expect(() =>
      chooseThreshold({ rule: 'max-f1' }, Uint8Array.of(1), scores, OPTIONS),
    ).toThrowErrorMatchingInlineSnapshot(`[InvalidArgumentError: scores: found 7, needed 1, one per label]`);
  });
});

describe('thresholdForRecall', () => {
  it('is the score of the row that completes the recall', () => {
    const labels = Uint8Array.of(1, 0, 1, 1, 0, 1, 1);
    const scores = Float64Array.of(0.9, 0.95, 0.8, 0.3, 0.7, 0.6, 0.1);
    expect(thresholdForRecall(labels, scores, 1 / 5)).toBe(0.9);
    expect(thresholdForRecall(labels, scores, 3 / 5)).toBe(0.6);
    expect(thresholdForRecall(labels, scores, 0.61)).toBe(0.3);
    expect(thresholdForRecall(labels, scores, 1)).toBe(0.1);
  });

  it('is the highest threshold that reaches the recall', () => {
    const rows = fc.array(fc.record({ label: fc.constantFrom(0, 1), score: fc.integer({ min: 0, max: 9 }) }), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(rows, fc.double({ min: 0.01, max: 1, noNaN: true }), (drawn, recall) => {
        const all = [{ label: 1, score: 5 }, ...drawn];
        const labels = Uint8Array.from(all, ({ label }) => label);
        const scores = Float64Array.from(all, ({ score }) => score);
        const threshold = thresholdForRecall(labels, scores, recall);
        const recallAt = (least: number) =>
          all.filter(({ label, score }) => label === 1 && score >= least).length /
          all.filter(({ label }) => label === 1).length;
        expect(recallAt(threshold)).toBeGreaterThanOrEqual(recall - 1e-9);
        expect(recallAt(threshold + 1)).toBeLessThan(recall);
      }),
    );
  });

  it('asks for 9 of 10 rows where the recall is 0.9', () => {
    const scores = Float64Array.from({ length: 10 }, (_, i) => i);
    expect(thresholdForRecall(new Uint8Array(10).fill(1), scores, 0.1 + 0.8)).toBe(1);
  });

  it('needs a minority row', () => {
    expect(() => thresholdForRecall(Uint8Array.of(0), Float64Array.of(1), 0.5)).toThrow(
      'threshold: found no minority row, needed one at least',
    );
  });
});
