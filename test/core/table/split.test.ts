import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/random/rng.ts';
import { splitTrainTest } from '../../../core/table/split.ts';

const labels = Uint8Array.from({ length: 1000 }, (_, row) => Number(row % 10 === 0));
const all = { testFraction: 0.2, minorityFraction: 1, stratified: true };

describe('the split into training and test rows', () => {
  it('puts every row on one side, both sides in the class ratio of the whole', () => {
    const { train, test } = splitTrainTest(labels, all, createRng(0, 'split'));
    expect([...train, ...test].sort((a, b) => a - b)).toEqual([...labels.keys()]);
    expect(test.filter((row) => labels[row] === 1)).toHaveLength(20);
    expect(test.filter((row) => labels[row] === 0)).toHaveLength(180);
  });

  it('leaves out the asked share of the training minority, and nothing else', () => {
    const whole = splitTrainTest(labels, all, createRng(0, 'split'));
    const part = splitTrainTest(labels, { ...all, minorityFraction: 0.25 }, createRng(0, 'split'));
    const majority = (rows: Int32Array) => rows.filter((row) => labels[row] === 0);
    expect(majority(part.train)).toEqual(majority(whole.train));
    expect(part.test).toEqual(whole.test);
    const minority = part.train.filter((row) => labels[row] === 1);
    expect(minority).toHaveLength(80 / 4);
    for (const row of minority) expect(whole.train).toContain(row);
    expect([...part.train, ...part.leftOut].sort((a, b) => a - b)).toEqual([...whole.train]);
    expect(whole.leftOut).toHaveLength(0);
  });

  it('holds out every row of a class equally often', () => {
    const runs = 2000;
    const held = new Float64Array(20);
    const few = Uint8Array.from({ length: 20 }, (_, row) => Number(row >= 10));
    for (let seed = 0; seed < runs; seed++) {
      for (const row of splitTrainTest(few, all, createRng(seed, 'uniform')).test) held[row]++;
    }
    const chiSquare = held.reduce((sum, count) => sum + (count - runs / 5) ** 2 / (runs / 5), 0);
    expect(chiSquare).toBeLessThan(40);
  });

  it('unstratified: holds out a share of all rows, whatever their class', () => {
    const { train, test } = splitTrainTest(labels, { ...all, stratified: false }, createRng(3, 'split'));
    expect(test).toHaveLength(200);
    expect([...train, ...test].sort((a, b) => a - b)).toEqual([...labels.keys()]);
    const minority = Array.from({ length: 30 }, (_, seed) => {
      const split = splitTrainTest(labels, { ...all, stratified: false }, createRng(seed, 'split'));
      return split.test.filter((row) => labels[row] === 1).length;
    });
    expect(new Set(minority).size).toBeGreaterThan(3);
  });

  it('depends on the seed, and on nothing else', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const split = splitTrainTest(labels, all, createRng(seed, 'split'));
        expect(splitTrainTest(labels, all, createRng(seed, 'split'))).toEqual(split);
        expect(splitTrainTest(labels, all, createRng(seed, 'other'))).not.toEqual(split);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    [{ ...all, testFraction: 0 }, 'testFraction: found 0, needed a number between 0 and 1'],
    [{ ...all, minorityFraction: 1.5 }, 'minorityFraction: found 1.5, needed a number above 0, at most 1'],
  ])('refuses %o', (options, message) => {
    expect(() => splitTrainTest(labels, options, createRng(0, 'split'))).toThrow(message);
  });
});
