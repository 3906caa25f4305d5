import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createTable } from '../../../core/table/table.ts';
import { importTable } from '../../../storage/tables/import-table.ts';
import { errorOf, query, useTemporaryTables } from './temporary-table.ts';

const tables = useTemporaryTables();
const CASE_TWINS = new URL('../../fixtures/tables/case-twins.parquet', import.meta.url).pathname;

/** SQL of a value, then what it comes to: profile type and SQL type, the core's value or level, and its text in CSV. */
const TYPES: readonly (readonly [string, string, string, number | string, string])[] = [
  ['true', 'boolean', 'BOOLEAN', 'true', 'true'],
  ['-5::TINYINT', 'integer', 'TINYINT', -5, '-5'],
  ['200::UTINYINT', 'integer', 'UTINYINT', 200, '200'],
  ['7::BIGINT', 'integer', 'BIGINT', 7, '7'],
  ['7::UBIGINT', 'integer', 'UBIGINT', 7, '7'],
  ['9007199254740993::BIGINT', 'text', 'BIGINT', '9007199254740993', '9007199254740993'],
  ['7::HUGEINT', 'number', 'DOUBLE', 7, '7.0'],
  ['0.1::FLOAT', 'number', 'FLOAT', Math.fround(0.1), '0.1'],
  ['3::DOUBLE', 'number', 'DOUBLE', 3, '3.0'],
  ['1.5::DECIMAL(10,2)', 'number', 'DECIMAL(10,2)', 1.5, '1.50'],
  ['3::DECIMAL(20,0)', 'integer', 'DECIMAL(20,0)', 3, '3'],
  ["DATE '2020-01-31'", 'date', 'DATE', Date.UTC(2020, 0, 31) / 86_400_000, '2020-01-31'],
  ["TIMESTAMP '2020-01-01 10:00:00'", 'timestamp', 'TIMESTAMP', Date.UTC(2020, 0, 1, 10), '2020-01-01 10:00:00'],
  [
    "TIMESTAMP '2020-01-01 10:00:00.5'",
    'timestamp',
    'TIMESTAMP',
    Date.UTC(2020, 0, 1, 10, 0, 0, 500),
    '2020-01-01 10:00:00.500000',
  ],
  ["TIMESTAMP_NS '2020-01-01 10:00:00'", 'timestamp', 'TIMESTAMP_NS', Date.UTC(2020, 0, 1, 10), '2020-01-01 10:00:00'],
  [
    "TIMESTAMPTZ '2020-01-01 10:00:00+02'",
    'timestamp',
    'TIMESTAMP WITH TIME ZONE',
    Date.UTC(2020, 0, 1, 8),
    '2020-01-01 08:00:00+00:00',
  ],
  ["TIME '10:30:00'", 'text', 'TIME', '10:30:00', '10:30:00'],
  [
    "'11111111-2222-3333-4444-555555555555'::UUID",
    'text',
    'UUID',
    '11111111-2222-3333-4444-555555555555',
    '11111111-2222-3333-4444-555555555555',
  ],
  ["'u'::ENUM('u')", 'text', 'VARCHAR', 'u', 'u'],
  ["' ?'", 'text', 'VARCHAR', ' ?', ' ?'],
];

describe('importTable of Parquet', () => {
  it.each(TYPES)('reads %s and writes it again, observed and synthetic', async (sql, type, sqlType, value, text) => {
    const table = await tables.importQuery(`SELECT ${sql} AS v, 1 AS other UNION ALL SELECT NULL, 2`);
    const [{ profile, values }] = table.columns;
    expect(profile).toMatchObject({ name: 'v', type, sqlType, missing: 1, distinct: 1 });
    const first = values.kind === 'numeric' ? values.values[0] : values.levels[values.codes[0]];
    expect(first).toBe(value);

    const syntheticRows = createTable(table.columns.map((column) => column.values));
    const csv = await tables.exportRows(table, { syntheticRows });
    expect(csv.toString()).toBe(`v,other\n${text},1\n,2\n${text},1\n,2\n`);
    await tables.exportRows(table, { syntheticRows, format: 'parquet' });
    const written = `read_parquet('${tables.path('exported.parquet')}')`;
    expect(await query(`SELECT column_type FROM (DESCRIBE SELECT v FROM ${written})`)).toEqual([[sqlType]]);
    expect(await query(`SELECT CAST(count(DISTINCT v) AS DOUBLE), CAST(count(v) AS DOUBLE) FROM ${written}`)).toEqual([
      [1, 2],
    ]);
  });

  it('takes NULL, NaN and the empty text for missing, and no others', async () => {
    const table = await tables.importQuery("SELECT 'nan'::DOUBLE AS x, '' AS s UNION ALL SELECT 1, '?'");
    expect(table.columns.map(({ profile }) => profile.missing)).toEqual([1, 1]);
    expect((await tables.exportRows(table)).toString()).toBe('x,s\n,\n1.0,?\n');
  });

  it('keeps the order of the rows', async () => {
    const table = await tables.importQuery('SELECT (i * 7919) % 100003 AS v, i AS other FROM range(100000) AS t(i)');
    const [{ values }] = table.columns;
    const expected = Float64Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 100_003);
    expect(
      values.kind === 'numeric' && Buffer.compare(Buffer.from(values.values.buffer), Buffer.from(expected.buffer)),
    ).toBe(0);
  });

  it('tells columns apart whose names differ in case only', async () => {
    const source = { path: CASE_TWINS, name: 'case-twins.parquet', missingValues: [] };
    const table = await importTable(source, tables.path('observed.parquet'));
    expect((await tables.exportRows(table)).toString()).toBe('A,a\n1,x\n2,y\n');
  });
});

describe('Parquet files that are refused', () => {
  it.each([
    ["'a'::BLOB", 'BLOB'],
    ['[1]', 'INTEGER[]'],
    ["{'q': 1}", 'STRUCT(q INTEGER)'],
    ["MAP {'a': 1}", 'MAP(VARCHAR, INTEGER)'],
    ['INTERVAL 1 DAY', 'INTERVAL'],
  ])('%s', async (sql, type) => {
    expect(await errorOf(tables.importQuery(`SELECT 1 AS fine, ${sql} AS v`))).toBe(
      `UnsupportedColumnTypeError: table.parquet, column "v": found the type ${type}, needed numbers, text, ` +
        `booleans, dates or times; ` +
        'remove the column, or convert it before (a nested one to a column for each part)',
    );
  });

  it.each([
    [
      "SELECT 1 AS fine, 0.0::DOUBLE AS v UNION ALL SELECT 2, '-inf'::DOUBLE",
      'InvalidValueError: table.parquet, row 2, column "v": found -inf, needed a finite value; correct it or make ' +
        'it null',
    ],
    [
      'SELECT 1 AS a, 2 AS b WHERE false',
      'EmptyTableError: table.parquet: found the columns "a", "b" and no rows, needed rows',
    ],
    [
      'SELECT 1 AS a',
      'InvalidHeaderError: table.parquet: found one column ("a"), needed two at the least, one to predict and one ' +
        'to learn from',
    ],
  ])('%s', async (sql, message) => {
    expect(await errorOf(tables.importQuery(sql))).toBe(message);
  });

  it('files that are cut short, damaged, or no Parquet', async () => {
    await tables.importQuery('SELECT i AS a, i AS b FROM range(1000) AS t(i)');
    const whole = await readFile(tables.path('table.parquet'));
    const refusal = (content: Uint8Array | string) => errorOf(tables.importContent(content, {}, 'x.parquet'));
    expect(await refusal(whole.subarray(0, 500))).toBe(
      'UnreadableTableError: x.parquet: found a Parquet file that is cut short (it does not end in PAR1), needed a ' +
        'whole one; copy ' +
        'it again',
    );
    expect(await refusal(Buffer.concat([whole.subarray(0, 4), Buffer.alloc(200, 0x55), whole.subarray(204)]))).toMatch(
      /^UnreadableTableError: x\.parquet: found a Parquet file that cannot be read \(.*\), needed a whole one; write it again$/,
    );
    expect(await refusal('a,b\n1,2\n')).toBe(
      'UnreadableTableError: x.parquet: found a file that does not begin as Parquet does (PAR1), needed Parquet; if ' +
        'it is CSV, ' +
        'name it .csv',
    );
  });

  it('given names', async () => {
    await tables.importQuery('SELECT 1 AS a, 2 AS b');
    const whole = await readFile(tables.path('table.parquet'));
    expect(await errorOf(tables.importContent(whole, { columns: ['x', 'y'] }))).toBe(
      'InvalidHeaderError: table.csv: found a Parquet file, which names its columns itself ("a", "b"), and given ' +
        'names; leave out ' +
        '--columns',
    );
  });
});
