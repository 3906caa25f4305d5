import { EmptyTableError, InvalidHeaderError, MalformedCsvError } from '../../contracts/errors.ts';
import { type CsvLayout, readLayout } from './csv/layout.ts';
import { trimBlanks } from './csv/parse-records.ts';
import { MAX_RECORD_BYTES } from './csv/scanner.ts';
import { readHead, scanFile, type TextFile } from './csv/text-file.ts';
import type { ImportedTable, TableSource } from './profile.ts';
import { profileTextColumn, type TextColumn } from './profile-text.ts';
import { quoteSome } from './quote-some.ts';
import { readColumns } from './read-columns.ts';
import {
  fileToRead,
  fileToWrite,
  internalName,
  literal,
  ROW_GROUP_ROWS,
  type Session,
  withSession,
} from './session.ts';

/**
 * Reads a CSV or TSV file. A scan of our own finds the delimiter and checks every line, so that nothing is guessed by
 * DuckDB, which then reads the values as text; types are found over all rows.
 */
export async function importCsv(source: TableSource, observedPath: string, gzip: boolean): Promise<ImportedTable> {
  const file: TextFile = { path: source.path, name: source.name, gzip };
  const head = await readHead(file, MAX_RECORD_BYTES);
  const layout = readLayout(source, head.text, head.complete);
  const namedBy = layout.hasHeader ? 'the header' : 'the given names (--columns)';
  const rules = { name: source.name, delimiter: layout.delimiter, columns: layout.columns, namedBy };
  const headerRows = layout.hasHeader ? 1 : 0;
  const rows = (await scanFile(file, rules)).records - headerRows;
  if (rows === 0) {
    throw new EmptyTableError(
      `${source.name}: found a header (${quoteSome(layout.columns)}) and no rows, needed rows below it`,
    );
  }
  const lineOf = async (row: number) =>
    `line ${(await scanFile(file, { ...rules, watched: row + headerRows })).watchedLine ?? 'unknown'}`;
  return withSession(async (session) => {
    await copyObserved(session, file, layout, source.missingValues, observedPath, rows);
    await session.run(`CREATE TEMP VIEW observed AS SELECT * FROM read_parquet(${fileToRead(observedPath)})`);
    const columns: TextColumn[] = [];
    for (const [index, name] of layout.columns.entries()) {
      columns.push(
        await profileTextColumn(session, { file: source.name, name, index, rows, delimiter: layout.delimiter, lineOf }),
      );
    }
    checkFirstLine(source.name, layout, columns, rows);
    return { rows, columns: await readColumns(session, rows, columns) };
  });
}

async function copyObserved(
  session: Session,
  file: TextFile,
  layout: CsvLayout,
  missingValues: readonly string[],
  observedPath: string,
  rows: number,
): Promise<void> {
  const names = layout.columns.map((_, index) => internalName(index));
  const missing = ['', ...missingValues.map(trimBlanks)];
  const longest = Math.max(...missing.map((text) => Buffer.byteLength(text)));
  const reader =
    `read_csv(${fileToRead(file.path)}, auto_detect = false, header = false, delim = ${literal(layout.delimiter)}, ` +
    `quote = '"', ` +
    `escape = '"', compression = '${file.gzip ? 'gzip' : 'none'}', columns = ` +
    `{${names.map((name) => `${name}: 'VARCHAR'`).join(', ')}}, ` +
    `strict_mode = false, hive_partitioning = false, max_line_size = ${2 * MAX_RECORD_BYTES}, ` +
    `buffer_size = ${8 * MAX_RECORD_BYTES}, nullstr = '', allow_quoted_nulls = false)`;
  // Empty lines do not count, but to DuckDB they are rows where there is one column; a quoted nothing is a row.
  const counted = names.length === 1 ? `WHERE ${names[0]} IS NOT NULL` : '';
  // A short list behind a check of the length: DuckDB would make a join of IN, one for each column.
  const values = names.map(
    (name) =>
      `CASE WHEN strlen(${name}) > ${longest} THEN ${name} WHEN list_contains([${missing.map(literal).join(', ')}], ` +
      `${name}) THEN NULL ` +
      `ELSE ${name} END AS ${name}`,
  );
  const trimmed = names.map((name) => `trim(${name}, ' \t') AS ${name}`);
  const offset = layout.hasHeader ? 'OFFSET 1' : '';
  const [[copied]] = await session.rows(
    `COPY (SELECT ${values.join(', ')} FROM (SELECT ${trimmed.join(', ')} FROM ${reader} ${counted} ${offset})) TO ` +
      `${fileToWrite(observedPath)} ` +
      `(FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE ${ROW_GROUP_ROWS})`,
  );
  if (Number(copied) !== rows) {
    throw new MalformedCsvError(
      `${file.name}: found ${rows} rows by its lines and ${copied} by its values, needed as many; write it again ` +
        'as plain CSV (comma, double quotes, LF)',
    );
  }
}

/**
 * A header that was taken for data, or data for a header, shows in the values: names that occur as values in their own
 * columns; one text in the first row of a column of numbers.
 */
function checkFirstLine(file: string, layout: CsvLayout, columns: readonly TextColumn[], rows: number): void {
  const place = `${file}, line ${layout.firstLine}`;
  const repeated = layout.columns.filter((_, i) => columns[i].nameOccurs);
  if (layout.hasHeader && 2 * repeated.length > layout.columns.length && !layout.columns.every(isWholeNumber)) {
    throw new InvalidHeaderError(
      `${place}: found ${repeated.length} of ${layout.columns.length} names (${quoteSome(repeated)}) again as ` +
        `values in their own ` +
        'columns, needed a header that stands once, in the first line; give the names (--columns) if the file has none',
    );
  }
  const headed = columns.findIndex(
    (column, i) => rows > 2 && column.onlyText !== undefined && column.onlyText === layout.firstRecord[i],
  );
  if (!layout.hasHeader && headed >= 0) {
    throw new InvalidHeaderError(
      `${place}, column ${JSON.stringify(layout.columns[headed])}: found ` +
        `${JSON.stringify(layout.firstRecord[headed])} above nothing but numbers, needed a row of values, as names ` +
        'are given (--columns); leave them out if the first line is a header, or list the text under the missing ' +
        'values',
    );
  }
}

function isWholeNumber(name: string): boolean {
  return /^[0-9]*$/.test(name);
}
