import { describe, expect, it } from 'vitest';
import { verdictSchema } from '../../../contracts/report.ts';
import { judgeComparison, judgeWithoutComparison } from '../../../core/comparison/verdict.ts';
import { type MadeUpComparison, madeUp } from './made-up.ts';

/** The verdict as people read it. */
function told(comparison: MadeUpComparison, asked?: string): string {
  const verdict = judgeComparison(madeUp(comparison), asked);
  verdictSchema.parse(verdict);
  return [verdict.headline, ...verdict.reasons.map((reason) => `- ${reason}`), `prefer: ${verdict.prefer}`].join('\n');
}

const none = { value: 0.6, truePositives: 560, falsePositives: 300, matched: 0.75 };
const under = { value: 0.45, difference: -0.15, truePositives: 830, falsePositives: 1400, matched: 0.83 };

describe('the verdict', () => {
  it('nothing is better than nothing, and nothing was asked for', () => {
    const strategies = {
      none,
      threshold: { value: 0.603, difference: 0.003, truePositives: 600, falsePositives: 350, matched: 0.75 },
      'under-sampling@1': under,
    };
    expect(told({ best: 'none', strategies })).toMatchInlineSnapshot(`
      "Leave the rows as they are, for no strategy is clearly better: MCC 0.600, and 0.603 for the best of the others, moving the threshold.
      - Moving the threshold has the best MCC, 0.603, but what it gains on doing nothing may be chance.
      prefer: null"
    `);
  });

  it('nothing is better by more than chance, though a mean is higher', () => {
    const strategies = {
      none,
      'class-weights': { value: 0.603, difference: 0.003, truePositives: 600, falsePositives: 350 },
      'over-sampling@1': {
        value: 0.63,
        difference: 0.03,
        differenceSpread: 0.2,
        truePositives: 600,
        falsePositives: 350,
      },
    };
    expect(told({ best: 'none', strategies })).toMatchInlineSnapshot(`
      "Leave the rows as they are, for no strategy is clearly better: MCC 0.600, and 0.630 for the best of the others, random over-sampling (1:1).
      - Random over-sampling (1:1) has the best MCC, 0.630, but what it gains on doing nothing may be chance.
      prefer: null"
    `);
  });

  it('hides no false positives where there were none before, and counts in times what is many times as much', () => {
    const strategies = {
      none: { value: 0.18, truePositives: 72, falsePositives: 436 },
      threshold: { value: 0.28, difference: 0.1, differenceSpread: 0.4, truePositives: 9, falsePositives: 0 },
    };
    expect(judgeComparison(madeUp({ best: 'none', strategies }), 'threshold').headline).toBe(
      'Doing nothing does as well as moving the threshold (MCC 0.180 against 0.280), at 436 false positives instead of none ' +
        'and 8 times as many minority rows found: leave the rows as they are.',
    );
  });

  it('names what changed nothing, ratio by ratio, and makes no cause of it', () => {
    const same = { ...none, difference: 0, differenceSpread: 0 };
    const strategies = { none, 'class-weights': same, 'over-sampling@1': under, 'over-sampling@3': same };
    const last = (given: MadeUpComparison['strategies']) =>
      judgeComparison(madeUp({ best: 'none', strategies: given })).reasons.at(-1);
    expect(last(strategies)).toBe(
      'With this learner, on these rows, the outcome of class weights and random over-sampling (3:1) is exactly that of doing nothing.',
    );
    const other = { ...same, truePositives: 561 };
    expect(last({ ...strategies, 'class-weights': other, 'over-sampling@3': other }) ?? '').not.toContain('exactly');
  });

  it('what was asked for is worse than nothing', () => {
    const strategies = {
      none,
      'under-sampling@1': under,
      'algorithm-1@1': { value: 0.41, difference: -0.19, truePositives: 870, falsePositives: 1750, matched: 0.78 },
    };
    expect(told({ best: 'none', strategies }, 'algorithm-1@1')).toMatchInlineSnapshot(`
      "Doing nothing does better than Algorithm 1 (1:1) (MCC 0.600 against 0.410), at 83% fewer false positives and 36% fewer minority rows found: leave the rows as they are, unless finding more is worth the false alarms.
      - Algorithm 1 (1:1) compares with doing nothing as MCC 0.410 against 0.600: worse by 0.190, 95% interval of the gain -0.200 to -0.180.
      - Algorithm 1 (1:1) finds 870 of 1,000 minority rows, doing nothing 560: 310 more, for 1,450 more false positives, 4.7 for each.
      - Where a missed minority row costs more than 4.7 false positives, Algorithm 1 (1:1) is cheaper than doing nothing: name the costs, and a comparison by expected value decides by them.
      - With the threshold moved to the false-positive rate of random under-sampling (1:1), doing nothing has a recall of 0.750 and Algorithm 1 (1:1) has 0.780: the gain in recall is a moved operating point, which a threshold gives as well.
      prefer: null"
    `);
  });

  it('what was asked for is no better than nothing, though its mean is higher', () => {
    const strategies = {
      none,
      'algorithm-1@1': { value: 0.605, difference: 0.005, truePositives: 590, falsePositives: 330 },
    };
    expect(told({ best: 'none', strategies }, 'algorithm-1@1')).toMatchInlineSnapshot(`
      "Doing nothing does as well as Algorithm 1 (1:1) (MCC 0.600 against 0.605), at 9% fewer false positives and 5% fewer minority rows found: leave the rows as they are.
      - Algorithm 1 (1:1) compares with doing nothing as MCC 0.605 against 0.600: better by 0.005, 95% interval of the gain -0.005 to 0.015, which includes zero: it may be chance.
      - Algorithm 1 (1:1) finds 590 of 1,000 minority rows, doing nothing 560: 30 more, for 30 more false positives, 1.0 for each.
      - Algorithm 1 (1:1) has the best MCC, 0.605, but what it gains on doing nothing may be chance.
      prefer: null"
    `);
  });

  it('Algorithm 1 is clearly best', () => {
    const strategies = {
      none,
      'class-weights': { value: 0.61, difference: 0.01, truePositives: 640, falsePositives: 520, matched: 0.76 },
      'under-sampling@1': under,
      'algorithm-1@1': { value: 0.7, difference: 0.1, truePositives: 780, falsePositives: 420, matched: 0.9 },
    };
    expect(told({ best: 'algorithm-1@1', strategies }, 'algorithm-1@1')).toMatchInlineSnapshot(`
      "Algorithm 1 (1:1) is worth it: MCC 0.700 against 0.600 for doing nothing, better by 0.100 (95% interval 0.090 to 0.110).
      - Algorithm 1 (1:1) finds 780 of 1,000 minority rows, doing nothing 560: 220 more, for 120 more false positives, 0.5 for each.
      - With the threshold moved to the false-positive rate of random under-sampling (1:1), doing nothing has a recall of 0.750 and Algorithm 1 (1:1) has 0.900: the gain in recall is more than a moved operating point.
      prefer: algorithm-1@1"
    `);
    expect(told({ best: 'algorithm-1@1', strategies })).toBe(
      told({ best: 'algorithm-1@1', strategies }, 'algorithm-1@1'),
    );
    expect(told({ best: 'algorithm-1@1', strategies }, 'class-weights')).toMatchInlineSnapshot(`
      "Algorithm 1 (1:1) does better than class weights (MCC 0.700 against 0.610), at 19% fewer false positives and 22% more minority rows found: prefer it.
      - Class weights compare with doing nothing as MCC 0.610 against 0.600: better by 0.010, 95% interval of the gain 0.000 to 0.020, which includes zero: it may be chance.
      - Algorithm 1 (1:1) compares with doing nothing as MCC 0.700 against 0.600: better by 0.100, 95% interval of the gain 0.090 to 0.110.
      - Beside class weights, Algorithm 1 (1:1) is better by 0.090, 95% interval 0.080 to 0.100.
      - Class weights find 640 of 1,000 minority rows, doing nothing 560: 80 more, for 220 more false positives, 2.8 for each.
      - Algorithm 1 (1:1) finds 780 of 1,000 minority rows, doing nothing 560: 220 more, for 120 more false positives, 0.5 for each.
      - With the threshold moved to the false-positive rate of random under-sampling (1:1), doing nothing has a recall of 0.750 and class weights have 0.760: most of the gain in recall is a moved operating point, which a threshold gives as well.
      prefer: algorithm-1@1"
    `);
  });

  it('nothing is better than a guess', () => {
    const strategies = {
      none: { value: 0, truePositives: 0, falsePositives: 0 },
      'class-weights': { value: 0.087, difference: 0.087, truePositives: 470, falsePositives: 4300 },
    };
    const noSkill = { guess: 'all-minority', value: 0.094 } as const;
    const comparison = { best: 'none', metric: 'f1', noSkill, strategies } as const;
    expect(told(comparison, 'class-weights')).toMatchInlineSnapshot(`
      "Nothing that was compared is clearly better than calling every row minority: F1 0.087 at best, by class weights, and 0.094 for that.
      - Where the columns do not tell the classes apart, no way to rebalance does: look for other columns, or for more rows of the minority.
      - Class weights compare with doing nothing as F1 0.087 against 0.000: better by 0.087, 95% interval of the gain 0.077 to 0.097.
      - Class weights find 470 of 1,000 minority rows, doing nothing 0: 470 more, for 4,300 more false positives, 9.1 for each.
      prefer: null"
    `);
    const asGood = { ...comparison, noSkill: { ...noSkill, value: 0.06 } };
    expect(told(asGood, 'class-weights')).not.toContain('guess');
  });

  it('a metric is one that calling every row the same has all of', () => {
    const strategies = {
      none: { value: 0.56, truePositives: 560, falsePositives: 300 },
      threshold: { value: 1, difference: 0.44, truePositives: 1000, falsePositives: 9000 },
    };
    const noSkill = { guess: 'all-minority', value: 1 } as const;
    expect(judgeComparison(madeUp({ best: 'none', metric: 'recall', noSkill, strategies }))).toEqual({
      headline:
        'No strategy can be chosen by recall, which is 1.000 for calling every row minority: compare by another metric.',
      reasons: [
        'MCC, F-beta and expected value count both kinds of errors; a recall or a precision that is to be reached is asked for by ' +
          'evaluation.threshold.',
      ],
      prefer: null,
    });
  });

  it('class weights do as well, at fewer false positives', () => {
    const strategies = {
      none,
      'class-weights': { value: 0.66, difference: 0.06, truePositives: 742, falsePositives: 480, matched: 0.82 },
      'under-sampling@1': under,
      'algorithm-1@1': { value: 0.664, difference: 0.064, truePositives: 760, falsePositives: 800, matched: 0.83 },
    };
    expect(told({ best: 'class-weights', strategies }, 'algorithm-1@1')).toMatchInlineSnapshot(`
      "Class weights do as well as Algorithm 1 (1:1) (MCC 0.660 against 0.664), at 40% fewer false positives and 2% fewer minority rows found: prefer them.
      - Algorithm 1 (1:1) compares with doing nothing as MCC 0.664 against 0.600: better by 0.064, 95% interval of the gain 0.054 to 0.074.
      - Class weights compare with doing nothing as MCC 0.660 against 0.600: better by 0.060, 95% interval of the gain 0.050 to 0.070.
      - Beside Algorithm 1 (1:1), class weights are worse by 0.004, 95% interval -0.014 to 0.006, which includes zero: it may be chance.
      - Algorithm 1 (1:1) finds 760 of 1,000 minority rows, doing nothing 560: 200 more, for 500 more false positives, 2.5 for each.
      - Class weights find 742 of 1,000 minority rows, doing nothing 560: 182 more, for 180 more false positives, 1.0 for each.
      - With the threshold moved to the false-positive rate of random under-sampling (1:1), doing nothing has a recall of 0.750 and Algorithm 1 (1:1) has 0.830: most of the gain in recall is a moved operating point, which a threshold gives as well.
      - Algorithm 1 (1:1) has the best MCC, 0.664, but class weights are within one standard error of it, and simpler.
      prefer: class-weights"
    `);
  });

  it('the threshold does as well', () => {
    const strategies = {
      none: { ...none, value: 0.5, matched: 0.8 },
      threshold: { value: 0.585, difference: 0.085, truePositives: 700, falsePositives: 500, matched: 0.8 },
      'under-sampling@1': { ...under, matched: 0.81 },
      'algorithm-1@2': { value: 0.58, difference: 0.08, truePositives: 702, falsePositives: 502, matched: 0.8 },
    };
    expect(told({ best: 'threshold', strategies }, 'algorithm-1@2')).toMatchInlineSnapshot(`
      "Moving the threshold does at least as well as Algorithm 1 (2:1) (MCC 0.585 against 0.580): prefer it.
      - Algorithm 1 (2:1) compares with doing nothing as MCC 0.580 against 0.500: better by 0.080, 95% interval of the gain 0.070 to 0.090.
      - Moving the threshold compares with doing nothing as MCC 0.585 against 0.500: better by 0.085, 95% interval of the gain 0.075 to 0.095.
      - Beside Algorithm 1 (2:1), moving the threshold is better by 0.005, 95% interval -0.005 to 0.015, which includes zero: it may be chance.
      - Algorithm 1 (2:1) finds 702 of 1,000 minority rows, doing nothing 560: 142 more, for 202 more false positives, 1.4 for each.
      - Moving the threshold finds 700 of 1,000 minority rows, doing nothing 560: 140 more, for 200 more false positives, 1.4 for each.
      - With the threshold moved to the false-positive rate of random under-sampling (1:1), doing nothing has a recall of 0.800 and Algorithm 1 (2:1) has 0.800: the gain in recall is a moved operating point, which a threshold gives as well.
      prefer: threshold"
    `);
  });

  it('a gain in recall is a moved operating point, in part', () => {
    const strategies = {
      none,
      'under-sampling@1': { value: 0.65, difference: 0.05, truePositives: 830, falsePositives: 900, matched: 0.83 },
    };
    expect(told({ best: 'under-sampling@1', strategies }, 'under-sampling@1')).toMatchInlineSnapshot(`
      "Random under-sampling (1:1) is worth it: MCC 0.650 against 0.600 for doing nothing, better by 0.050 (95% interval 0.040 to 0.060).
      - Random under-sampling (1:1) finds 830 of 1,000 minority rows, doing nothing 560: 270 more, for 600 more false positives, 2.2 for each.
      - With the threshold moved to the false-positive rate of random under-sampling (1:1), doing nothing has a recall of 0.750 and random under-sampling (1:1) has 0.830: most of the gain in recall is a moved operating point, which a threshold gives as well.
      prefer: under-sampling@1"
    `);
  });

  it('there are too few minority rows to tell', () => {
    const strategies = {
      none: { value: 0.2, spread: 0.3, truePositives: 5, falsePositives: 20 },
      'algorithm-1@1': {
        value: 0.31,
        spread: 0.3,
        difference: 0.11,
        differenceSpread: 0.25,
        truePositives: 15,
        falsePositives: 300,
      },
    };
    expect(told({ best: 'none', strategies, minority: 24, majority: 3000 }, 'algorithm-1@1')).toMatchInlineSnapshot(`
      "Too few minority rows (24) to tell whether anything is better than doing nothing: MCC 0.200, and 0.310 for the best of the others, Algorithm 1 (1:1).
      - The comparison rests on 24 minority rows: a recall of one half is then known to no better than 20 points either way. Collect more, if you can.
      - Algorithm 1 (1:1) compares with doing nothing as MCC 0.310 against 0.200: better by 0.110, 95% interval of the gain -0.140 to 0.360, which includes zero: it may be chance.
      - Algorithm 1 (1:1) finds 15 of 24 minority rows, doing nothing 5: 10 more, for 280 more false positives, 28.0 for each.
      - Where a missed minority row costs more than 28.0 false positives, Algorithm 1 (1:1) is cheaper than doing nothing: name the costs, and a comparison by expected value decides by them.
      - Algorithm 1 (1:1) has the best MCC, 0.310, but what it gains on doing nothing may be chance.
      prefer: null"
    `);
    expect(told({ best: 'algorithm-1@1', strategies, minority: 24, majority: 3000 })).toContain(
      'Too few minority rows (24) to tell',
    );
  });

  it('few minority rows can tell where the difference is large, and it is said how few', () => {
    const strategies = {
      none: { value: 0.2, spread: 0.1, truePositives: 5, falsePositives: 20 },
      'class-weights': {
        value: 0.6,
        spread: 0.1,
        difference: 0.4,
        differenceSpread: 0.1,
        truePositives: 20,
        falsePositives: 25,
      },
    };
    expect(told({ best: 'class-weights', strategies, minority: 24, majority: 3000 })).toMatchInlineSnapshot(`
      "Class weights are worth it: MCC 0.600 against 0.200 for doing nothing, better by 0.400 (95% interval 0.300 to 0.500).
      - The comparison rests on 24 minority rows: a recall of one half is then known to no better than 20 points either way. Collect more, if you can.
      - Class weights compare with doing nothing as MCC 0.600 against 0.200: better by 0.400, 95% interval of the gain 0.300 to 0.500.
      - Class weights find 20 of 24 minority rows, doing nothing 5: 15 more, for 5 more false positives, 0.3 for each.
      prefer: class-weights"
    `);
  });

  it('lower can be better', () => {
    const strategies = {
      none: { ...none, value: 0.31 },
      'class-weights': { value: 0.28, difference: -0.03, truePositives: 640, falsePositives: 380 },
      'under-sampling@1': { ...under, value: 0.52, difference: 0.21 },
    };
    expect(told({ best: 'class-weights', metric: 'log-loss', strategies }, 'under-sampling@1')).toMatchInlineSnapshot(`
      "Class weights do better than random under-sampling (1:1) (log loss 0.280 against 0.520), at 73% fewer false positives and 23% fewer minority rows found: prefer them, unless finding more is worth the false alarms.
      - Random under-sampling (1:1) compares with doing nothing as log loss 0.520 against 0.310: worse by 0.210, 95% interval of the gain -0.220 to -0.200.
      - Class weights compare with doing nothing as log loss 0.280 against 0.310: better by 0.030, 95% interval of the gain 0.020 to 0.040.
      - Beside random under-sampling (1:1), class weights are better by 0.240, 95% interval 0.230 to 0.250.
      - Random under-sampling (1:1) finds 830 of 1,000 minority rows, doing nothing 560: 270 more, for 1,100 more false positives, 4.1 for each.
      - Class weights find 640 of 1,000 minority rows, doing nothing 560: 80 more, for 80 more false positives, 1.0 for each.
      - Where a missed minority row costs more than 5.4 false positives, random under-sampling (1:1) is cheaper than class weights: name the costs, and a comparison by expected value decides by them.
      - With the threshold moved to the false-positive rate of random under-sampling (1:1), doing nothing has a recall of 0.750 and random under-sampling (1:1) has 0.830: most of the gain in recall is a moved operating point, which a threshold gives as well.
      prefer: class-weights"
    `);
  });

  it('values can be large, and rows a sample', () => {
    const strategies = {
      none: { value: -1234.5, spread: 60, truePositives: 560, falsePositives: 300 },
      'cost-weights': {
        value: -810.25,
        spread: 60,
        difference: 424.25,
        differenceSpread: 100,
        truePositives: 900,
        falsePositives: 301,
      },
    };
    expect(told({ best: 'cost-weights', metric: 'expected-value', strategies, ofRows: 100 })).toMatchInlineSnapshot(`
      "Cost weights are worth it: expected value per row -810 against -1,234 for doing nothing, better by 424 (95% interval 324 to 524).
      - Cost weights find 900 of 1,000 minority rows, doing nothing 560: 340 more, for 1 more false positive, less than 0.1 for each.
      - Compared on a sample of 10,000 of 1,000,000 training rows.
      prefer: cost-weights"
    `);
  });

  it('a metric may have no value', () => {
    const strategies = {
      none: { value: null, difference: null, truePositives: 0, falsePositives: 0 },
      'class-weights': { value: 0.3, difference: null, truePositives: 640, falsePositives: 380 },
    };
    expect(told({ best: 'class-weights', strategies }, 'none')).toMatchInlineSnapshot(`
      "Class weights look best, but how sure that is cannot be told: MCC 0.300 against not defined for doing nothing: prefer them.
      - Class weights find 640 of 1,000 minority rows, doing nothing 0: 640 more, for 380 more false positives, 0.6 for each.
      prefer: class-weights"
    `);
  });

  it('a recall was asked for, which the best reaches, or doing nothing, or none, or a guess', () => {
    const strategies = {
      none,
      threshold: { value: 0.5, difference: -0.1, truePositives: 800, falsePositives: 900 },
      'under-sampling@1': under,
    };
    const judged = (best: string, atLeast: number, more: MadeUpComparison['strategies'] = {}) =>
      judgeComparison(
        madeUp({ best, strategies: { ...strategies, ...more }, goal: { metric: 'recall', atLeast } }),
        'under-sampling@1',
      );
    expect(judged('threshold', 0.7)).toMatchObject({
      headline:
        'Moving the threshold reaches a recall of at least 0.700 (recall 0.800, precision 0.471), and doing nothing does not ' +
        '(recall 0.560, precision 0.651): prefer it.',
      prefer: 'threshold',
    });
    expect(judged('none', 0.56).headline).toContain('Doing nothing does better than random under-sampling (1:1)');
    expect(judged('none', 0.56).reasons[0]).toBe(
      'A recall of at least 0.560 is asked for, and doing nothing has 0.560.',
    );
    expect(judged('none', 0.9)).toMatchObject({
      headline:
        'Nothing that was compared reaches a recall of at least 0.900 on the held-out rows; the closest is ' +
        'random under-sampling (1:1) (recall 0.830, precision 0.372).',
      prefer: null,
    });
    const all = { value: 0, difference: -0.6, truePositives: 1000, falsePositives: 9000 };
    expect(judged('none', 0.9, { threshold: all }).headline).toBe(
      'What reaches a recall of at least 0.900, moving the threshold, is no better than tossing a coin for each row (MCC 0.000); ' +
        'the closest of the others is random under-sampling (1:1) (recall 0.830, precision 0.372).',
    );
  });

  it('nothing was compared', () => {
    const verdict = judgeWithoutComparison();
    verdictSchema.parse(verdict);
    expect(verdict).toMatchInlineSnapshot(`
      {
        "headline": "The alternatives were not compared, so whether rebalancing was worth it is not known.",
        "prefer": null,
        "reasons": [
          "Name strategies under evaluation.strategies, or leave it out, and they are compared on the training rows.",
        ],
      }
    `);
  });
});
