import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dealGroups } from '../../../core/protocol/grouped-parts.ts';
import { createRng, type Rng } from '../../../core/random/rng.ts';

const golden: { folds: number; groups: number[]; labels: number[]; fold: number[] }[] = JSON.parse(
  readFileSync(new URL('golden/grouped-folds.json', import.meta.url), 'utf8'),
);

/** Leaves every order as it is. */
const unshuffled: Rng = { ...createRng(0, 'unused'), nextInt: (bound) => bound - 1 };

const equalShares = (parts: number) => new Array<number>(parts).fill(1);

describe('dealGroups', () => {
  it.each(golden)(
    "deals $folds folds as scikit-learn's StratifiedGroupKFold does",
    ({ folds, groups, labels, fold }) => {
      const dealt = dealGroups(Uint8Array.from(labels), Int32Array.from(groups), equalShares(folds), unshuffled);
      expect([...dealt]).toEqual(fold);
    },
  );

  const rows = fc.array(fc.record({ group: fc.integer({ min: -2, max: 12 }), label: fc.integer({ min: 0, max: 1 }) }), {
    minLength: 1,
    maxLength: 80,
  });

  it('never splits a group, whatever the rows', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 2, max: 5 }), fc.integer(), (given, parts, seed) => {
        const labels = Uint8Array.from(given, ({ label }) => label);
        const groups = Int32Array.from(given, ({ group }) => group);
        const dealt = dealGroups(labels, groups, equalShares(parts), createRng(seed, 'groups'));
        const partOf = new Map<number, number>();
        groups.forEach((group, row) => {
          expect(partOf.get(group) ?? dealt[row]).toBe(dealt[row]);
          partOf.set(group, dealt[row]);
        });
        expect(dealt.every((part) => part >= 0 && part < parts)).toBe(true);
      }),
    );
  });

  it('gives parts their share of both classes, where groups are small', () => {
    const groups = Int32Array.from({ length: 1000 }, (_, row) => Math.floor(row / 4));
    const labels = Uint8Array.from({ length: 1000 }, (_, row) => Number(row % 10 === 0));
    const dealt = dealGroups(labels, groups, [0.7, 0.3], createRng(0, 'groups'));
    const rowsOf = (part: number, label: number) =>
      dealt.filter((found, row) => found === part && labels[row] === label).length;
    expect([rowsOf(0, 1), rowsOf(1, 1)]).toEqual([100 * 0.7, 100 * 0.3]);
    expect(Math.abs(rowsOf(1, 0) - 900 * 0.3)).toBeLessThanOrEqual(4);
  });

  it('puts groups that are alike into each part equally often', () => {
    const groups = Int32Array.of(0, 1, 2, 3, 4, 5);
    const labels = new Uint8Array(6).fill(1);
    const inFirst = new Float64Array(6);
    const seeds = 3000;
    for (let seed = 0; seed < seeds; seed++) {
      dealGroups(labels, groups, equalShares(3), createRng(seed, 'groups')).forEach((part, row) => {
        if (part === 0) inFirst[row]++;
      });
    }
    for (const count of inFirst) {
      expect(Math.abs(count / seeds - 1 / 3)).toBeLessThan(4 * Math.sqrt(((1 / 3) * (2 / 3)) / seeds));
    }
  });
});
