import { describe, expect, it } from 'vitest';
import { createTable, dropUnusedLevels, stackTables, takeRows } from '../../../core/table/table.ts';

const table = createTable([
  { kind: 'numeric', name: 'n', integer: true, values: Float64Array.of(1, 2, Number.NaN) },
  { kind: 'categorical', name: 'c', levels: ['a', 'b', 'c'], codes: Int32Array.of(2, -1, 0) },
]);

describe('tables', () => {
  it('takes rows in the asked order, as often as asked', () => {
    expect(takeRows(table, [2, 0, 0]).columns).toMatchObject([
      { values: Float64Array.of(Number.NaN, 1, 1) },
      { codes: Int32Array.of(0, 2, 2), levels: ['a', 'b', 'c'] },
    ]);
  });

  it('stacks tables of the same columns', () => {
    const stacked = stackTables(table, takeRows(table, [1]));
    expect(stacked.rows).toBe(4);
    expect(stacked.columns).toMatchObject([
      { values: Float64Array.of(1, 2, Number.NaN, 2) },
      { codes: Int32Array.of(2, -1, 0, -1) },
    ]);
  });

  it('declares only the levels that occur', () => {
    expect(dropUnusedLevels(table).columns[1]).toMatchObject({ levels: ['a', 'c'], codes: Int32Array.of(1, -1, 0) });
    expect(dropUnusedLevels(table).columns[0]).toBe(table.columns[0]);
  });

  it('refuses columns that do not fit together', () => {
    const short = { kind: 'numeric', name: 's', integer: true, values: Float64Array.of(1) } as const;
    expect(() => createTable([...table.columns, short])).toThrow(
      'column s: found 1 rows, needed 3 as in the other columns',
    );
    expect(() => stackTables(table, createTable([short]))).toThrow('stacking: found 2 and 1 columns, needed as many');
    const other = { ...table, columns: [table.columns[0], { ...table.columns[1], levels: ['a', 'b', 'z'] }] };
    expect(() => stackTables(table, other)).toThrow('stacking: found different kinds or levels in c and c');
  });
});
