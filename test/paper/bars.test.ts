import { describe, expect, it } from 'vitest';
import { evaluateBars } from '../../paper/bars.ts';
import { summarize } from '../../paper/summary.ts';
import { type FakeFigures, FIGURES, fakeResults } from './fake-results.ts';

function barsOf(figures: Partial<FakeFigures>, learners?: Parameters<typeof fakeResults>[0]) {
  const bars = evaluateBars(summarize(fakeResults(learners, { ...FIGURES, ...figures })));
  return (claim: string) => {
    const found = bars.filter((bar) => bar.claim.includes(claim));
    expect(found.length).toBeGreaterThan(0);
    return found;
  };
}

describe('evaluateBars', () => {
  it('says of each learner of the source whether it gains more than the error of its gain', () => {
    const gains = barsOf({})('by more than the standard error');
    expect(gains.map(({ claim }) => claim.split(':')[0])).toEqual(['decision-tree', 'svm', 'neural-network']);
    // Seed 0 gains 12 of 100 rows, seed 1 gains 13: 12.5% of 1,488, and half a row of error.
    const [gain, error] = [0.125 * 1488, 0.005 * 1488].map((value) => value.toFixed(1));
    expect(gains[0]).toMatchObject({ met: true, found: `+${gain}, standard error ${error}` });
    const even = barsOf({ proposed: FIGURES.undersampled - 1 })('by more than the standard error')[0];
    expect(even).toMatchObject({ met: false, found: '−7.4, standard error 7.4' });
  });

  it('holds the tree to the source, and says by how much it misses', () => {
    const of = barsOf({ proposed: 90, falsePositives: 105 });
    expect(of('at least 1345.4')).toMatchObject([{ met: true, found: `${(1488 * 0.905).toFixed(1)}, met by 1.2` }]);
    expect(of('false-positive rate of at most 0.334')).toMatchObject([
      { met: false, found: `${(105.5 / 300).toFixed(3)}, missed by 0.018` },
    ]);
    expect(barsOf({ proposed: 89 })('at least 1345.4')).toMatchObject([
      { met: false, found: '1331.8, missed by 13.6' },
    ]);
    expect(barsOf({ proposed: 60 })('MCC at most 0.05 below')[0].met).toBe(false);
  });

  it('asks for half of what the oracle gains', () => {
    const share = (proposed: number) => barsOf({ proposed })('half of the gain of the oracle')[0];
    expect(share(88)).toMatchObject({ met: true });
    expect(share(86)).toMatchObject({ met: false, found: "+96.7 beside the oracle's +215.8, 45% of it" });
    expect(barsOf({ oracle: 79 })('half of the gain of the oracle')[0]).toMatchObject({
      met: null,
      found: "+186.0 beside the oracle's −7.4, which is no gain to keep half of",
    });
  });

  it('asks that the curve ends below its highest point, by more than the error', () => {
    // Highest at 5 tenths, 85 + 5 - 0.1 * 25 rows, which are 87.5; at 20 tenths 65. All seeds fall alike.
    expect(barsOf({})('falls in the end')[0]).toMatchObject({
      met: true,
      found: `${(0.88 * 1488).toFixed(1)} at 5 tenths, ${(0.655 * 1488).toFixed(1)} at 20: −334.8, standard error 0.0`,
    });
    expect(barsOf({ mixing: (tenths) => 60 + tenths })('falls in the end')[0]).toMatchObject({
      met: false,
      found: '1197.8 at 20 tenths, 1197.8 at 20: 0.0, standard error 0.0',
    });
  });

  it('says what was not run instead of leaving it out', () => {
    const of = barsOf({}, ['svm']);
    expect(of('decision-tree').every(({ met, found }) => met === null && found === 'not run')).toBe(true);
    expect(of('svm').every(({ met }) => met !== null)).toBe(true);
  });
});
