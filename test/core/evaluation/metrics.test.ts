import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { precisionRecallCurve, rocCurve } from '../../../core/evaluation/curves.ts';
import { METRIC_NAMES, type MetricName } from '../../../core/evaluation/metric-names.ts';
import { type BenefitTable, evaluateMetrics, METRICS } from '../../../core/evaluation/metrics.ts';
import { arbitraryRows } from './rows.ts';

/** Made by golden/metrics.py. */
interface GoldenCase {
  readonly name: string;
  readonly beta: number;
  readonly benefit: BenefitTable;
  readonly labels: number[];
  readonly scores: number[];
  readonly predictions: number[];
  readonly probabilities: number[];
  readonly metrics: Record<MetricName, number | null>;
  /** threshold (null for infinity), false-positive rate, recall */
  readonly roc: readonly [number | null, number, number][];
  /** threshold (null for infinity), recall, precision */
  readonly precisionRecall: readonly [number | null, number, number][];
}

const golden = readFileSync(new URL('golden/metrics.json', import.meta.url), 'utf8');
const cases: readonly GoldenCase[] = JSON.parse(golden);
const TOLERANCE = 1e-12;

describe('metrics against scikit-learn', () => {
  it('has cases to compare', () => expect(cases.length).toBe(17));

  for (const { name, beta, benefit, metrics, ...rows } of cases) {
    const labels = Uint8Array.from(rows.labels);
    const scores = Float64Array.from(rows.scores);

    it(`${name}: all metrics`, () => {
      const predictions = Uint8Array.from(rows.predictions);
      const probabilities = Float64Array.from(rows.probabilities);
      const found = evaluateMetrics({ labels, predictions, scores, probabilities }, { beta, benefit });
      expect(Object.keys(found)).toEqual(METRIC_NAMES);
      for (const metric of METRIC_NAMES) expectClose(found[metric], metrics[metric], metric);
    });

    it(`${name}: ROC curve`, () => {
      const found = rocCurve(labels, scores);
      expect(found.map(({ threshold }) => unsigned(threshold))).toEqual(thresholds(rows.roc));
      for (const [n, [, falsePositiveRate, recall]] of rows.roc.entries()) {
        expectClose(found[n].falsePositiveRate, falsePositiveRate, `false-positive rate of point ${n}`);
        expectClose(found[n].recall, recall, `recall of point ${n}`);
      }
    });

    it(`${name}: precision-recall curve`, () => {
      const found = precisionRecallCurve(labels, scores);
      expect(found.map(({ threshold }) => unsigned(threshold))).toEqual(thresholds(rows.precisionRecall));
      for (const [n, [, recall, precision]] of rows.precisionRecall.entries()) {
        expectClose(found[n].recall, recall, `recall of point ${n}`);
        expectClose(found[n].precision, precision, `precision of point ${n}`);
      }
    });
  }
});

function thresholds(points: readonly [number | null, number, number][]): number[] {
  return points.map(([threshold]) => unsigned(threshold ?? Number.POSITIVE_INFINITY));
}

/** 0 for -0: the same score, of which either may come first. */
function unsigned(threshold: number): number {
  return threshold + 0;
}

function expectClose(found: number | null, expected: number | null, what: string): void {
  if (found === null || expected === null) expect(found, what).toBe(expected);
  else expect(Math.abs(found - expected), `${what}: ${found}, not ${expected}`).toBeLessThanOrEqual(TOLERANCE);
}

describe('evaluateMetrics', () => {
  const labels = Uint8Array.of(0, 1, 0, 1);
  const scores = Float64Array.of(-1, 3, 2, 1);
  const predictions = Uint8Array.of(0, 1, 1, 1);
  const probabilities = Float64Array.of(0.25, 0.875, 0.75, 0.5);

  it('follows the formulas', () => {
    const benefit = { truePositive: 10, trueNegative: 1, falsePositive: -2, falseNegative: -50 };
    const found = evaluateMetrics({ labels, predictions, scores, probabilities }, { beta: 2, benefit });
    expect(found).toMatchObject({
      mcc: (2 * 1 - 1 * 0) / Math.sqrt(3 * 2 * 2 * 1),
      f1: (2 * 2) / (2 * 2 + 1),
      'f-beta': (5 * 2) / (5 * 2 + 4 * 0 + 1),
      recall: 2 / 2,
      precision: 2 / 3,
      specificity: 1 / 2,
      'balanced-accuracy': (1 + 1 / 2) / 2,
      'g-mean': Math.sqrt(1 * (1 / 2)),
      kappa: (3 / 4 - 2 / 4) / (1 - 2 / 4),
      accuracy: 3 / 4,
      'pr-auc': (1 / 1 + 2 / 3) / 2,
      'roc-auc': 3 / 4,
      brier: (0.25 ** 2 + 0.125 ** 2 + 0.75 ** 2 + 0.5 ** 2) / 4,
      'expected-value': (2 * 10 + 1 * 1 + 1 * -2) / 4,
    });
    expect(found['log-loss']).toBeCloseTo(-Math.log(0.75 * 0.875 * 0.25 * 0.5) / 4, 14);
  });

  it('is a plain object that JSON keeps whole, and knows no worth without a benefit table', () => {
    const found = evaluateMetrics({ labels, predictions, scores, probabilities }, { beta: 2 });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    expect(found['expected-value']).toBeNull();
  });

  it('defines nothing on no rows at all', () => {
    const none = new Uint8Array();
    const benefit = { truePositive: 1, trueNegative: 1, falsePositive: 1, falseNegative: 1 };
    const found = evaluateMetrics(
      { labels: none, predictions: none, scores: new Float64Array(), probabilities: new Float64Array() },
      { beta: 1, benefit },
    );
    expect(new Set(Object.values(found))).toEqual(new Set([null]));
  });

  it('stays finite where a row was held impossible: 52 ln 2', () => {
    const found = evaluateMetrics(
      {
        labels: Uint8Array.of(1),
        predictions: Uint8Array.of(0),
        scores: Float64Array.of(0),
        probabilities: Float64Array.of(0),
      },
      {
        beta: 1,
      },
    );
    expect(found['log-loss']).toBeCloseTo(52 * Math.LN2, 12);
  });

  it('stays within the range of each metric, whatever the rows', () => {
    const benefit = { truePositive: 3, trueNegative: 1, falsePositive: -1, falseNegative: -2 };
    const low: Partial<Record<MetricName, number>> = { mcc: -1, kappa: -1, 'expected-value': -2 };
    const high: Partial<Record<MetricName, number>> = { 'log-loss': 52 * Math.LN2 + 1e-9, 'expected-value': 3 };
    fc.assert(
      fc.property(arbitraryRows(), fc.double({ min: 0.01, max: 100, noNaN: true }), (rows, beta) => {
        const found = evaluateMetrics(rows, {
          beta,
          benefit,
        });
        for (const metric of METRIC_NAMES) {
          const value = found[metric];
          if (value === null) continue;
          expect(value, metric).toBeGreaterThanOrEqual((low[metric] ?? 0) - 1e-15);
          expect(value, metric).toBeLessThanOrEqual((high[metric] ?? 1) + 1e-15);
        }
      }),
    );
  });

  it('turns ROC-AUC round with the scores, and kappa, MCC and the means stay when the classes change places', () => {
    fc.assert(
      fc.property(arbitraryRows(1), (rows) => {
        const turned = {
          labels: rows.labels.map((label) => 1 - label),
          predictions: rows.predictions.map((label) => 1 - label),
          scores: rows.scores.map((score) => -score),
          probabilities: rows.probabilities.map((probability) => 1 - probability),
        };
        const options = { beta: 1 };
        const found = evaluateMetrics(rows, options);
        const swapped = evaluateMetrics(turned, options);
        const symmetric = ['mcc', 'kappa', 'balanced-accuracy', 'g-mean', 'accuracy', 'roc-auc', 'brier'] as const;
        for (const metric of symmetric) expectClose(swapped[metric], found[metric], metric);
        expectClose(swapped.recall, found.specificity, 'recall');
        const auc = evaluateMetrics(
          {
            labels: rows.labels,
            predictions: rows.predictions,
            scores: turned.scores,
            probabilities: rows.probabilities,
          },
          options,
        )['roc-auc'];
        if (auc !== null) expectClose(auc, 1 - (found['roc-auc'] ?? Number.NaN), 'roc-auc of turned scores');
      }),
    );
  });

  it('names what does not fit', () => {
    const evaluate = (change: Partial<{ probabilities: Float64Array; beta: number; benefit: BenefitTable }>) =>
      evaluateMetrics(
        { labels, predictions, scores, probabilities: change.probabilities ?? probabilities },
        { beta: 2, ...change },
      );
    expect(() => evaluate({ probabilities: Float64Array.of(1) })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: probabilities: found 1, needed 4, one per label]`,
    );
    expect(() => evaluate({ probabilities: Float64Array.of(0, 1, 1.5, 0) })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: probabilities: found 1.5 at row 2, needed numbers from 0 to 1]`,
    );
    expect(() => evaluate({ probabilities: Float64Array.of(0, Number.NaN, 1, 0) })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: probabilities: found NaN at row 1, needed numbers from 0 to 1]`,
    );
    expect(() => evaluate({ beta: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: beta: found 0, needed a positive finite number]`,
    );
    const benefit = { truePositive: 1, trueNegative: 0, falsePositive: Number.NaN, falseNegative: 0 };
    expect(() => evaluate({ benefit })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: benefit, falsePositive: found NaN, needed a finite number]`,
    );
  });
});

describe('METRICS', () => {
  it('describes every metric, in order, and warns of accuracy', () => {
    expect(Object.keys(METRICS)).toEqual(METRIC_NAMES);
    expect(METRICS.accuracy.note).toMatch(/^Misleads on imbalanced rows/);
    const lower = METRIC_NAMES.filter((name) => !METRICS[name].higherIsBetter);
    expect(lower).toEqual(['brier', 'log-loss']);
  });

  it('says which need no threshold: those that predictions do not change', () => {
    const labels = Uint8Array.of(0, 1, 0, 1);
    const [scores, probabilities] = [Float64Array.of(1, 2, 3, 4), Float64Array.of(0.1, 0.2, 0.3, 0.4)];
    const benefit = { truePositive: 1, trueNegative: 0, falsePositive: -1, falseNegative: 0 };
    const evaluate = (predictions: Uint8Array) =>
      evaluateMetrics({ labels, predictions, scores, probabilities }, { beta: 2, benefit });
    const [few, many] = [evaluate(Uint8Array.of(0, 0, 0, 1)), evaluate(Uint8Array.of(0, 1, 1, 1))];
    const same = METRIC_NAMES.filter((name) => few[name] === many[name]);
    expect(METRIC_NAMES.filter((name) => METRICS[name].ranking)).toEqual(['pr-auc', 'roc-auc', 'brier', 'log-loss']);
    expect(same).toEqual(expect.arrayContaining(METRIC_NAMES.filter((name) => METRICS[name].ranking)));
  });
});

describe('curves', () => {
  it('come to the areas: trapezoids under ROC, steps under precision and recall', () => {
    fc.assert(
      fc.property(arbitraryRows(1), ({ labels, predictions, scores, probabilities }) => {
        const metrics = evaluateMetrics({ labels, predictions, scores, probabilities }, { beta: 1 });
        const roc = rocCurve(labels, scores);
        const area = roc.reduce((sum, { falsePositiveRate, recall }, n) => {
          const before = roc[Math.max(0, n - 1)];
          return sum + ((falsePositiveRate - before.falsePositiveRate) * (recall + before.recall)) / 2;
        }, 0);
        expectClose(roc.length === 0 ? null : area, metrics['roc-auc'], 'area under ROC');
        const steps = precisionRecallCurve(labels, scores);
        const under = steps.reduce(
          (sum, { recall, precision }, n) => sum + (recall - steps[Math.max(0, n - 1)].recall) * precision,
          0,
        );
        expectClose(steps.length === 0 ? null : under, metrics['pr-auc'], 'area under precision-recall');
      }),
    );
  });

  it('have the rates of the rows that score at least the threshold', () => {
    fc.assert(
      fc.property(arbitraryRows(1), ({ labels, scores }) => {
        const share = (of: number, threshold: number) =>
          scores.filter((score, row) => labels[row] === of && score >= threshold).length /
          labels.filter((label) => label === of).length;
        for (const { threshold, falsePositiveRate, recall } of rocCurve(labels, scores)) {
          expect([falsePositiveRate, recall]).toEqual([share(0, threshold), share(1, threshold)]);
        }
      }),
    );
  });

  it('has two points where the score is constant', () => {
    expect(rocCurve(Uint8Array.of(0, 1), Float64Array.of(7, 7))).toEqual([
      { threshold: Number.POSITIVE_INFINITY, falsePositiveRate: 0, recall: 0 },
      { threshold: 7, falsePositiveRate: 1, recall: 1 },
    ]);
  });
});
