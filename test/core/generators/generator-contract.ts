import { describe, expect, it } from 'vitest';
import type { FittedGenerator, Generator } from '../../../core/generators/generator.ts';
import { createRng } from '../../../core/random/rng.ts';
import { type Column, createTable, type Table, takeRows } from '../../../core/table/table.ts';

/** Minority rows of every kind of column: a number, whole numbers with many zeros, levels (one unused), a constant. */
export function minorityRows(rows: number, seed: number): Table {
  const rng = createRng(seed, 'minority');
  const draw = (make: () => number) => Array.from({ length: rows }, make);
  const place = draw(() => rng.nextInt(3));
  const numeric = (name: string, values: number[], integer: boolean): Column => ({
    kind: 'numeric',
    name,
    integer,
    values: Float64Array.from(values),
  });
  return createTable([
    numeric(
      'height',
      place.map((at) => at + rng.nextNormal() / 4),
      false,
    ),
    numeric(
      'gain',
      draw(() => (rng.nextInt(3) > 0 ? 0 : 1 + rng.nextInt(9000))),
      true,
    ),
    { kind: 'categorical', name: 'place', levels: ['a', 'b', 'c', 'd'], codes: Int32Array.from(place) },
    numeric(
      'constant',
      draw(() => 7),
      true,
    ),
  ]);
}

export const columnCells = (column: Column): number[] =>
  Array.from(column.kind === 'numeric' ? column.values : column.codes);

/** What every generator must do, whatever it learns. */
export function itKeepsTheGeneratorContract(name: string, create: () => Generator): void {
  const fit = (observed: Table, seed = 0): FittedGenerator =>
    create().fit(observed, createRng(seed, 'generator-contract'));
  const rng = (seed: number) => createRng(seed, 'generate');

  describe(`${name} keeps the contract of generators`, () => {
    const observed = minorityRows(40, 0);

    it('makes as many rows as asked for, of the columns and levels that it was taught', () => {
      const fitted = fit(observed);
      for (const count of [0, 1, 17]) {
        const made = fitted.generate(count, rng(count));
        expect(made.rows).toBe(count);
        made.columns.forEach((column, c) => {
          expect(columnCells(column)).toHaveLength(count);
          expect({ ...column, values: [], codes: [] }).toEqual({ ...observed.columns[c], values: [], codes: [] });
        });
      }
    });

    it('makes the same rows from the same rows and seeds, 0 included, others from others, and touches none', () => {
      const before = structuredClone(observed);
      const made = [0, 0, 1].map((seed) => fit(observed).generate(20, rng(seed)));
      expect(made[1]).toEqual(made[0]);
      expect(made[2]).not.toEqual(made[0]);
      expect(observed).toEqual(before);
    });

    it('learns from a single row', () => {
      expect(fit(takeRows(observed, [3])).generate(2, rng(0)).rows).toBe(2);
    });

    it('refuses a count that is none', () => {
      expect(() => fit(observed).generate(-1, rng(0))).toThrow(/^count: found -1, needed a whole number/);
      expect(() => fit(observed).generate(1.5, rng(0))).toThrow(/^count: found 1.5, needed a whole number/);
    });
  });
}
