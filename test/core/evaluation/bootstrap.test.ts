import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BootstrapOptions, bootstrapIntervals } from '../../../core/evaluation/bootstrap.ts';
import { METRIC_NAMES, type MetricName } from '../../../core/evaluation/metric-names.ts';
import { evaluateMetrics } from '../../../core/evaluation/metrics.ts';
import { createRng, type Rng } from '../../../core/random/rng.ts';
import { arbitraryRows, type Rows } from './rows.ts';

const BENEFIT = { truePositive: 4, trueNegative: 0, falsePositive: -1, falseNegative: -2 };
const OPTIONS = { beta: 2, benefit: BENEFIT };

function intervalsOf(rows: Rows, options: BootstrapOptions, rng: Rng) {
  return bootstrapIntervals(rows, options, rng);
}

/** Normal scores, those of the minority 1 higher; called minority above 1/2. */
function drawRows(majority: number, minority: number, rng: Rng): Rows {
  const labels = Uint8Array.from({ length: majority + minority }, (_, row) => (row < minority ? 1 : 0));
  const scores = Float64Array.from(labels, (label) => rng.nextNormal() + label);
  return {
    labels,
    scores,
    predictions: Uint8Array.from(scores, (score) => (score > 1 / 2 ? 1 : 0)),
    probabilities: scores.map((score) => 1 / (1 + Math.exp(-score))),
  };
}

describe('bootstrapIntervals', () => {
  it('holds the true value about as often as it says', () => {
    const rng = createRng(0, 'coverage');
    const TRIALS = 400;
    // Of the normal distribution at 1/2, and at 1 / sqrt(2)
    const [atHalf, atRootHalf] = [0.6914624612740131, 0.7602499389065233];
    const truth: Partial<Record<MetricName, number>> = {
      recall: atHalf,
      specificity: atHalf,
      'balanced-accuracy': atHalf,
      precision: (60 * atHalf) / (60 * atHalf + 140 * (1 - atHalf)),
      accuracy: atHalf,
      'roc-auc': atRootHalf,
      'expected-value': (60 * (4 * atHalf - 2 * (1 - atHalf)) - 140 * (1 - atHalf)) / 200,
    };
    const held = new Map<string, number>();
    for (let trial = 0; trial < TRIALS; trial++) {
      const found = intervalsOf(drawRows(140, 60, rng), { ...OPTIONS, replicates: 200, level: 0.9 }, rng);
      for (const [metric, value] of Object.entries(truth)) {
        const { low, high } = found[metric as MetricName];
        if (low! <= value && value <= high!) held.set(metric, (held.get(metric) ?? 0) + 1);
      }
    }
    for (const metric of Object.keys(truth)) {
      const share = held.get(metric)! / TRIALS;
      expect(share, metric).toBeGreaterThan(0.84);
      expect(share, metric).toBeLessThan(0.95);
    }
  });

  it('gives the same for the same seed, and something else for another', () => {
    const rows = drawRows(70, 30, createRng(0, 'rows'));
    const found = intervalsOf(rows, OPTIONS, createRng(0, 'bootstrap'));
    expect(intervalsOf(rows, OPTIONS, createRng(0, 'bootstrap'))).toEqual(found);
    expect(intervalsOf(rows, OPTIONS, createRng(1, 'bootstrap'))).not.toEqual(found);
  });

  it('draws 1,000 samples at a level of 95% where nothing else is asked for', () => {
    const rows = drawRows(30, 20, createRng(0, 'rows'));
    const asked = intervalsOf(rows, { ...OPTIONS, replicates: 1000, level: 0.95 }, createRng(0, 'bootstrap'));
    expect(intervalsOf(rows, OPTIONS, createRng(0, 'bootstrap'))).toEqual(asked);
  });

  it('is the quantiles of what evaluateMetrics says of the drawn rows, whatever the rows', () => {
    fc.assert(
      fc.property(arbitraryRows(), fc.integer({ min: 1, max: 8 }), (rows, replicates) => {
        const found = intervalsOf(rows, { ...OPTIONS, replicates, level: 0.5 }, createRng(3, 'bootstrap'));
        const rng = createRng(3, 'bootstrap');
        const values = Array.from({ length: replicates }, () => metricsOf(drawAgain(rows, rng)));
        expect(Object.keys(found)).toEqual(METRIC_NAMES);
        for (const metric of METRIC_NAMES) {
          const defined = values.map((value) => value[metric]).filter((value) => value !== null);
          expectClose(found[metric].estimate, metricsOf(rows)[metric], metric);
          expectClose(found[metric].low, quantile(defined, 0.25), `${metric}, low`);
          expectClose(found[metric].high, quantile(defined, 0.75), `${metric}, high`);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('leaves nothing to chance where each class is one row over and over', () => {
    const labels = Uint8Array.of(1, 0, 1, 0, 0);
    const scores = Float64Array.from(labels);
    const rows = { labels, predictions: labels, scores, probabilities: scores.map((score) => (1 + score) / 4) };
    for (const { estimate, low, high } of Object.values(intervalsOf(rows, OPTIONS, createRng(0, 'bootstrap')))) {
      expect([low, high]).toEqual([estimate, estimate]);
    }
  });

  it('defines nothing on no rows at all, nor precision where no row is called minority', () => {
    const none = { estimate: null, low: null, high: null };
    const empty = drawRows(0, 0, createRng(0, 'rows'));
    const found = intervalsOf(empty, OPTIONS, createRng(0, 'bootstrap'));
    for (const metric of METRIC_NAMES) expect(found[metric], metric).toEqual(none);
    const rows = { ...drawRows(5, 5, createRng(0, 'rows')), predictions: new Uint8Array(10) };
    expect(intervalsOf(rows, OPTIONS, createRng(0, 'bootstrap'))).toMatchObject({
      precision: none,
      mcc: none,
      recall: { estimate: 0, low: 0, high: 0 },
    });
  });

  it('names what does not fit', () => {
    const rows = drawRows(5, 5, createRng(0, 'rows'));
    const ask = (options: Partial<BootstrapOptions>) => () =>
      intervalsOf(rows, { ...OPTIONS, ...options }, createRng(0, 'bootstrap'));
    expect(ask({ replicates: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: replicates: found 0, needed a whole number from 1]`,
    );
    expect(ask({ replicates: 2.5 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: replicates: found 2.5, needed a whole number from 1]`,
    );
    expect(ask({ level: 95 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: level: found 95, needed a number between 0 and 1, both left out]`,
    );
    expect(ask({ beta: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: beta: found NaN, needed a positive finite number]`,
    );
  });
});

function metricsOf({ labels, predictions, scores, probabilities }: Rows): Record<MetricName, number | null> {
  return evaluateMetrics({ labels, predictions, scores, probabilities }, OPTIONS);
}

/** As many rows of each class as there are, the majority drawn first. */
function drawAgain(rows: Rows, rng: Rng): Rows {
  const drawn = [0, 1].flatMap((label) => {
    const ofClass = [...rows.labels.keys()].filter((row) => rows.labels[row] === label);
    return ofClass.map(() => ofClass[rng.nextInt(ofClass.length)]);
  });
  return {
    labels: Uint8Array.from(drawn, (row) => rows.labels[row]),
    predictions: Uint8Array.from(drawn, (row) => rows.predictions[row]),
    scores: Float64Array.from(drawn, (row) => rows.scores[row]),
    probabilities: Float64Array.from(drawn, (row) => rows.probabilities[row]),
  };
}

function quantile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
  return below + (above - below) * (position % 1);
}

function expectClose(found: number | null, expected: number | null, what: string): void {
  if (found === null || expected === null) expect(found, what).toBe(expected);
  else expect(found, what).toBeCloseTo(expected, 12);
}
