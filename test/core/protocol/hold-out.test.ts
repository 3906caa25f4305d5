import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdOutGroups, holdOutLatest } from '../../../core/protocol/hold-out.ts';
import { createRng } from '../../../core/random/rng.ts';

const rows = 400;
const labels = Uint8Array.from({ length: rows }, (_, row) => Number(row % 8 === 0));
const groups = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / 5));
const time = Float64Array.from({ length: rows }, (_, row) => (row * 7) % rows);
const fifth = { testFraction: 0.2, minorityFraction: 1 };
const rng = (seed = 0) => createRng(seed, 'split');
const minorityOf = (indices: Int32Array) => indices.filter((row) => labels[row] === 1);
const ascending = (...parts: Int32Array[]) => parts.flatMap((part) => [...part]).sort((a, b) => a - b);

describe('holdOutGroups', () => {
  it('never has a group on both sides, and every row on one', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 0.95, noNaN: true }), fc.integer(), (testFraction, seed) => {
        const { train, test } = holdOutGroups(labels, groups, { testFraction, minorityFraction: 1 }, rng(seed));
        const tested = new Set(test.map((row) => groups[row]));
        expect([...train].filter((row) => tested.has(groups[row]))).toEqual([]);
        expect(ascending(train, test)).toEqual([...labels.keys()]);
        expect(test.length).toBeGreaterThan(0);
        expect(train.length).toBeGreaterThan(0);
      }),
      { numRuns: 40 },
    );
  });

  it('holds out the asked share of each class, to a group', () => {
    const { test } = holdOutGroups(labels, groups, fifth, rng());
    expect(minorityOf(test)).toHaveLength(50 * 0.2);
    expect(Math.abs(test.length - 400 * 0.2)).toBeLessThanOrEqual(5);
  });

  it('has one group at least on either side', () => {
    const two = Int32Array.from({ length: rows }, (_, row) => Number(row >= 100));
    const { train, test } = holdOutGroups(labels, two, { testFraction: 0.01, minorityFraction: 1 }, rng());
    expect([...new Set(test.map((row) => two[row]))]).toEqual([0]);
    expect([...new Set(train.map((row) => two[row]))]).toEqual([1]);
  });

  it('leaves out the asked share of the training minority, and nothing else', () => {
    const whole = holdOutGroups(labels, groups, fifth, rng());
    const part = holdOutGroups(labels, groups, { ...fifth, minorityFraction: 0.25 }, rng());
    expect(part.test).toEqual(whole.test);
    expect(minorityOf(part.train)).toHaveLength(40 / 4);
    expect(ascending(part.train, part.leftOut)).toEqual([...whole.train]);
    expect(minorityOf(part.leftOut)).toEqual(part.leftOut);
  });

  it('refuses a single group', () => {
    expect(() => holdOutGroups(labels, new Int32Array(rows), fifth, rng())).toThrowErrorMatchingInlineSnapshot(
      `[TooFewRowsError: groups: found the same in all 400 rows, needed at least 2, one to train on and one to test on. Name another column, or split without groups]`,
    );
  });
});

describe('holdOutLatest', () => {
  it('tests on later rows than it trains on', () => {
    const { train, test } = holdOutLatest(labels, time, fifth, rng());
    expect(test).toHaveLength(80);
    expect(Math.max(...train.map((row) => time[row]))).toBeLessThan(Math.min(...test.map((row) => time[row])));
    expect(ascending(train, test)).toEqual([...labels.keys()]);
  });

  it('keeps rows of the same time together', () => {
    const shared = Float64Array.of(1, 1, 1, 2, 2, 2, 2, 2, 3, 3);
    const { test } = holdOutLatest(
      Uint8Array.of(0, 1, 0, 1, 0, 1, 0, 1, 0, 1),
      shared,
      { ...fifth, testFraction: 0.5 },
      rng(),
    );
    // Half would be cut after row 5; the nearest changes of time are after rows 3 and 8.
    expect([...test]).toEqual([3, 4, 5, 6, 7, 8, 9]);
  });

  it('leaves out the asked share of the training minority, and nothing else', () => {
    const whole = holdOutLatest(labels, time, fifth, rng());
    const part = holdOutLatest(labels, time, { ...fifth, minorityFraction: 0.5 }, rng());
    expect(part.test).toEqual(whole.test);
    expect(minorityOf(part.train)).toHaveLength(Math.round(minorityOf(whole.train).length / 2));
    expect(ascending(part.train, part.leftOut)).toEqual([...whole.train]);
  });

  it('refuses a single time, and rows without one', () => {
    expect(() => holdOutLatest(labels, new Float64Array(rows), fifth, rng())).toThrowErrorMatchingInlineSnapshot(
      `[TooFewRowsError: time: found the same in all 400 rows, needed at least 2 different times, to train on the earlier and test on the later. Name another column, or split without time]`,
    );
    expect(() => holdOutLatest(labels, time.fill(Number.NaN, 0, 1).slice(), fifth, rng())).toThrow(
      'time: found 1 of 400 rows without one, needed one for every row',
    );
  });

  it.each([
    [{ testFraction: 1, minorityFraction: 1 }, 'testFraction: found 1, needed a number between 0 and 1'],
    [{ testFraction: 0.2, minorityFraction: 0 }, 'minorityFraction: found 0, needed a number above 0, at most 1'],
  ])('refuses %o', (options, message) => {
    expect(() => holdOutLatest(labels, time, options, rng())).toThrow(message);
    expect(() => holdOutGroups(labels, groups, options, rng())).toThrow(message);
  });
});
