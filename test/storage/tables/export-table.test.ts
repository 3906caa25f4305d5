import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Column, createTable, takeRows } from '../../../core/table/table.ts';
import { errorOf, query, useTemporaryTables } from './temporary-table.ts';

const tables = useTemporaryTables();

const ALL_TYPES = [
  'id, flag,count,price,day,at,note',
  '0007, TRUE,+1,1.50,31/12/2020,2020-01-01T10:00:00Z,"a, ""b"""',
  '0008, FALSE,-2,3,01/02/2021,2020-01-02T11:12:13Z,?',
  '0009,,3,,,,"two\nlines"',
].join('\r\n');

function numeric(name: string, values: number[]): Column {
  return { kind: 'numeric', name, integer: values.every(Number.isInteger), values: Float64Array.from(values) };
}

function categorical(name: string, levels: string[], codes: number[]): Column {
  return { kind: 'categorical', name, levels, codes: Int32Array.from(codes) };
}

const SYNTHETIC = createTable([
  categorical('id', ['0007'], [0, 0]),
  categorical('flag', ['FALSE', 'TRUE'], [1, -1]),
  numeric('count', [1e15, Number.NaN]),
  numeric('price', [4, 0.1 + 0.2]),
  numeric('day', [Date.UTC(2024, 1, 29) / 86_400_000, Number.NaN]),
  numeric('at', [Date.UTC(2024, 1, 29, 23, 59, 59), Number.NaN]),
  categorical('note', [' x ', 'é\n'], [1, -1]),
]);

const IS_SYNTHETIC = { name: 'is_synthetic', observed: false, synthetic: new Uint8Array([1, 1]) };
const IN_DOMAIN = { name: 'in_domain', observed: true, synthetic: new Uint8Array([0, 1]) };

describe('exportTable to CSV', () => {
  it('writes observed rows as the user wrote them, then synthetic rows by type and format, then the flag', async () => {
    const table = await tables.importContent(ALL_TYPES);
    const csv = await tables.exportRows(table, { syntheticRows: SYNTHETIC, flags: [IS_SYNTHETIC, IN_DOMAIN] });
    expect(csv.toString()).toBe(
      [
        'id,flag,count,price,day,at,note,is_synthetic,in_domain',
        '0007,TRUE,+1,1.50,31/12/2020,2020-01-01T10:00:00Z,"a, ""b""",false,true',
        '0008,FALSE,-2,3,01/02/2021,2020-01-02T11:12:13Z,,false,true',
        '0009,,3,,,,"two\nlines",false,true',
        '0007,TRUE,1000000000000000,4.0,29/02/2024,2024-02-29T23:59:59Z,"é\n",true,false',
        '0007,,,0.30000000000000004,,,,true,true',
        '',
      ].join('\n'),
    );
  });

  it('writes the asked rows in order, and nothing but the header for none', async () => {
    const table = await tables.importContent('a,b\n0,x\n1,y\n2,x\n3,y\n');
    const rows = async (...observedRows: number[]) =>
      (await tables.exportRows(table, { observedRows: Int32Array.from(observedRows) })).toString();
    expect(await rows(1, 3)).toBe('a,b\n1,y\n3,y\n');
    expect(await rows(0)).toBe('a,b\n0,x\n');
    expect(await rows()).toBe('a,b\n');
  });

  it('writes a row as often as it is asked for, in its place', async () => {
    const table = await tables.importContent('a,b\n0,x\n1,y\n2,x\n3,y\n');
    const csv = await tables.exportRows(table, { observedRows: Int32Array.from([0, 2, 2, 2, 3, 3]) });
    expect(csv.toString()).toBe('a,b\n0,x\n2,x\n2,x\n2,x\n3,y\n3,y\n');
  });

  it('keeps the order where many rows are written twice', async () => {
    const count = 20_000;
    const table = await tables.importContent(`a,b\n${Array.from({ length: count }, (_, i) => `${i},x`).join('\n')}\n`);
    const observedRows = Int32Array.from({ length: 2 * count }, (_, i) => Math.floor(i / 2));
    const csv = (await tables.exportRows(table, { observedRows })).toString();
    const written = csv.trimEnd().split('\n').slice(1);
    expect(written).toEqual(Array.from(observedRows, (row) => `${row},x`));
  });

  it('keeps the order of rows and the bytes over many chunks', async () => {
    const count = 50_000;
    const lines = Array.from({ length: count }, (_, i) => `${i},${i % 7}`);
    const table = await tables.importContent(`a,b\n${lines.join('\n')}\n`);
    const observedRows = Int32Array.from({ length: count / 2 }, (_, i) => 2 * i);
    const syntheticRows = takeRows(
      createTable(table.columns.map(({ values }) => values)),
      observedRows.map((row) => count - 1 - row),
    );
    const csv = (await tables.exportRows(table, { observedRows, syntheticRows })).toString();
    const expected = [...observedRows]
      .map((row) => lines[row])
      .concat([...observedRows].map((row) => lines[count - 1 - row]));
    expect(csv === `a,b\n${expected.join('\n')}\n`).toBe(true);
  });

  it('keeps an empty name in first place, and names that need quotes or differ in case', async () => {
    const table = await tables.importContent(`,A,a,"x ""y"", z",it's\n0,1,2,3,4\n`);
    expect((await tables.exportRows(table)).toString()).toBe(`,A,a,"x ""y"", z",it's\n0,1,2,3,4\n`);
  });

  it('reads back as it was written', async () => {
    const table = await tables.importContent(ALL_TYPES);
    const csv = await tables.exportRows(table);
    const again = await tables.importContent(csv);
    expect(again.columns).toEqual(table.columns);
    expect(await tables.exportRows(again)).toEqual(csv);
  });

  it('gives DuckDB the types of the input', async () => {
    const table = await tables.importContent(
      'id,flag,count,price,day,at,note\n0007,TRUE,1,1.50,2020-12-31,2020-01-01T10:00:00Z,a\n,,,3,,,\n',
    );
    await tables.exportRows(table, {
      syntheticRows: takeRows(createTable(table.columns.map(({ values }) => values)), [0, 1]),
    });
    expect(
      await query(`SELECT column_type FROM (DESCRIBE SELECT * FROM read_csv('${tables.path('exported.csv')}'))`),
    ).toEqual(
      ['VARCHAR', 'BOOLEAN', 'BIGINT', 'DOUBLE', 'DATE', 'TIMESTAMP WITH TIME ZONE', 'VARCHAR'].map((type) => [type]),
    );
  });
});

describe('exportTable to Parquet', () => {
  const read = (columns: string) => query(`SELECT ${columns} FROM read_parquet('${tables.path('exported.parquet')}')`);

  it('casts the texts of CSV input to the types of the profile', async () => {
    const table = await tables.importContent(ALL_TYPES);
    await tables.exportRows(table, { syntheticRows: SYNTHETIC, flags: [IS_SYNTHETIC], format: 'parquet' });
    expect(
      await query(`SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '${tables.path('exported.parquet')}')`),
    ).toEqual([
      ['id', 'VARCHAR'],
      ['flag', 'BOOLEAN'],
      ['count', 'BIGINT'],
      ['price', 'DOUBLE'],
      ['day', 'DATE'],
      ['at', 'TIMESTAMP WITH TIME ZONE'],
      ['note', 'VARCHAR'],
      ['is_synthetic', 'BOOLEAN'],
    ]);
    expect(
      await read(
        'id, flag, CAST("count" AS DOUBLE), price, CAST("day" AS VARCHAR), CAST(epoch_ms("at") AS DOUBLE), note, ' +
          'is_synthetic',
      ),
    ).toEqual([
      ['0007', true, 1, 1.5, '2020-12-31', Date.UTC(2020, 0, 1, 10), 'a, "b"', false],
      ['0008', false, -2, 3, '2021-02-01', Date.UTC(2020, 0, 2, 11, 12, 13), null, false],
      ['0009', null, 3, null, null, null, 'two\nlines', false],
      ['0007', true, 1e15, 4, '2024-02-29', Date.UTC(2024, 1, 29, 23, 59, 59), 'é\n', true],
      ['0007', null, null, 0.1 + 0.2, null, null, null, true],
    ]);
  });

  it('writes the same bytes again', async () => {
    const table = await tables.importContent(ALL_TYPES);
    const bytes = await tables.exportRows(table, { format: 'parquet' });
    expect(await tables.exportRows(table, { format: 'parquet' })).toEqual(bytes);
  });

  it('calls an index without a name as pandas does', async () => {
    const table = await tables.importContent(',a\n0,1\n');
    await tables.exportRows(table, { format: 'parquet' });
    expect(await query(`SELECT name FROM parquet_schema('${tables.path('exported.parquet')}') OFFSET 1`)).toEqual([
      ['Unnamed: 0'],
      ['a'],
    ]);
  });

  it('cannot hold names that differ in case only', async () => {
    const table = await tables.importContent('A,a\n1,2\n');
    expect(await errorOf(tables.exportRows(table, { format: 'parquet' }))).toBe(
      'UnsupportedColumnNameError: columns "A" and "a": found names that differ in case only, which cannot be ' +
        'written to Parquet; ' +
        'rename one, or ask for CSV (--format csv)',
    );
  });
});

describe('exportTable refuses', () => {
  it('a column with the name of the flag', async () => {
    const table = await tables.importContent('Is_Synthetic,a\n1,2\n');
    expect(await errorOf(tables.exportRows(table, { flags: [IS_SYNTHETIC] }))).toBe(
      'UnsupportedColumnNameError: column "Is_Synthetic": found the name of a column that is added to the output ' +
        '(is_synthetic), needed another; rename it',
    );
  });

  it('row numbers that do not ascend or are none', async () => {
    const table = await tables.importContent('a,b\n1,2\n3,4\n');
    const refusal = (...rows: number[]) => errorOf(tables.exportRows(table, { observedRows: Int32Array.from(rows) }));
    expect(await refusal(1, 0)).toBe(
      'InvalidArgumentError: observedRows[1]: found 0, needed ascending row numbers from 0 to 1',
    );
    expect(await refusal(-1)).toContain('observedRows[0]: found -1');
    expect(await refusal(2)).toContain('observedRows[0]: found 2');
    expect(existsSync(tables.path('exported.csv'))).toBe(false);
  });

  it('synthetic rows that are not of this table', async () => {
    const table = await tables.importContent('a,b\n1,x\n2,y\n');
    const refusal = (...columns: Column[]) =>
      errorOf(tables.exportRows(table, { syntheticRows: createTable(columns) }));
    const text = categorical('b', ['x'], [0]);
    expect(await refusal(text)).toBe(
      "InvalidArgumentError: syntheticRows: found 1 columns, needed 2 as in the user's table",
    );
    expect(await refusal(text, numeric('a', [1]))).toBe(
      'InvalidArgumentError: syntheticRows, column 1: found categorical "b", needed numeric "a"',
    );
    expect(await refusal(numeric('a', [1.5]), text)).toBe(
      'InvalidArgumentError: syntheticRows, column "a", row 0: found 1.5, needed a whole number, as the column ' +
        'holds integers',
    );
    expect(await refusal(numeric('a', [Number.POSITIVE_INFINITY]), text)).toContain('found Infinity');
  });
});
