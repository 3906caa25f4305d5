import { describe, expect, it } from 'vitest';
import { timeBlocks } from '../../../core/evaluation/time-blocks.ts';
import { createRng } from '../../../core/random/rng.ts';
import { permutation } from '../../../core/random/sample.ts';

describe('timeBlocks', () => {
  it('deals 20 blocks of as many rows each, which follow one another in time, whatever the order of the rows', () => {
    const time = Float64Array.from(permutation(100, createRng(0, 'time')));
    expect([...timeBlocks(time)]).toEqual(Array.from(time, (value) => Math.floor(value / 5)));
  });

  it('leaves rows of the same time in one block', () => {
    // 30 rows of day 0 and one of each of the next 30: the first block is the day, which is as long as ten blocks of three.
    const time = Float64Array.from({ length: 60 }, (_, row) => Math.max(0, row - 29));
    const blocks = timeBlocks(time);
    expect(blocks.filter((block) => block === 0)).toHaveLength(30);
    expect([...blocks.slice(30)]).toEqual(Array.from({ length: 30 }, (_, row) => 1 + Math.floor(row / 3)));
  });

  it('makes each time a block where there are fewer times than blocks, and one of a single time', () => {
    expect([...timeBlocks(Float64Array.of(3, 1, 2, 1, 3, 3))]).toEqual([2, 0, 1, 0, 2, 2]);
    expect([...timeBlocks(Float64Array.of(5, 5, 5))]).toEqual([0, 0, 0]);
  });

  it('refuses a row without time', () => {
    expect(() => timeBlocks(Float64Array.of(1, Number.NaN))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: time: found 1 of 2 rows without one, needed one for every row. Fill them in, or leave those rows out]`,
    );
  });
});
