import { describe, expect, it } from 'vitest';
import { comparisonSchema } from '../../../contracts/comparison.ts';
import { compareStrategies, type StrategyOutcomes } from '../../../core/comparison/compare.ts';
import type { ComparisonProtocol } from '../../../core/comparison/comparison.ts';
import { foldInterval } from '../../../core/evaluation/fold-intervals.ts';
import { METRIC_NAMES } from '../../../core/evaluation/metric-names.ts';
import { evaluateMetrics } from '../../../core/evaluation/metrics.ts';
import { recallAtFalsePositiveRate } from '../../../core/evaluation/recall-at-false-positive-rate.ts';
import { evaluateStrategies } from '../../../core/strategies/evaluate-fold.ts';
import { strategyId } from '../../../core/strategies/strategy.ts';
import { dealFolds, drawRows, EVERY_STRATEGY, SETTINGS } from '../strategies/sample.ts';
import { foldOutcome } from './outcomes.ts';

const rows = { majority: 180, minority: 30 };
const protocol: ComparisonProtocol = { kind: 'stratified', column: null, folds: 2, repeats: 1, rows, ofRows: rows };
const options = { metric: 'mcc', beta: 2 } as const;
const classes = { minority: 10, majority: 90 };

const none = [
  [
    foldOutcome(classes, { truePositives: 4, falsePositives: 2 }),
    foldOutcome(classes, { truePositives: 5, falsePositives: 3 }),
  ],
];
const under = [
  [
    foldOutcome(classes, { truePositives: 9, falsePositives: 20 }),
    foldOutcome(classes, { truePositives: 8, falsePositives: 22 }),
  ],
];
const compare = (given: Record<string, StrategyOutcomes>, asked: Partial<ComparisonProtocol> = {}) =>
  compareStrategies(new Map(Object.entries(given)), { ...protocol, ...asked }, options);

describe('compareStrategies', () => {
  it('has the shape that reports are promised, from real folds', () => {
    const observed = drawRows(210);
    const assignment = dealFolds(observed, { folds: 2, repeats: 2 });
    const outcomes = [0, 1].map((repeat) =>
      [0, 1].map((fold) => evaluateStrategies(EVERY_STRATEGY, observed, assignment, { repeat, fold }, SETTINGS, 0)),
    );
    const byId = new Map(
      EVERY_STRATEGY.map((strategy, s) => [strategyId(strategy), outcomes.map((folds) => folds.map((of) => of[s]))]),
    );
    const comparison = compareStrategies(byId, { ...protocol, repeats: 2 }, options);
    const checked = comparisonSchema.parse({ ...comparison, published: comparison.best });
    expect(checked.strategies.map(({ id }) => id)).toEqual(EVERY_STRATEGY.map(strategyId));
    for (const { counts, calibration } of checked.strategies) {
      expect(counts.truePositives + counts.falseNegatives).toBe(30);
      expect(counts.falsePositives + counts.trueNegatives).toBe(180);
      expect(calibration.platt.bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(2 * 210);
    }
  });

  it('gives means over folds, with intervals for training sets that overlap', () => {
    const { strategies } = compare({ none, 'under-sampling@1': under });
    const perFold = under[0].map(({ labels, predictions, scores, probabilities }) =>
      evaluateMetrics({ labels, predictions, scores, probabilities: probabilities.none }, options),
    );
    for (const metric of METRIC_NAMES) {
      expect(strategies[1].metrics[metric]).toEqual(
        foldInterval(
          perFold.map((values) => values[metric]),
          1 / 2,
        ),
      );
    }
    expect(strategies[1].metrics.recall.estimate).toBe((0.9 + 0.8) / 2);
  });

  it('takes differences to none fold by fold', () => {
    const { strategies } = compare({ none, 'under-sampling@1': under });
    expect(strategies[1].differences.recall).toEqual(foldInterval([0.9 - 0.4, 0.8 - 0.5], 1 / 2));
    expect(strategies[0].differences.recall).toEqual({ estimate: 0, low: 0, high: 0 });
  });

  it('takes what each is behind the best, by the metric that is chosen by, and says what a guess has', () => {
    const better = [[0, 1].map(() => foldOutcome(classes, { truePositives: 9, falsePositives: 1 }))];
    const { best, strategies, noSkill, goal } = compare({ none, 'class-weights': better, 'under-sampling@1': under });
    expect(best).toBe('none');
    expect(strategies[0].behindBest).toEqual({ estimate: 0, low: 0, high: 0 });
    const [of, ofNone] = [strategies[1], strategies[0]].map(({ metrics }) => metrics.mcc.estimate as number);
    expect(strategies[1].behindBest.estimate).toBeCloseTo(ofNone - of, 12);
    expect({ noSkill, goal }).toEqual({ noSkill: { guess: 'coin', value: 0 }, goal: null });
  });

  it('chooses among those that reach what is asked for, where one does that has learned something', () => {
    const five = { ...protocol, folds: 5 };
    const folds = (truePositives: number, falsePositives: number) => [
      [0, 1, 2, 3, 4].map((more) =>
        foldOutcome(classes, { truePositives, falsePositives: falsePositives + (more % 2) }),
      ),
    ];
    const given = new Map(
      Object.entries({ none: folds(5, 1), threshold: folds(8, 12), 'under-sampling@1': folds(9, 25) }),
    );
    const bestOf = (atLeast?: number) =>
      compareStrategies(given, five, {
        ...options,
        ...(atLeast === undefined ? {} : { goal: { metric: 'recall', atLeast } as const }),
      }).best;
    expect([bestOf(), bestOf(0.5), bestOf(0.8), bestOf(0.9), bestOf(0.95)]).toEqual([
      'none',
      'none',
      'threshold',
      'under-sampling@1',
      'none',
    ]);
    given.set('over-sampling@1', folds(10, 89));
    expect(bestOf(0.95)).toBe('none');
  });

  it('holds recall against the false-positive rate of plain under-sampling on the same fold', () => {
    const { strategies } = compare({ none, 'under-sampling@1': under });
    const rates = [20 / 90, 22 / 90];
    expect(strategies[0].recallAtMatchedFpr).toEqual(
      foldInterval(
        none[0].map(({ labels, scores }, fold) => recallAtFalsePositiveRate(labels, scores, rates[fold])),
        1 / 2,
      ),
    );
    expect(strategies[1].recallAtMatchedFpr.estimate).toBeCloseTo((0.9 + 0.8) / 2, 12);
    const without = compare({ none, 'under-sampling@2': under }).strategies;
    expect(without[0].recallAtMatchedFpr).toEqual({ estimate: null, low: null, high: null });
  });

  it('sums counts over folds and means them over repeats, so that they still add up', () => {
    const [first, second] = none[0];
    const odd = foldOutcome(classes, { truePositives: 5, falsePositives: 5 });
    const { counts } = compare(
      {
        none: [
          [first, second],
          [odd, second],
        ],
      },
      { repeats: 2 },
    ).strategies[0];
    expect(counts.truePositives).toBe(Math.round((4 + 5 + 5 + 5) / 2));
    expect(counts.falsePositives).toBe(Math.round((2 + 3 + 5 + 3) / 2));
    expect(counts.truePositives + counts.falseNegatives).toBe(20);
    expect(counts.falsePositives + counts.trueNegatives).toBe(180);
  });

  it('means what was trained on', () => {
    const fold = (synthetic: number) =>
      foldOutcome(
        classes,
        { truePositives: 5, falsePositives: 5 },
        { trainedOn: { majority: 20, minority: 20, synthetic } },
      );
    const { trainedOn } = compare({ none, 'algorithm-1@1': [[fold(4), fold(7)]] }).strategies[1];
    expect(trainedOn).toEqual({ majority: 20, minority: 20, synthetic: (4 + 7) / 2 });
  });

  it('counts folds in which no row is called minority as 0, not as if they had not been', () => {
    const silent = foldOutcome(classes, { truePositives: 0, falsePositives: 0 });
    const lucky = foldOutcome(classes, { truePositives: 1, falsePositives: 0 });
    const { metrics } = compare({ none: [[silent, lucky]] }).strategies[0];
    expect(metrics.precision.estimate).toBe((0 + 1) / 2);
    const mcc = 90 / Math.sqrt(1 * 10 * 90 * 99);
    expect(metrics.mcc.estimate).toBeCloseTo(mcc / 2, 12);
    const oneClass = foldOutcome({ minority: 0, majority: 90 }, { truePositives: 0, falsePositives: 0 });
    expect(compare({ none: [[oneClass, oneClass]] }).strategies[0].metrics.mcc.estimate).toBeNull();
  });

  it('pools the rows of all folds to look at probabilities', () => {
    const { none: uncalibrated } = compare({ none }).strategies[0].calibration;
    expect(uncalibrated.bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(2 * 100);
    const found = uncalibrated.bins.reduce((sum, bin) => sum + bin.observedShare * bin.rows, 0);
    expect(found).toBeCloseTo(2 * 10, 9);
  });

  it('says what the intervals are', () => {
    const intervals = (asked: Partial<ComparisonProtocol>, folds: StrategyOutcomes = none) =>
      compare({ none: folds }, asked).protocol.intervals;
    expect(intervals({})).toMatchInlineSnapshot(
      `"Means over 2 held-out parts of the training rows, each class dealt evenly: too few to tell how far others would vary, so that there are no intervals. Differences are taken fold by fold."`,
    );
    expect(intervals({ kind: 'grouped', column: 'shop', repeats: 2 }, [...none, ...none])).toMatchInlineSnapshot(
      `"95% intervals of the mean over 4 held-out parts of the training rows, no group on both sides (2 folds, dealt 2 times): Student t with 3 degrees of freedom, the variance enlarged because folds share training rows (Nadeau & Bengio 2003), cut off where a metric ends. Differences are taken fold by fold."`,
    );
    const twice = { kind: 'time-ordered', column: 'day', repeats: 2 } as const;
    expect(intervals(twice, [...none, ...none])).toMatchInlineSnapshot(
      `"95% intervals of the mean over 4 later blocks of the training rows, each judged by what the rows before it taught (2 folds, dealt 2 times): Student t with 3 degrees of freedom, the variance enlarged because folds share training rows (Nadeau & Bengio 2003), cut off where a metric ends. Differences are taken fold by fold."`,
    );
  });

  it('enlarges the variance less where later folds have more to train on', () => {
    const ofKind = (kind: ComparisonProtocol['kind']) => compare({ none }, { kind }).strategies[0].metrics.recall;
    expect(ofKind('time-ordered')).toEqual(foldInterval([0.4, 0.5], (1 / 2 + 1 / 3) / 2));
    expect(ofKind('grouped')).toEqual(ofKind('stratified'));
  });

  it('needs none, and the same folds of all', () => {
    expect(() => compare({ threshold: none })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: comparison: found threshold, needed none as well, which the others are measured against]`,
    );
    expect(() => compare({ none, threshold: [none[0].slice(1)] })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: comparison, threshold: found 1 folds, needed 2 in each of 1 repeats]`,
    );
  });
});
