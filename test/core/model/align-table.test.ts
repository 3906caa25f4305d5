import { describe, expect, it } from 'vitest';
import { alignTable } from '../../../core/model/align-table.ts';
import { InvalidRowsError, MissingColumnsError } from '../../../core/model/errors.ts';
import type { ModelColumn } from '../../../core/model/model-column.ts';
import { type Column, createTable } from '../../../core/table/table.ts';

const COLUMNS: readonly ModelColumn[] = [
  { kind: 'numeric', name: 'amount', integer: true, type: 'integer' },
  { kind: 'categorical', name: 'country', levels: ['DE', 'FR'], type: 'text' },
  { kind: 'categorical', name: 'online', levels: ['False', 'True'], type: 'boolean' },
];
const MODEL = { columns: COLUMNS };

const numbers = (name: string, ...values: number[]): Column => ({
  kind: 'numeric',
  name,
  integer: false,
  values: Float64Array.from(values),
});
const levels = (name: string, known: string[], ...codes: number[]): Column => ({
  kind: 'categorical',
  name,
  levels: known,
  codes: Int32Array.from(codes),
});

const AMOUNT = numbers('amount', 1, Number.NaN, 2.5);
const COUNTRY = levels('country', ['DE', 'FR'], 1, 0, -1);
const ONLINE = levels('online', ['False', 'True'], 1, 1, 0);

describe('alignTable', () => {
  it('takes columns by name in any order, and leaves others out', () => {
    const { table, withUnseen, unseen } = alignTable(
      MODEL,
      createTable([ONLINE, numbers('extra', 7, 8, 9), COUNTRY, AMOUNT]),
    );
    expect(table.columns.map(({ name }) => name)).toEqual(['amount', 'country', 'online']);
    expect(table.columns[0]).toEqual({ ...AMOUNT, integer: true });
    expect(table.columns.slice(1)).toEqual([COUNTRY, ONLINE]);
    expect(withUnseen).toEqual(table);
    expect(unseen).toEqual([]);
  });

  it('recodes levels, and counts those that did not occur in training', () => {
    const given = levels('country', ['AT', 'CH', 'DE'], 2, 0, 1);
    const { table, withUnseen, unseen } = alignTable(MODEL, createTable([AMOUNT, given, ONLINE]));
    expect(table.columns[1]).toEqual(levels('country', ['DE', 'FR'], 0, -1, -1));
    expect(withUnseen.columns[1]).toEqual(given);
    expect(unseen).toEqual([{ column: 'country', rows: 2, levels: ['AT', 'CH'] }]);
  });

  it('does not count levels that are declared and do not occur, nor missing values', () => {
    const given = levels('country', ['AT', 'DE'], 1, 1, -1);
    expect(alignTable(MODEL, createTable([AMOUNT, given, ONLINE])).unseen).toEqual([]);
  });

  it('knows a boolean in any spelling, and no text', () => {
    const online = levels('online', ['FALSE', 'TRUE', 'maybe', 'true'], 1, 3, 2);
    const country = levels('country', ['DE', 'de'], 0, 1, 0);
    const { table, withUnseen, unseen } = alignTable(MODEL, createTable([AMOUNT, country, online]));
    expect(table.columns[2]).toEqual(levels('online', ['False', 'True'], 1, 1, -1));
    expect(withUnseen.columns[2]).toEqual(levels('online', ['False', 'True', 'maybe', 'True'], 1, 3, 2));
    expect(unseen).toEqual([
      { column: 'country', rows: 1, levels: ['de'] },
      { column: 'online', rows: 1, levels: ['maybe'] },
    ]);
  });

  it('takes a column without any value for what is needed, whichever kind it was read as', () => {
    const table = createTable([
      levels('amount', [], -1, -1, -1),
      numbers('country', Number.NaN, Number.NaN, Number.NaN),
      ONLINE,
    ]);
    const aligned = alignTable(MODEL, table);
    expect(aligned.table.columns[0]).toEqual({
      ...numbers('amount', Number.NaN, Number.NaN, Number.NaN),
      integer: true,
    });
    expect(aligned.table.columns[1]).toEqual(levels('country', ['DE', 'FR'], -1, -1, -1));
    expect(aligned.unseen).toEqual([]);
  });

  it('takes no rows at all', () => {
    const table = createTable([levels('online', []), levels('country', []), numbers('amount')]);
    expect(alignTable(MODEL, table).table.rows).toBe(0);
  });

  it.each<[string, Column[], typeof MissingColumnsError | typeof InvalidRowsError, string]>([
    [
      'missing columns, all of them',
      [ONLINE],
      MissingColumnsError,
      'rows.csv: found no column "amount", "country", needed all 3 that the model was trained on, in any order and under the ' +
        'same names; the columns here are "online"',
    ],
    [
      'text among numbers',
      [levels('amount', ['1', 'x'], -1, 1, 0), COUNTRY, ONLINE],
      InvalidRowsError,
      'rows.csv, row 2, column "amount": found "x", needed a number, as in the rows that the model was trained on',
    ],
    [
      'an infinite number',
      [numbers('amount', 1, 2, Number.NEGATIVE_INFINITY), COUNTRY, ONLINE],
      InvalidRowsError,
      'rows.csv, row 3, column "amount": found -Infinity, needed a finite number, as in the rows that the model was trained on',
    ],
    [
      'numbers for levels',
      [AMOUNT, numbers('country', Number.NaN, 3, 4), ONLINE],
      InvalidRowsError,
      'rows.csv, row 2, column "country": found the number 3, needed text, as in the rows that the model was trained on',
    ],
  ])('refuses %s', (_, columns, ErrorClass, message) => {
    const refused = () => alignTable(MODEL, createTable(columns, 3), 'rows.csv');
    expect(refused).toThrow(new ErrorClass(message));
    expect(refused).toThrow(ErrorClass);
  });
});
