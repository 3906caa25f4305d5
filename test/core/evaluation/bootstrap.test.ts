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

  it('draws 1,000 samples at a level of 95% where nothing else is asked for and rows are few', () => {
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

  it('draws whole groups where rows have groups: by hand, of two groups', () => {
    // Group 7 finds 1 of 4 minority rows, group 3 finds 3 of 4, and 2 of its 8 majority rows. A sample is 7 and 7, both, or 3 and 3,
    // with probabilities of 1/4, 1/2 and 1/4: the recall of a sample is 1/4, 1/2 or 3/4.
    const labels = Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    const predictions = Uint8Array.of(1, 0, 0, 0, 1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0);
    const groups = Int32Array.of(7, 7, 7, 7, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3);
    const scores = Float64Array.from(predictions);
    const rows = { labels, predictions, scores, probabilities: scores };
    const at = (level: number) => intervalsOf(rows, { ...OPTIONS, groups, level }, createRng(0, 'bootstrap'));
    expect(at(0.95).recall).toEqual({ estimate: 4 / 8, low: 1 / 4, high: 3 / 4 });
    expect(at(0.4).recall).toEqual({ estimate: 4 / 8, low: 1 / 2, high: 1 / 2 });
    // 7 and 7: nothing but minority rows, and so no specificity; the others have that of group 3.
    expect(at(0.95).specificity).toEqual({ estimate: 6 / 8, low: 6 / 8, high: 6 / 8 });
    // 7 and 7: all rows called minority are. Both: 4 of 6. 3 and 3: 6 of 10.
    expect(at(0.95).precision).toEqual({ estimate: 4 / 6, low: 6 / 10, high: 2 / 2 });
    // 7 and 7: 6 of 8 calls are wrong. Both: 4 + 2 of 16. 3 and 3: 6 of 24.
    expect(at(0.95).brier).toEqual({ estimate: 6 / 16, low: 6 / 24, high: 6 / 8 });
  });

  it('is the quantiles of what evaluateMetrics says of the drawn groups, whatever the groups', () => {
    const grouped = arbitraryRows(1).chain((rows) =>
      fc.record({
        rows: fc.constant(rows),
        names: fc.array(fc.integer({ min: -2, max: 3 }), {
          minLength: rows.labels.length,
          maxLength: rows.labels.length,
        }),
        replicates: fc.integer({ min: 1, max: 8 }),
      }),
    );
    fc.assert(
      fc.property(grouped, ({ rows, names, replicates }) => {
        fc.pre(new Set(names).size > 1);
        const groups = Int32Array.from(names);
        const found = intervalsOf(rows, { ...OPTIONS, groups, replicates, level: 0.5 }, createRng(3, 'bootstrap'));
        const rng = createRng(3, 'bootstrap');
        const values = Array.from({ length: replicates }, () => metricsOf(drawGroupsAgain(rows, names, rng)));
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

  it('makes no difference of what groups are called', () => {
    const rows = drawRows(70, 30, createRng(0, 'rows'));
    const groups = Int32Array.from(rows.labels, (_, row) => row % 12);
    const renamed = groups.map((group) => 1000 - 7 * group);
    const of = (names: Int32Array) => intervalsOf(rows, { ...OPTIONS, groups: names }, createRng(0, 'bootstrap'));
    expect(of(renamed)).toEqual(of(groups));
    expect(of(groups)).not.toEqual(intervalsOf(rows, OPTIONS, createRng(0, 'bootstrap')));
  });

  it('holds the true value where rows of a group are alike, which drawing rows by themselves does not', () => {
    const rng = createRng(0, 'sites');
    const [GROUPS, ROWS, TRIALS] = [30, 20, 200];
    const held = { groups: 0, rows: 0 };
    for (let trial = 0; trial < TRIALS; trial++) {
      const shift = Float64Array.from({ length: GROUPS }, () => rng.nextNormal());
      const groups = Int32Array.from({ length: GROUPS * ROWS }, (_, row) => Math.floor(row / ROWS));
      const labels = Uint8Array.from(groups, (_, row) => row % 2);
      // A call is right where site and row together are above 0: half of the time.
      const predictions = Uint8Array.from(labels, (label, row) =>
        shift[groups[row]] + rng.nextNormal() > 0 ? label : 1 - label,
      );
      const scores = Float64Array.from(predictions);
      const all = { labels, predictions, scores, probabilities: scores };
      const holds = (options: Partial<BootstrapOptions>) => {
        const { low, high } = intervalsOf(all, { ...OPTIONS, replicates: 200, ...options }, rng).accuracy;
        return low! <= 0.5 && high! >= 0.5;
      };
      if (holds({ groups })) held.groups++;
      if (holds({})) held.rows++;
    }
    expect(held.groups / TRIALS).toBeGreaterThan(0.88);
    expect(held.rows / TRIALS).toBeLessThan(0.6);
  });

  it('gives no interval of a single group, which does not tell how others differ', () => {
    const rows = drawRows(5, 5, createRng(0, 'rows'));
    const found = intervalsOf(rows, { ...OPTIONS, groups: new Int32Array(10).fill(4) }, createRng(0, 'bootstrap'));
    for (const metric of METRIC_NAMES) {
      expect(found[metric], metric).toEqual({ estimate: metricsOf(rows)[metric], low: null, high: null });
    }
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
    expect(ask({ groups: new Int32Array(3) })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: groups: found 3, needed 10, one per label]`,
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
  return takeRows(rows, drawn);
}

/** As many groups as there are, drawn in the order in which they first occur. */
function drawGroupsAgain(rows: Rows, names: readonly number[], rng: Rng): Rows {
  const distinct = [...new Set(names)];
  const drawn = distinct.map(() => distinct[rng.nextInt(distinct.length)]);
  return takeRows(
    rows,
    drawn.flatMap((name) => [...names.keys()].filter((row) => names[row] === name)),
  );
}

function takeRows(rows: Rows, drawn: readonly number[]): Rows {
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
