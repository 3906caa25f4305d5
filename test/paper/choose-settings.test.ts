import { describe, expect, it } from 'vitest';
import type { ConfusionCounts } from '../../core/evaluation/confusion-counts.ts';
import { chooseSettings, undoCut, type ValidationRow } from '../../paper/choose-settings.ts';
import { GENERATOR_NAMES } from '../../paper/contenders.ts';

/** 100 minority and 1,000 majority rows, of which so many are called minority. */
function counts(truePositives: number, falsePositives: number): ConfusionCounts {
  return {
    truePositives,
    falseNegatives: 100 - truePositives,
    falsePositives,
    trueNegatives: 1000 - falsePositives,
  };
}

function row(
  maxDepth: number,
  undersampled: readonly ConfusionCounts[],
  proposed: readonly ConfusionCounts[],
): ValidationRow {
  const byGenerator = GENERATOR_NAMES.map((name) => [name, proposed]);
  return {
    settings: { type: 'decision-tree', maxDepth },
    undersampled,
    proposed: Object.fromEntries(byGenerator),
  };
}

const depths = (rows: readonly ValidationRow[]) => chooseSettings(rows).settings;

describe('chooseSettings', () => {
  it('takes the highest recall, and of equals the first', () => {
    const rows = [80, 90, 90].map((found, i) => row(i + 1, [counts(found, 200)], [counts(found, 200)]));
    expect(depths(rows)).toEqual({ type: 'decision-tree', maxDepth: 2 });
  });

  it('passes over what calls more than .334 of the majority minority', () => {
    const rows = [row(1, [counts(95, 335)], [counts(95, 335)]), row(2, [counts(80, 334)], [counts(80, 334)])];
    expect(depths(rows)).toEqual({ type: 'decision-tree', maxDepth: 2 });
  });

  it('passes over what loses more than .05 of the MCC of under-sampling with the same settings', () => {
    const mcc = (a: number, b: number) => {
      const [fn, tn] = [100 - a, 1000 - b];
      return (a * tn - b * fn) / Math.sqrt((a + b) * (a + fn) * (tn + b) * (tn + fn));
    };
    expect(mcc(80, 100) - mcc(90, 300)).toBeGreaterThan(0.05);
    expect(mcc(85, 250) - mcc(88, 300)).toBeLessThan(0.05);
    const rows = [row(1, [counts(80, 100)], [counts(90, 300)]), row(2, [counts(85, 250)], [counts(88, 300)])];
    expect(depths(rows)).toEqual({ type: 'decision-tree', maxDepth: 2 });
  });

  it('says means over the folds', () => {
    const choice = chooseSettings([row(1, [counts(70, 100), counts(70, 100)], [counts(80, 100), counts(90, 200)])]);
    expect(choice.recall).toBeCloseTo((0.8 + 0.9) / 2, 12);
    expect(choice.falsePositiveRate).toBeCloseTo((0.1 + 0.2) / 2, 12);
    expect(choice.outsideLimits).toBe(false);
  });

  it('takes the fewest false positives, and says so, where nothing keeps to the limits', () => {
    const choice = chooseSettings([
      row(1, [counts(99, 900)], [counts(99, 900)]),
      row(2, [counts(95, 800)], [counts(95, 800)]),
    ]);
    expect(choice.settings).toEqual({ type: 'decision-tree', maxDepth: 2 });
    expect(choice.outsideLimits).toBe(true);
  });
});

describe('undoCut', () => {
  it('counts each minority row for as many as the cut left of it, and leaves the majority alone', () => {
    expect(undoCut({ truePositives: 3, falseNegatives: 1, falsePositives: 7, trueNegatives: 9 }, 0.25)).toEqual({
      truePositives: 3 / 0.25,
      falseNegatives: 1 / 0.25,
      falsePositives: 7,
      trueNegatives: 9,
    });
  });
});
