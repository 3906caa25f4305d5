import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/random/rng.ts';
import { planClassSplit, stratifiedSplit } from '../../../core/table/split.ts';

const labels = Uint8Array.from({ length: 1000 }, (_, row) => Number(row % 10 === 0));
const all = { testFraction: 0.2, minorityFraction: 1 };

describe('the stratified split', () => {
  it('plans before it draws', () => {
    expect(planClassSplit(7508, 0.2, 0.25)).toEqual({ test: 1502, train: Math.round((7508 - 1502) / 4) });
    expect(planClassSplit(10, 0.2, 1)).toEqual({ test: 2, train: 8 });
  });

  it('puts every row on one side, both sides in the class ratio of the whole', () => {
    const { train, test } = stratifiedSplit(labels, all, createRng(0, 'split'));
    expect([...train, ...test].sort((a, b) => a - b)).toEqual([...labels.keys()]);
    expect(test.filter((row) => labels[row] === 1)).toHaveLength(20);
    expect(test.filter((row) => labels[row] === 0)).toHaveLength(180);
  });

  it('leaves out the asked share of the training minority, and nothing else', () => {
    const whole = stratifiedSplit(labels, all, createRng(0, 'split'));
    const part = stratifiedSplit(labels, { ...all, minorityFraction: 0.25 }, createRng(0, 'split'));
    const majority = (rows: Int32Array) => rows.filter((row) => labels[row] === 0);
    expect(majority(part.train)).toEqual(majority(whole.train));
    expect(part.test).toEqual(whole.test);
    const minority = part.train.filter((row) => labels[row] === 1);
    expect(minority).toHaveLength(80 / 4);
    for (const row of minority) expect(whole.train).toContain(row);
  });

  it('holds out every row of a class equally often', () => {
    const runs = 2000;
    const held = new Float64Array(20);
    const few = Uint8Array.from({ length: 20 }, (_, row) => Number(row >= 10));
    for (let seed = 0; seed < runs; seed++) {
      for (const row of stratifiedSplit(few, all, createRng(seed, 'uniform')).test) held[row]++;
    }
    const chiSquare = held.reduce((sum, count) => sum + (count - runs / 5) ** 2 / (runs / 5), 0);
    expect(chiSquare).toBeLessThan(40);
  });

  it('depends on the seed, and on nothing else', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const split = stratifiedSplit(labels, all, createRng(seed, 'split'));
        expect(stratifiedSplit(labels, all, createRng(seed, 'split'))).toEqual(split);
        expect(stratifiedSplit(labels, all, createRng(seed, 'other'))).not.toEqual(split);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    [{ testFraction: 0, minorityFraction: 1 }, 'testFraction: found 0, needed a number between 0 and 1'],
    [{ testFraction: 0.2, minorityFraction: 1.5 }, 'minorityFraction: found 1.5, needed a number above 0, at most 1'],
  ])('refuses %o', (options, message) => {
    expect(() => stratifiedSplit(labels, options, createRng(0, 'split'))).toThrow(message);
  });
});
