import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/random/rng.ts';
import { dealFolds } from '../../../functions/plan-comparison/deal-folds.ts';

/** Forty rows, of which every fourth is of the minority. */
const labels = Uint8Array.from({ length: 40 }, (_, row) => Number(row % 4 === 0));
const rng = () => createRng(0, 'folds');
const deal = (options: object) => dealFolds(labels, { folds: 5, repeats: 1, ...options }, rng());

describe('folds', () => {
  it('are as many as there are rows of the minority for, three to each', () => {
    expect(deal({})).toMatchObject({ kind: 'stratified', folds: 3 });
    expect(deal({ folds: 2 })).toMatchObject({ folds: 2 });
    const few = labels.map((label, row) => (row < 20 ? label : 0));
    expect(dealFolds(few, { folds: 5, repeats: 1 }, rng())).toBeNull();
  });

  it('are as many as there are groups for, and none where one group is all there is to learn from', () => {
    const groups = (count: number) => Int32Array.from(labels, (_, row) => Math.floor(row / 4) % count);
    expect(deal({ groups: groups(10) })).toMatchObject({ kind: 'grouped', folds: 3 });
    expect(deal({ groups: groups(2) })).toMatchObject({ kind: 'grouped', folds: 2 });
    expect(deal({ groups: groups(1) })).toBeNull();
    expect(deal({ groups: Int32Array.from(labels) })).toBeNull();
  });

  it('are as many as there are times for, the first of which only teach', () => {
    const time = (count: number) => Float64Array.from(labels, (_, row) => Math.floor((row * count) / 40));
    expect(deal({ time: time(40) })).toMatchObject({ kind: 'time-ordered', folds: 3 });
    expect(deal({ time: time(3) })).toMatchObject({ kind: 'time-ordered', folds: 2 });
    expect(deal({ time: time(2) })).toBeNull();
  });

  it('are told where what is asked for is no question of rows', () => {
    expect(() => deal({ repeats: 0 })).toThrow('repeats: found 0, needed a whole number from 1');
  });
});
