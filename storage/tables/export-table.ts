import { rm } from 'node:fs/promises';
import type { Column, Table } from '../../core/table/table.ts';
import { type AppendedColumn, appendTable } from './append-table.ts';
import { checkRowNumbers, checkSyntheticRows, outputNames } from './check-export.ts';
import type { ColumnProfile } from './profile.ts';
import {
  fileToRead,
  fileToWrite,
  identifier,
  internalName,
  literal,
  ROW_GROUP_ROWS,
  type Session,
  withSession,
} from './session.ts';
import { observedValue, syntheticValue } from './written-values.ts';

/** A column of true and false beside the user's own. */
export interface Flag {
  readonly name: string;
  /** of every observed row */
  readonly observed: boolean;
  /** 1 is true: one per synthetic row */
  readonly synthetic: Uint8Array;
}

export interface TableExport {
  /** the copy that `importTable` made */
  readonly observedPath: string;
  /** the profiles of all columns, in the user's order */
  readonly columns: readonly ColumnProfile[];
  /** the observed rows to write, by their numbers from 0, ascending; a number that comes twice is written twice */
  readonly observedRows: Int32Array;
  /**
   * rows to write below them, with the same columns in the same order. Numbers are in the units of `ImportedColumn`,
   * whole in columns of integers and dates; NaN and code -1 are missing. Levels are written as they are.
   */
  readonly syntheticRows?: Table;
  /** last columns, of true and false */
  readonly flags?: readonly Flag[];
  readonly format: 'csv' | 'parquet';
  /** where the file goes; a file that is there is replaced */
  readonly path: string;
}

/**
 * Writes rows in the user's own columns, order and types: the same bytes for the same rows on any machine.
 *
 * CSV is UTF-8 without a byte order mark, comma, LF, a header, quotes where needed (RFC 4180), nothing where a value is
 * missing. Observed values of CSV input are written as the user wrote them, without the blanks around. Parquet has the
 * profile's SQL types.
 *
 * @throws UnsupportedColumnNameError, and InvalidArgumentError for rows that are not of this table
 */
export async function exportTable(target: TableExport): Promise<void> {
  const { columns, flags = [], format, path } = target;
  const names = outputNames(
    columns,
    flags.map(({ name }) => name),
    format,
  );
  if (target.syntheticRows !== undefined) {
    checkSyntheticRows(target.syntheticRows, columns);
  }
  try {
    await withSession(async (session) => {
      const parts = [await observedPart(session, target)];
      if (target.syntheticRows !== undefined) {
        parts.push(await syntheticPart(session, target, target.syntheticRows));
      }
      await writeParts(session, parts, { names, format, path });
    });
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/**
 * Writes the rows of SQL queries, one below the other, under the names: the same bytes for the same rows on any
 * machine.
 *
 * @param parts texts where the format is CSV
 */
export async function writeParts(
  session: Session,
  parts: readonly string[],
  { names, format, path }: { names: readonly string[]; format: 'csv' | 'parquet'; path: string },
): Promise<void> {
  await session.run(
    format === 'csv'
      ? `COPY (${[headerPart(names), ...parts].join(' UNION ALL ')}) TO ${fileToWrite(path)} ` +
          `(FORMAT csv, HEADER false, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '')`
      : `COPY (SELECT * FROM (${parts.join(' UNION ALL ')}) AS written(${names.map(identifier).join(', ')})) ` +
          `TO ${fileToWrite(path)} ` +
          `(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP_ROWS})`,
  );
}

/** The header as a row of texts, as SQL identifiers can be neither empty nor equal but for case. */
function headerPart(names: readonly string[]): string {
  return `SELECT ${names.map((name) => (name === '' ? 'NULL' : literal(name))).join(', ')}`;
}

async function observedPart(session: Session, target: TableExport): Promise<string> {
  const { columns, flags = [], format, observedPath, observedRows } = target;
  const observed = `read_parquet(${fileToRead(observedPath)})`;
  const [[rows]] = await session.rows(`SELECT CAST(count(*) AS DOUBLE) FROM ${observed}`);
  checkRowNumbers(observedRows, rows as number);
  const stored = await session.rows(`SELECT column_type FROM (DESCRIBE SELECT * FROM ${observed})`);
  const { INTEGER } = await import('@duckdb/node-api');
  const copies = new Int32Array(rows as number);
  for (const row of observedRows) {
    copies[row]++;
  }
  await appendTable(session, 'kept', copies.length, [{ type: INTEGER, valueAt: (row) => copies[row] }]);
  const values = columns.map((profile, index) =>
    observedValue(profile, `observed.${internalName(index)}`, stored[index][0] as string, format),
  );
  const flagged = flags.map((flag) => flagValue(`${flag.observed}`, format));
  return `SELECT ${[...values, ...flagged].join(', ')} FROM ${keptRows(observed, copies)} AS observed`;
}

/** SQL for the observed rows that are kept, each as often as it is kept, in their order. */
function keptRows(observed: string, copies: Int32Array): string {
  const count = `kept.${internalName(0)}`;
  const repeated = copies.some((times) => times > 1) ? `, unnest(range(${count}))` : '';
  return `(SELECT observed.*${repeated} FROM ${observed} AS observed POSITIONAL JOIN kept WHERE ${count} > 0)`;
}

async function syntheticPart(session: Session, target: TableExport, table: Table): Promise<string> {
  const { columns, flags = [], format } = target;
  const { BOOLEAN, DOUBLE, VARCHAR } = await import('@duckdb/node-api');
  const appended = table.columns.map((column: Column): AppendedColumn => {
    return column.kind === 'numeric'
      ? { type: DOUBLE, valueAt: (row) => column.values[row] }
      : { type: VARCHAR, valueAt: (row) => column.levels[column.codes[row]] ?? null };
  });
  const marks = flags.map(
    ({ synthetic }): AppendedColumn => ({ type: BOOLEAN, valueAt: (row) => synthetic[row] === 1 }),
  );
  await appendTable(session, 'synthetic', table.rows, [...appended, ...marks]);
  const values = columns.map((profile, index) => syntheticValue(profile, internalName(index), format));
  const flagged = flags.map((_, index) => flagValue(internalName(columns.length + index), format));
  return `SELECT ${[...values, ...flagged].join(', ')} FROM synthetic`;
}

/** SQL for a truth as it is written. */
function flagValue(value: string, format: 'csv' | 'parquet'): string {
  return format === 'csv' ? `CAST(${value} AS VARCHAR)` : value;
}
