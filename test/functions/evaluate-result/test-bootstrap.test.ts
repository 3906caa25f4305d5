import { describe, expect, it } from 'vitest';
import { planTestBootstrap } from '../../../functions/evaluate-result/test-bootstrap.ts';

const groupsOf = (count: number) => Int32Array.from({ length: 60 }, (_, row) => row % count);

describe('planTestBootstrap', () => {
  it('draws rows by themselves where they have no order', () => {
    expect(planTestBootstrap(60, {})).toEqual({
      replicates: 1000,
      described: {
        kind: 'stratified',
        units: null,
        replicates: 1000,
        intervals:
          '95% intervals of a stratified bootstrap: 1,000 samples, drawn with replacement from the rows of each class.',
      },
    });
  });

  it('draws whole groups where the split is by groups', () => {
    const groups = groupsOf(10);
    expect(planTestBootstrap(60, { groups })).toEqual({
      replicates: 1000,
      groups,
      described: {
        kind: 'grouped',
        units: 10,
        replicates: 1000,
        intervals:
          '95% intervals of a cluster bootstrap: 1,000 samples of the 10 groups, drawn with replacement and as wholes, for rows ' +
          'of a group are alike (Field & Welsh 2007). The share of the minority differs from sample to sample.',
      },
    });
  });

  it('draws blocks of time where the split is by time', () => {
    const time = Float64Array.from({ length: 60 }, (_, row) => row);
    const { groups, described } = planTestBootstrap(60, { time });
    expect([...groups!]).toEqual(Array.from(time, (value) => Math.floor(value / 3)));
    expect(described).toMatchObject({ kind: 'time-ordered', units: 20 });
    expect(described.intervals).toBe(
      '95% intervals of a block bootstrap: 1,000 samples of the 20 blocks of consecutive times, drawn with replacement and as ' +
        'wholes, for rows that are close in time are alike (Carlstein 1986). The share of the minority differs from sample to sample.',
    );
  });

  it('says that few groups are not to be trusted, and that one tells nothing', () => {
    const inWords = (count: number) => planTestBootstrap(60, { groups: groupsOf(count) }).described.intervals;
    const warning = 'With fewer than 10 groups these intervals are too narrow: do not trust them.';
    expect(inWords(9)).toContain(`differs from sample to sample. ${warning}`);
    expect(inWords(10)).not.toContain('do not trust');
    expect(inWords(1)).toBe(
      'There are no intervals: the test rows are of a single group, which does not tell how far others would differ.',
    );
  });

  it('says how many samples are drawn of many rows', () => {
    const { replicates, described } = planTestBootstrap(50_000, {});
    expect(replicates).toBe(400);
    expect(described.intervals).toContain('bootstrap: 400 samples');
  });
});
