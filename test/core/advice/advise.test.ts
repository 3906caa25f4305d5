import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advise, RULES } from '../../../core/advice/advise.ts';
import type { TableProfile } from '../../../core/advice/table-facts.ts';

const plain = { costs: null, interpretable: false };
const rulesOf = (profile: TableProfile) => advise(profile).findings.map(({ rule }) => rule);

/** Tables that are known, by the counts that a run would use. */
const MAMMOGRAPHY = { majority: 10_923, minority: 260, dimensions: 6, ...plain };
const US_CRIME = { majority: 1844, minority: 150, dimensions: 100, ...plain };
const SICK_EUTHYROID = { majority: 2870, minority: 293, dimensions: 42, ...plain };
const CHURN = { majority: 5163, minority: 1869, dimensions: 30, ...plain };

describe('advise', () => {
  it('starts with boosted trees and a moved threshold on a moderately imbalanced table that is large enough', () => {
    expect(rulesOf(MAMMOGRAPHY)).toEqual([
      'repeat-the-folds',
      'boosted-trees',
      'moderate-imbalance',
      'precision-and-recall',
      'costs-unknown',
    ]);
    expect(advise(MAMMOGRAPHY).settings).toEqual({
      learner: 'gradient-boosted-trees',
      strategy: 'threshold',
      repeats: 3,
    });
  });

  it('starts with logistic regression where there are more dimensions than rows can support', () => {
    expect(rulesOf(US_CRIME)[0]).toBe('few-rows-per-dimension');
    expect(advise(US_CRIME).findings[0].found).toBe('150 minority rows in 100 dimensions: 1.5 for each');
    expect(advise(US_CRIME).settings?.learner).toBe('logistic-regression');
  });

  it('warns of coefficients between five and ten rows per dimension, and still takes trees', () => {
    expect(rulesOf(SICK_EUTHYROID).slice(0, 3)).toEqual([
      'uncertain-coefficients',
      'repeat-the-folds',
      'boosted-trees',
    ]);
  });

  it('advises against balancing where imbalance is mild, and has nothing to say of repeated folds', () => {
    expect(rulesOf(CHURN)).toEqual(['boosted-trees', 'mild-imbalance', 'costs-unknown']);
    expect(advise(CHURN).settings).toEqual({ learner: 'gradient-boosted-trees', strategy: 'threshold' });
  });

  it('goes by the costs where they are named: Elkan, p* = 1 / (1 + 5)', () => {
    const advice = advise({ ...CHURN, costs: { falsePositive: 1, falseNegative: 5 } });
    const finding = advice.findings.find(({ rule }) => rule === 'costs-named');
    expect(finding?.found).toBe('a missed minority row costs 5 false alarms');
    expect(finding?.advice).toContain(`call a row minority from ${Math.round(100 / (1 + 5))}% on`);
    expect(advice.settings).toMatchObject({
      metric: 'expected-value',
      costs: { falsePositive: 1, falseNegative: 5 },
      strategy: 'threshold',
    });
  });

  it('keeps to what can be read, whatever the size of the table', () => {
    for (const profile of [MAMMOGRAPHY, US_CRIME, { ...MAMMOGRAPHY, minority: 10 }]) {
      const { settings, findings } = advise({ ...profile, interpretable: true });
      expect(settings?.learner).toBe('logistic-regression');
      expect(findings.map(({ rule }) => rule)).toContain('interpretable');
    }
  });

  it('starts with logistic regression where there is next to no minority, and with nothing where there is none to judge by', () => {
    const rare = { ...MAMMOGRAPHY, minority: 19, dimensions: 1 };
    expect(rulesOf(rare)).toEqual([
      'few-minority-rows',
      'repeat-the-folds',
      'little-to-generate-from',
      'extreme-imbalance',
      'precision-and-recall',
      'costs-unknown',
    ]);
    expect(advise(rare).settings).toEqual({ learner: 'logistic-regression', strategy: 'threshold', repeats: 3 });
    expect(advise({ ...rare, interpretable: true }).settings).toEqual(advise(rare).settings);
    expect(rulesOf({ ...rare, minority: 20 })).not.toContain('few-minority-rows');
    expect(advise({ ...rare, minority: 20 }).settings?.learner).toBe('gradient-boosted-trees');
    expect(advise({ ...rare, minority: 8 }).settings).not.toBeNull();
    expect(advise({ ...rare, minority: 7 }).settings).toBeNull();
    expect(rulesOf({ ...rare, minority: 7 })[0]).toBe('too-few-to-judge');
  });

  it('says when the majority is larger than it need be', () => {
    const large = { majority: 1_000_000, minority: 5000, dimensions: 20, ...plain };
    expect(rulesOf(large)).toEqual([
      'boosted-trees',
      'extreme-imbalance',
      'precision-and-recall',
      'large-majority',
      'costs-unknown',
    ]);
  });

  it('takes each threshold into the side that its words say', () => {
    const even = (minority: number, rows: number, dimensions = 1) =>
      rulesOf({ majority: rows - minority, minority, dimensions, ...plain });
    expect(even(200, 1000)).toContain('mild-imbalance');
    expect(even(199, 1000)).toContain('moderate-imbalance');
    expect(even(100, 10_000)).toContain('moderate-imbalance');
    expect(even(99, 10_000)).toContain('extreme-imbalance');
    expect(even(500, 3000, 100)).toContain('boosted-trees');
    expect(even(499, 3000, 100)).toContain('few-rows-per-dimension');
    expect(even(500, 2999, 100)).toContain('small-table');
    expect(even(1000, 3000, 100)).not.toContain('uncertain-coefficients');
    expect(even(500, 3000)).not.toContain('repeat-the-folds');
    expect(even(499, 3000)).toContain('repeat-the-folds');
    expect(even(100, 1100)).toContain('precision-and-recall');
    expect(even(100, 1099)).not.toContain('precision-and-recall');
    expect(even(99, 500)).toContain('little-to-generate-from');
    expect(even(100, 500)).not.toContain('little-to-generate-from');
  });

  it('always suggests one learner and one strategy, of one degree of imbalance, and says something of costs', () => {
    const cost = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
    const profile = fc.record({
      minority: fc.integer({ min: 1, max: 10_000 }),
      majority: fc.integer({ min: 10_000, max: 10_000_000 }),
      dimensions: fc.integer({ min: 1, max: 5000 }),
      costs: fc.option(fc.record({ falsePositive: cost, falseNegative: cost })),
      interpretable: fc.boolean(),
    });
    fc.assert(
      fc.property(profile, (given) => {
        const { findings, settings } = advise(given);
        const rules = findings.map(({ rule }) => rule);
        expect(rules.filter((rule) => rule.endsWith('-imbalance')).length).toBe(1);
        expect(rules.filter((rule) => rule.startsWith('costs-')).length).toBe(1);
        expect(settings === null).toBe(given.minority < 8);
        if (settings) expect([typeof settings.learner, typeof settings.strategy]).toEqual(['string', 'string']);
        for (const { found, advice } of findings) expect(`${found} ${advice}`).not.toMatch(/undefined|NaN|Infinity/);
      }),
    );
  });

  it('refuses what is no table', () => {
    expect(() => advise({ ...CHURN, minority: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: advice, minority: found 0, needed a whole number from 1]`,
    );
    expect(() => advise({ ...CHURN, dimensions: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: advice, dimensions: found 0, needed a whole number from 1]`,
    );
    expect(() =>
      advise({ ...CHURN, costs: { falsePositive: 0, falseNegative: 1 } }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: advice, falsePositive: found 0, needed a positive finite cost]`,
    );
  });
});

describe('the rules', () => {
  it('have names of their own, and each a source or the reason of its threshold', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    for (const { id, sources, ownThreshold } of RULES) {
      expect([id, sources.length > 0 || ownThreshold !== undefined]).toEqual([id, true]);
    }
  });
});
