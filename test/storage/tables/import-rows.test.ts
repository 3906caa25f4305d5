import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../../core/table/table.ts';
import type { AskedColumn } from '../../../storage/tables/asked-column.ts';
import { importRows } from '../../../storage/tables/import-rows.ts';
import { withSession } from '../../../storage/tables/session.ts';
import { errorOf, useTemporaryTables } from './temporary-table.ts';

const tables = useTemporaryTables();

async function imported(content: string | Uint8Array, asked: readonly AskedColumn[], file = 'rows.csv') {
  await writeFile(tables.path(file), content);
  const source = { path: tables.path(file), name: file, missingValues: ['', 'NA'] };
  return importRows(source, tables.path('observed.parquet'), asked);
}

/** What `importRows` makes of column v of a file that also has a column w. */
async function column(values: readonly string[], asked: Omit<AskedColumn, 'name'>): Promise<Column> {
  const csv = `v,w\n${values.map((value) => `${value},1`).join('\n')}\n`;
  return (await imported(csv, [{ name: 'v', ...asked }])).columns[0];
}

async function parquetColumn(sql: string, asked: Omit<AskedColumn, 'name'>): Promise<Column> {
  const path = tables.path('rows.parquet');
  await withSession((session) => session.run(`COPY (SELECT ${sql} AS v, 1 AS w) TO '${path}' (FORMAT parquet)`));
  const source = { path, name: 'rows.parquet', missingValues: [] };
  return (await importRows(source, tables.path('observed.parquet'), [{ name: 'v', ...asked }])).columns[0];
}

const numbers = (...values: number[]) => ({ kind: 'numeric', name: 'v', values: Float64Array.from(values) });
const levels = (known: string[], ...codes: number[]) => ({
  kind: 'categorical',
  name: 'v',
  levels: known,
  codes: Int32Array.from(codes),
});

const DAY_MS = 86_400_000;
const day = (text: string) => Date.parse(text) / DAY_MS;

describe('importRows', () => {
  it('gives the asked columns in the order of the file, and says nothing of those that are not there', async () => {
    const { table, columns } = await imported('b,a,x\n1,u,2\n3,v,4\n', [
      { name: 'a', type: 'text' },
      { name: 'gone', type: 'number' },
      { name: 'b', type: 'number' },
    ]);
    expect(columns.map(({ name }) => name)).toEqual(['b', 'a']);
    expect(table.columns.map(({ profile }) => profile.name)).toEqual(['b', 'a', 'x']);
    expect(columns).toEqual(table.columns.slice(0, 2).map(({ values }) => values));
  });

  it('reads text that happens to be numbers, dates or booleans here, as it is spelled', async () => {
    expect(await column(['1', '02', 'NA', '1'], { type: 'text' })).toEqual(levels(['02', '1'], 1, 0, -1, 1));
    expect(await column(['1', '2', '1'], { type: 'text' })).toEqual(levels(['1', '2'], 0, 1, 0));
    expect(await column(['1.50', '2'], { type: 'text' })).toEqual(levels(['1.50', '2'], 0, 1));
    expect(await column(['2025-01-02', '2025-01-01'], { type: 'text' })).toEqual(
      levels(['2025-01-01', '2025-01-02'], 1, 0),
    );
    expect(await column(['true', 'false'], { type: 'text' })).toEqual(levels(['false', 'true'], 1, 0));
    expect(await parquetColumn('unnest([3, 1, NULL])', { type: 'text' })).toEqual(levels(['1', '3'], 1, 0, -1));
  });

  it('reads numbers, whole or not, and refuses anything else with its row', async () => {
    expect(await column(['1', '2.5', ''], { type: 'integer' })).toMatchObject(numbers(1, 2.5, Number.NaN));
    expect(await column(['9007199254740993', '1'], { type: 'number' })).toMatchObject(numbers(2 ** 53, 1));
    expect(await column(['', 'NA'], { type: 'number' })).toMatchObject({ kind: 'categorical', levels: [] });
    expect(await parquetColumn("unnest(['1', '2e1', NULL])", { type: 'number' })).toMatchObject(
      numbers(1, 20, Number.NaN),
    );
    expect(await errorOf(column(['', '1', 'about 3', '4', 'x'], { type: 'number' }))).toBe(
      'InvalidValueError: rows.csv, data row 3, column "v": found "about 3", needed a finite number, as in the rows that the ' +
        'model was trained on; correct it, or leave it empty',
    );
    expect(await errorOf(column(['2025-01-01', '2025-01-02'], { type: 'number' }))).toContain(
      'data row 1, column "v": found "2025-01-01", needed a finite number',
    );
    expect(await errorOf(column(['x', '1e999'], { type: 'number' }))).toContain('data row 1, column "v": found "x"');
    expect(await errorOf(parquetColumn('unnest([true, false])', { type: 'integer' }))).toContain(
      'rows.parquet, data row 1, column "v": found "true", needed a finite number',
    );
  });

  it('reads dates as they were written in training, where that can be', async () => {
    const dayFirst = { type: 'date', format: '%d/%m/%Y' } as const;
    const monthFirst = { type: 'date', format: '%m/%d/%Y' } as const;
    const ambiguous = ['01/02/2025', '03/04/2025'];
    expect(await column(ambiguous, dayFirst)).toMatchObject(numbers(day('2025-02-01'), day('2025-04-03')));
    expect(await column(ambiguous, monthFirst)).toMatchObject(numbers(day('2025-01-02'), day('2025-03-04')));
    // No month 31: these rows are written in another way, and say so themselves.
    expect(await column(['01/02/2025', '12/31/2025'], dayFirst)).toMatchObject(
      numbers(day('2025-01-02'), day('2025-12-31')),
    );
    expect(await column(['2025-02-01', ''], dayFirst)).toMatchObject(numbers(day('2025-02-01'), Number.NaN));
    expect(await parquetColumn("unnest([DATE '2025-02-01', NULL])", dayFirst)).toMatchObject(
      numbers(day('2025-02-01'), Number.NaN),
    );
    expect(await parquetColumn("unnest(['01/02/2025', '05/06/2025'])", dayFirst)).toMatchObject(
      numbers(day('2025-02-01'), day('2025-06-05')),
    );
  });

  it('reads days as timestamps and timestamps as days', async () => {
    expect(
      await column(['2025-01-02', '2025-01-03'], { type: 'timestamp', format: '%Y-%m-%d %H:%M:%S' }),
    ).toMatchObject(numbers(Date.parse('2025-01-02'), Date.parse('2025-01-03')));
    expect(await column(['2025-01-02 12:00:00'], { type: 'date', format: '%Y-%m-%d' })).toMatchObject(
      numbers(day('2025-01-02') + 0.5),
    );
    expect(
      await parquetColumn("unnest([TIMESTAMP '2025-01-02 06:00:00'])", { type: 'date', format: '%Y-%m-%d' }),
    ).toMatchObject(numbers(day('2025-01-02') + 0.25));
  });

  it('refuses what is no date, with its row', async () => {
    const asked = { type: 'date', format: '%d/%m/%Y' } as const;
    expect(await errorOf(column(['01/02/2025', '', 'soon'], asked))).toBe(
      'InvalidValueError: rows.csv, data row 3, column "v": found "soon", needed a date written as %d/%m/%Y, as in the rows ' +
        'that the model was trained on; correct it, or leave it empty',
    );
    expect(await errorOf(column(['20250102', '20250103'], asked))).toContain(
      'data row 1, column "v": found "20250102", needed a date written as %d/%m/%Y',
    );
    expect(await errorOf(column(['1/2/20', '01/02/2025'], asked))).toContain('data row 1, column "v": found "1/2/20"');
  });

  it('reads what the table reader reads: gzip, other delimiters, other columns of any kind', async () => {
    const asked = [{ name: 'a', type: 'text' }] as const;
    const { columns } = await imported(gzipSync('a;b\n7;x\n8;y\n'), asked, 'rows.csv.gz');
    expect(columns).toEqual([{ kind: 'categorical', name: 'a', levels: ['7', '8'], codes: Int32Array.of(0, 1) }]);
    expect(await errorOf(imported('a,b\n', asked))).toContain('EmptyTableError: rows.csv');
  });

  it('takes a file of one column, in which empty lines do not count and quoted nothing is missing', async () => {
    const asked = [{ name: 'x', type: 'number' }] as const;
    const rows = 'x\n1\n\n2\n""\nNA\n3\n\n';
    for (const written of [rows, `\n\n${rows}`, rows.replaceAll('\n', '\r\n'), rows.trimEnd()]) {
      const { table, columns } = await imported(written, asked);
      expect([table.rows, Array.from((columns[0] as { values: Float64Array }).values)]).toEqual([
        5,
        [1, 2, Number.NaN, Number.NaN, 3],
      ]);
    }
    const text = await imported('x\n"a,b"\nc\n', [{ name: 'x', type: 'text' }]);
    expect(text.columns).toEqual([
      { kind: 'categorical', name: 'x', levels: ['a,b', 'c'], codes: Int32Array.of(0, 1) },
    ]);
    expect(await errorOf(imported('x\n1\n2;3\n4\n5\n', asked))).toBe(
      'InvalidValueError: rows.csv, data row 2, column "x": found "2;3", needed a finite number, as in the rows that the model ' +
        'was trained on; correct it, or leave it empty',
    );
    expect(await errorOf(imported('x\n\n', asked))).toBe(
      'EmptyTableError: rows.csv: found a header ("x") and no rows, needed rows below it',
    );
  });

  it('takes a Parquet file of one column', async () => {
    const path = tables.path('one.parquet');
    await withSession((session) => session.run(`COPY (SELECT unnest([1, NULL]) AS v) TO '${path}' (FORMAT parquet)`));
    const source = { path, name: 'one.parquet', missingValues: [] };
    const { columns } = await importRows(source, tables.path('observed.parquet'), [{ name: 'v', type: 'integer' }]);
    expect(columns).toMatchObject([numbers(1, Number.NaN)]);
  });
});
