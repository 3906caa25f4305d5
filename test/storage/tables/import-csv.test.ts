import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ImportedTable } from '../../../storage/tables/profile.ts';
import { errorOf, query, useTemporaryTables } from './temporary-table.ts';

const tables = useTemporaryTables();

/** Name, type and values of each column: numbers, or the level of each row. */
function contents(table: ImportedTable) {
  return table.columns.map(({ profile, values }) => [
    profile.name,
    profile.type,
    values.kind === 'numeric' ? [...values.values] : Array.from(values.codes, (code) => values.levels[code] ?? null),
  ]);
}

const TWO_COLUMNS = [
  ['a', 'integer', [1, 3]],
  ['b', 'integer', [2, 4]],
];

describe('files that are read', () => {
  it.each([
    ['commas', 'a,b\n1,2\n3,4\n'],
    ['semicolons', 'a;b\n1;2\n3;4\n'],
    ['tabs', 'a\tb\n1\t2\n3\t4\n'],
    ['bars', 'a|b\n1|2\n3|4\n'],
    ['blanks around the fields', 'a, b\n 1,2\t\n3 , 4\n'],
    ['CRLF', 'a,b\r\n1,2\r\n3,4\r\n'],
    ['CR', 'a,b\r1,2\r3,4\r'],
    ['LF and CRLF', 'a,b\n1,2\r\n3,4\n'],
    ['no line end at the end', 'a,b\n1,2\n3,4'],
    ['empty lines', '\na,b\n\n1,2\n\n\n3,4\n\n'],
    ['a byte order mark', '\ufeffa,b\n1,2\n3,4\n'],
    ['quotes everywhere', '"a","b"\n"1","2"\n"3","4"\n'],
    ['gzip', gzipSync('a,b\n1,2\n3,4\n')],
    ['gzip in parts, with a byte order mark', Buffer.concat([gzipSync('\ufeffa,b\n1,2\n'), gzipSync('3,4\n')])],
  ])('%s', async (_, content) => {
    expect(contents(await tables.importContent(content))).toEqual(TWO_COLUMNS);
  });

  it('takes quotes off and keeps what is in them', async () => {
    const table = await tables.importContent('a,b\n"x,1","say ""hi"""\n"two\nlines",5" pipe\n');
    expect(contents(table)).toEqual([
      ['a', 'text', ['x,1', 'two\nlines']],
      ['b', 'text', ['say "hi"', '5" pipe']],
    ]);
  });

  it('names the columns of a file without a header', async () => {
    const table = await tables.importContent('1,2\n3,4\n', { columns: ['a', 'b'] });
    expect(contents(table)).toEqual(TWO_COLUMNS);
  });

  it('keeps an index column without a name, and names that differ in case or need quotes', async () => {
    const table = await tables.importContent(',A,a,"x ""y"", z",select\n0,1,2,3,4\n');
    expect(table.columns.map(({ profile }) => profile.name)).toEqual(['', 'A', 'a', 'x "y", z', 'select']);
  });

  it('takes 0,1,2 for a header, as pandas writes it, and years', async () => {
    const names = async (header: string) =>
      (await tables.importContent(`${header}\n7,8,9\n`)).columns.map(({ profile }) => profile.name);
    expect(await names('0,1,2')).toEqual(['0', '1', '2']);
    expect(await names('2019,2020,2021')).toEqual(['2019', '2020', '2021']);
  });

  it('reads a file whose name looks like a pattern', async () => {
    await tables.importContent('a,b\n9,9\n', {}, 'x1.csv');
    expect(contents(await tables.importContent('a,b\n1,2\n3,4\n', {}, 'x[1]*?.csv'))).toEqual(TWO_COLUMNS);
  });

  it('reads rows of nearly a million bytes', async () => {
    const long = 'x'.repeat(999_990);
    expect(contents(await tables.importContent(`a,b\n1,${long}\n`))[1]).toEqual(['b', 'text', [long]]);
  });

  it('keeps the observed texts, NULL where missing, in the order of the rows', async () => {
    await tables.importContent('a,b\n1.50, x\n?,"y "\n 007 ,NULL\n');
    expect(await query(`SELECT * FROM read_parquet('${tables.path('observed.parquet')}')`)).toEqual([
      ['1.50', 'x'],
      [null, 'y'],
      ['007', null],
    ]);
  });
});

describe('types', () => {
  it.each([
    ['integer', 'BIGINT', ['1', '-2', '+3', '0'], [1, -2, 3, 0]],
    ['number', 'DOUBLE', ['1', '.5', '2.', '-1e3', '3.0'], [1, 0.5, 2, -1000, 3]],
    ['number', 'DOUBLE', ['12345678901234567890123', '0.5'], [Number('12345678901234567890123'), 0.5]],
    ['boolean', 'BOOLEAN', ['True', 'False', 'True'], ['True', 'False', 'True']],
    ['boolean', 'BOOLEAN', ['TRUE', 'TRUE'], ['TRUE', 'TRUE']],
    ['text', 'VARCHAR', ['true', 'True', 'false'], ['true', 'True', 'false']],
    ['text', 'VARCHAR', ['00123', '10001'], ['00123', '10001']],
    ['text', 'VARCHAR', ['9007199254740993', '1'], ['9007199254740993', '1']],
    ['integer', 'BIGINT', ['9007199254740991', '1'], [2 ** 53 - 1, 1]],
    ['text', 'VARCHAR', ['1_000', '2'], ['1_000', '2']],
    ['text', 'VARCHAR', ['0x10', '2'], ['0x10', '2']],
    ['text', 'VARCHAR', ['"1,234"', '2'], ['1,234', '2']],
    ['text', 'VARCHAR', ['inf', 'no'], ['inf', 'no']],
    ['text', 'VARCHAR', ['10:30', '11:00'], ['10:30', '11:00']],
  ])('%s (%s): %j', async (type, sqlType, texts, values) => {
    const table = await tables.importContent(`n,v\n${texts.map((text, i) => `r${i},${text}`).join('\n')}\n`);
    expect(contents(table)[1]).toEqual(['v', type, values]);
    expect(table.columns[1].profile.sqlType).toBe(sqlType);
  });

  it('looks at all rows: the last one may change the type', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => `r,${i}`).join('\n');
    expect((await tables.importContent(`a,b\n${rows}\n`)).columns[1].profile.type).toBe('integer');
    expect((await tables.importContent(`a,b\n${rows}\nr,0.5\n`)).columns[1].profile.type).toBe('number');
    expect((await tables.importContent(`a,b\n${rows}\nr,none\n`)).columns[1].profile.type).toBe('text');
  });

  it('counts missing rows and different values, numbers by value and texts by spelling', async () => {
    const table = await tables.importContent('a,b,c\n1,x,\n1.0,X,?\n2,x,NaN\n,NA,\n');
    expect(table.columns.map(({ profile }) => [profile.missing, profile.distinct])).toEqual([
      [1, 2],
      [1, 2],
      [4, 0],
    ]);
    expect(contents(table)).toEqual([
      ['a', 'number', [1, 1, 2, Number.NaN]],
      ['b', 'text', ['x', 'X', 'x', null]],
      ['c', 'text', [null, null, null, null]],
    ]);
  });

  it('tells columns of whole numbers from others for the core', async () => {
    const table = await tables.importContent('a,b\n1.0,1\n2.0,2.5\n');
    expect(table.columns.map(({ values }) => values.kind === 'numeric' && values.integer)).toEqual([true, false]);
  });

  it('has no other missing values than the listed ones and the empty text', async () => {
    const table = await tables.importContent('a,b\n1,?\n2,none\n3,""\n', { missingValues: ['none'] });
    expect(contents(table)[1]).toEqual(['b', 'text', ['?', null, null]]);
  });

  it('sorts levels by code unit', async () => {
    const table = await tables.importContent('a,b\n1,\uff5e\n2,\u{1f600}\n3,b\n4,B\n5,\uff5e\n');
    const [, { values }] = table.columns;
    expect(values.kind === 'categorical' && [values.levels, [...values.codes]]).toEqual([
      ['B', 'b', '\u{1f600}', '\uff5e'],
      [3, 2, 1, 0, 3],
    ]);
  });

  it('reads dates as days and timestamps as milliseconds since 1970, and keeps their format', async () => {
    const table = await tables.importContent(
      'd,t\n31.12.1999,2020-01-01T10:00:00.25Z\n01.02.2020,1970-01-01T00:00:01.000001Z\n,\n',
    );
    expect(contents(table)).toEqual([
      ['d', 'date', [Date.UTC(1999, 11, 31) / 86_400_000, Date.UTC(2020, 1, 1) / 86_400_000, Number.NaN]],
      ['t', 'timestamp', [Date.UTC(2020, 0, 1, 10, 0, 0, 250), 1000.001, Number.NaN]],
    ]);
    expect(table.columns.map(({ profile }) => [profile.format, profile.sqlType])).toEqual([
      ['%d.%m.%Y', 'DATE'],
      ['%Y-%m-%dT%H:%M:%S.%fZ', 'TIMESTAMP WITH TIME ZONE'],
    ]);
  });
});

describe('files that are refused', () => {
  it.each<[string, string | Uint8Array, string]>([
    [
      'no bytes',
      '',
      'UnreadableTableError: table.csv: found a file of 0 bytes, needed CSV or TSV (as they are or compressed with ' +
        'gzip) or Parquet',
    ],
    [
      'empty lines only',
      '\n\r\n',
      'EmptyTableError: table.csv: found nothing but empty lines, needed a header and rows below it',
    ],
    ['no rows', 'a,b\n', 'EmptyTableError: table.csv: found a header ("a", "b") and no rows, needed rows below it'],
    [
      'one column',
      'a\n1\n2\n',
      'MalformedCsvError: table.csv, line 1: found no comma, semicolon, tab or | between fields in "a", needed one ' +
        'of them and ' +
        'two columns at the least, one to predict and one to learn from',
    ],
    [
      'two delimiters that both fit',
      'a,b;c\n1,2;3\n',
      'MalformedCsvError: table.csv: found that both , (2 fields) and ; (2 fields) divide the first 2 rows evenly, ' +
        'needed one ' +
        'delimiter; put the values that contain the other in quotes',
    ],
    [
      'a name twice',
      '\na,b,a\n1,2,3\n',
      'InvalidHeaderError: table.csv, line 2, the header: found the name "a" for the columns 1 and 3, needed ' +
        'different names; ' +
        'rename one, or give the names (--columns) if the file has no header',
    ],
    [
      'an empty name',
      'a,,b\n1,2,3\n',
      'InvalidHeaderError: table.csv, line 1, the header: found an empty name for column 2 of 3, needed a name for ' +
        'each column ' +
        'but an index in first place; name it, or remove the column, or give the names (--columns) if the file has ' +
        'no header',
    ],
    [
      'a header of numbers',
      '0.5,7\n1,2\n',
      'InvalidHeaderError: table.csv, line 1: found only numbers ("0.5", "7"), which look like data, needed the ' +
        'names of the ' +
        'columns; add a header or give the names (--columns)',
    ],
    [
      'a header that is a row',
      'x,1,u\nx,2,v\ny,1,u\n',
      'InvalidHeaderError: table.csv, line 1: found 3 of 3 names ("x", "1", "u") again as values in their own ' +
        'columns, needed a ' +
        'header that stands once, in the first line; give the names (--columns) if the file has none',
    ],
    [
      'a line above the header',
      '|1x3 Cross validator\n25, Private, a\n38, Private, b\n',
      'InvalidHeaderError: table.csv, line 1: found 1 name ("|1x3 Cross validator"), needed 3 as the rows below ' +
        'have fields; the ' +
        'first line must be the header: repair it, remove what stands above it, or give the names (--columns) for a ' +
        'file ' +
        'without a header',
    ],
    [
      'a row with too few fields',
      'a,b\n"x\ny",1\nz\n',
      'RaggedRowError: table.csv, line 4: found 1 field, needed 2 as in the header; repair or remove the row (a ' +
        'value with the ' +
        'delimiter in it must be in quotes)',
    ],
    [
      'a line of blanks',
      'a,b\n1,2\n  \n',
      'RaggedRowError: table.csv, line 3: found 1 field, needed 2 as in the header; repair or remove the row (a ' +
        'value with the ' +
        'delimiter in it must be in quotes)',
    ],
    [
      'a quote that is never closed',
      'a,b\n1,"2\n3,4\n',
      'MalformedCsvError: table.csv, line 2: found a quote (") that opens field 2 ("b") and is never closed, needed ' +
        'a closing ' +
        'one; a quote that is part of a value is written twice, in quotes',
    ],
    [
      'Latin-1',
      Buffer.from('name,b\nzoe,1\ncafé,2\n', 'latin1'),
      'TextEncodingError: table.csv, line 3, byte 4, column 1 ("name"): found the byte 0xe9, which is not UTF-8, ' +
        'needed UTF-8; ' +
        'if the file is in Latin-1 (Windows-1252), convert it with iconv -f WINDOWS-1252 -t UTF-8',
    ],
    [
      'UTF-16',
      Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'),
      'TextEncodingError: table.csv: found UTF-16, needed UTF-8; save the file as UTF-8 (iconv -f UTF-16 -t UTF-8)',
    ],
    [
      'a NUL byte',
      'a,b\n1,x\0y\n',
      `InvalidValueError: table.csv, line 2, byte 4, column 2 ("b"): found a NUL byte, needed text; remove it (tr ` +
        `-d '\\000')`,
    ],
    [
      'an infinite number',
      'a,b\n1,"x\ny"\n-inf,z\n',
      'InvalidValueError: table.csv, line 4, column "a": found "-inf", needed a finite number, as the column holds ' +
        'numbers; ' +
        'correct it, leave it empty, or list it under the missing values',
    ],
    [
      'a number that is too large',
      'a,b\n1e999,x\n1,z\n',
      'InvalidValueError: table.csv, line 2, column "a": found "1e999", needed a finite number, as the column holds ' +
        'numbers; ' +
        'correct it, leave it empty, or list it under the missing values',
    ],
    [
      'decimal commas',
      'a;b\n2;x\n1,5;y\n',
      'InvalidValueError: table.csv, line 3, column "a": found "1,5", needed a number with a decimal point; export ' +
        'the table ' +
        'with points instead of decimal commas',
    ],
    [
      'an Excel workbook',
      Buffer.from('504b03041400', 'hex'),
      'UnreadableTableError: table.csv: found a ZIP archive or an Excel workbook, needed CSV or TSV (as they are or ' +
        'compressed ' +
        'with gzip) or Parquet; export the table in one of them',
    ],
    [
      'JSON',
      '[\n  {"a": 1, "b": 2}\n]',
      'UnreadableTableError: table.csv: found a JSON file, needed CSV or TSV (as they are or compressed with gzip) ' +
        'or Parquet; ' +
        'export the table in one of them',
    ],
    [
      'gzip that is cut short',
      gzipSync('a,b\n1,2\n'.repeat(99)).subarray(0, 30),
      'UnreadableTableError: table.csv: found a gzip file that is damaged or cut short (unexpected end of file), ' +
        'needed a whole ' +
        'one; copy it again',
    ],
  ])('%s', async (_, content, message) => {
    expect(await errorOf(tables.importContent(content))).toBe(message);
  });

  it.each<[string, string, string[], string]>([
    [
      'as many names as columns are needed',
      '1,2,3\n4,5,6\n',
      ['a', 'b'],
      'InvalidHeaderError: table.csv, line 1: found 3 fields ("1", "2", "3"), needed 2 as in the given names ("a", ' +
        '"b"); give one ' +
        'name for each column (--columns)',
    ],
    [
      'a name twice',
      '1,2\n',
      ['a', 'a'],
      'InvalidHeaderError: table.csv: the given names (--columns): found the name "a" for the columns 1 and 2, ' +
        'needed different ' +
        'names; rename one',
    ],
    [
      'the same header in the file',
      'a,b\n1,2\n',
      ['a', 'b'],
      'InvalidHeaderError: table.csv, line 1: found the given names ("a", "b") as a header, needed a row of values; ' +
        'leave out ' +
        '--columns',
    ],
    [
      'another header in the file',
      'age,b\n1,2\n3,4\n',
      ['a', 'c'],
      'InvalidHeaderError: table.csv, line 1, column "a": found "age" above nothing but numbers, needed a row of ' +
        'values, as names ' +
        'are given (--columns); leave them out if the first line is a header, or list the text under the missing ' +
        'values',
    ],
    [
      'a line that is no row',
      '|1x3 Cross validator\n25, x, a\n38, y, b\n',
      ['a', 'b', 'c'],
      'RaggedRowError: table.csv, line 1: found 1 field, needed 3 as in the given names (--columns); repair or ' +
        'remove the row (a ' +
        'value with the delimiter in it must be in quotes)',
    ],
  ])('with given names: %s', async (_, content, columns, message) => {
    expect(await errorOf(tables.importContent(content, { columns }))).toBe(message);
  });

  it('a file that is absent, and a folder', async () => {
    expect(await errorOf(tables.importContent('a,b\n1,2\n', { path: tables.path('absent.csv') }))).toBe(
      'UnreadableTableError: table.csv: found no such file, needed a table; check the path',
    );
    expect(await errorOf(tables.importContent('a,b\n1,2\n', { path: tables.path('') }))).toBe(
      'UnreadableTableError: table.csv: found a folder, needed one file; name the file in it',
    );
  });

  it('leaves no copy of the rows behind', async () => {
    await tables.importContent('a,b\n1,2\n');
    await errorOf(tables.importContent('a,b\n1,2\ninf,2\n'));
    expect(existsSync(tables.path('observed.parquet'))).toBe(false);
  });
});
