import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRecords } from '../../../../storage/tables/csv/parse-records.ts';
import { CsvScanner, MAX_RECORD_BYTES } from '../../../../storage/tables/csv/scanner.ts';

function scan(
  text: string,
  options: { columns?: string[]; watched?: number; chunk?: number; delimiter?: string } = {},
) {
  const scanner = new CsvScanner({
    name: 'table.csv',
    delimiter: options.delimiter ?? ',',
    columns: options.columns ?? ['a', 'b'],
    namedBy: 'the header',
    ...(options.watched === undefined ? {} : { watched: options.watched }),
  });
  const bytes = Buffer.from(text);
  const chunk = options.chunk ?? bytes.length;
  for (let start = 0; start < bytes.length; start += chunk) {
    scanner.scan(bytes.subarray(start, start + chunk));
  }
  scanner.finish();
  return scanner;
}

function outcome(text: string, chunk?: number): string {
  try {
    return `${scan(text, chunk === undefined ? {} : { chunk }).records} records`;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('CsvScanner', () => {
  it.each([
    ['LF', 'a,b\n1,2\n', 2],
    ['no LF at the end', 'a,b\n1,2', 2],
    ['CRLF', 'a,b\r\n1,2\r\n', 2],
    ['LF and CRLF', 'a,b\r\n1,2\n3,4\r\n', 3],
    ['CR', 'a,b\r1,2\r', 2],
    ['empty lines', '\na,b\n\n\n1,2\n\n', 2],
    ['line ends in quotes', '"a\n",b\n"\r\n","\r"\n', 2],
    ['doubled quotes', '"a""b","""c"""\n', 1],
    ['delimiters in quotes', '"1,2",3\n', 1],
    ['blanks around quotes', ' "a" , "b" \n', 1],
    ['quotes inside unquoted fields', '5" pipe,x"y"\n', 1],
    ['nothing but delimiters', ',\n,\n', 2],
  ])('counts the records with %s', (_, text, records) => {
    expect(scan(text).records).toBe(records);
  });

  it('tells the line of a record, after line ends in quotes and empty lines', () => {
    const text = 'a,b\r\n"x\r\ny\nz",2\r\n\r\n5,6\r\n';
    expect([0, 1, 2].map((watched) => scan(text, { watched }).watchedLine)).toEqual([1, 2, 6]);
  });

  it.each([
    [
      'too few fields',
      'a,b\n"x\ny",2\n3\n',
      'table.csv, line 4: found 1 field, needed 2 as in the header; repair or remove the row (a value with the ' +
        'delimiter in it ' +
        'must be in quotes)',
    ],
    [
      'too many fields, over several lines',
      'a,b\n"x\ny",2,3\n',
      'table.csv, lines 2 to 3: found 3 fields, needed 2 as in the header; repair or remove the row (a value with ' +
        'the delimiter in ' +
        'it must be in quotes)',
    ],
    [
      'a quote that is never closed',
      'a,b\n1,2\n3,"4\n5,6\n',
      'table.csv, line 3: found a quote (") that opens field 2 ("b") and is never closed, needed a closing one; a ' +
        'quote that is ' +
        'part of a value is written twice, in quotes',
    ],
    [
      'text after a closing quote',
      'a,b\n"Big" Joe,2\n',
      `table.csv, line 2: found 'J' after the closing quote (") of field 1 ("a"), needed the delimiter or the end ` +
        `of the line; a ` +
        'quote that is part of a value is written twice, in quotes',
    ],
    [
      'CR among LF',
      'a,b\n1,2\r3,4\n',
      'table.csv, line 3: found lines that end in CR alone and lines that end in LF, needed one of them; write the ' +
        'file with one ' +
        'kind of line ends, or put the values that contain them in quotes',
    ],
    [
      'a row that is too long',
      `a,b\n1,${'x'.repeat(MAX_RECORD_BYTES)}\n`,
      'table.csv, line 2: found a row of more than 1000000 bytes, needed fewer; are its lines ended by LF, CRLF or CR?',
    ],
    [
      'a quote that swallows the rows below it',
      `a,b\n1,2\n3,"4\n${'5,6\n'.repeat(MAX_RECORD_BYTES / 4)}`,
      'table.csv, line 3: found a row of more than 1000000 bytes, needed fewer; a quote (") was opened in line 3 ' +
        'and not closed since',
    ],
  ])('refuses %s', (_, text, message) => {
    expect(outcome(text)).toBe(message);
  });

  it('comes to the same end however the bytes are cut into chunks', () => {
    const text = fc
      .array(fc.constantFrom('a', ',', '"', '\n', '\r', '\r\n', ' ', 'é', 'a,b\n'), { maxLength: 20 })
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 5 }), (csv, chunk) => {
        expect(outcome(csv, chunk)).toBe(outcome(csv));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('parseRecords', () => {
  it('finds as many records as the scanner, with the fields it demands', () => {
    const cell = fc.constantFrom('', 'a', '"x,y"', '"p\nq"', '"d""e"', ' "z" ', 'm"n', '""');
    const rows = fc.array(fc.tuple(cell, cell), { maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n', '\r'), (cells, end) => {
        const text = cells.map((row) => row.join(',')).join(end);
        const records = parseRecords(text, ',', 100, true);
        expect(records.map(({ length }) => length)).toEqual(Array(scan(text).records).fill(2));
      }),
    );
  });

  it('takes quotes and blanks off', () => {
    expect(parseRecords('a, "b ""c""" ,\t d\n"x\ny",5" pipe,\n', ',', 9, true)).toEqual([
      ['a', 'b "c"', 'd'],
      ['x\ny', '5" pipe', ''],
    ]);
  });

  it('leaves a record out that the text cuts off', () => {
    expect(parseRecords('a,b\n1,2\n3', ',', 9, false)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });
});
