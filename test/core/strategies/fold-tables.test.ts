import { describe, expect, it } from 'vitest';
import { foldTables } from '../../../core/strategies/fold-tables.ts';
import { createTable } from '../../../core/table/table.ts';

const table = createTable([
  { kind: 'numeric', name: 'age', integer: true, values: Float64Array.of(30, Number.NaN, 50, 60) },
  { kind: 'categorical', name: 'town', levels: ['a', 'b', 'c', 'd'], codes: Int32Array.of(3, 1, -1, 0) },
  { kind: 'numeric', name: 'late', integer: true, values: Float64Array.of(Number.NaN, Number.NaN, 7, 8) },
  { kind: 'categorical', name: 'note', levels: ['x'], codes: Int32Array.of(-1, -1, 0, 0) },
]);

describe('foldTables', () => {
  const { training, heldOut } = foldTables(table, Int32Array.of(0, 1), Int32Array.of(2, 3, 1));

  it('knows the levels of the training rows only; others are missing values', () => {
    expect(training.columns[1]).toMatchObject({ levels: ['b', 'd'], codes: Int32Array.of(1, 0) });
    expect(heldOut.columns[1]).toMatchObject({ levels: ['b', 'd'], codes: Int32Array.of(-1, -1, 0) });
  });

  it('leaves out columns without a value in the training rows', () => {
    expect(training.columns.map(({ name }) => name)).toEqual(['age', 'town']);
    expect(heldOut.columns.map(({ name }) => name)).toEqual(['age', 'town']);
    expect([training.rows, heldOut.rows]).toEqual([2, 3]);
    expect(heldOut.columns[0]).toMatchObject({ values: Float64Array.of(50, 60, Number.NaN) });
  });
});
