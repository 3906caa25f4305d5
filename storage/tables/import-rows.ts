import type { Column } from '../../core/table/table.ts';
import { type AskedColumn, planAskedColumn } from './asked-column.ts';
import { importTable } from './import-table.ts';
import type { ColumnProfile, ImportedTable, TableSource } from './profile.ts';
import { readColumns } from './read-columns.ts';
import { fileToRead, internalName, withSession } from './session.ts';

/** Rows of a user's table whose columns mean what they meant in another one. */
export interface ImportedRows {
  /** as it was understood by itself */
  readonly table: ImportedTable;
  /** the asked columns that are there, in the order of the file, as they were asked for */
  readonly columns: readonly Column[];
}

/**
 * Reads rows that belong to a table which was read before: a column that held text there is text here, even where only
 * digits occur; dates are read as they were written there; a column of numbers holds numbers only.
 *
 * @param observedPath where the copy of the rows goes, as of `importTable`
 * @param asked columns by what they were; those that are not in the file are left out
 * @throws the errors of `importTable`; InvalidValueError that names row and column where a value is not what was asked
 * for
 */
export async function importRows(
  source: TableSource,
  observedPath: string,
  asked: readonly AskedColumn[],
): Promise<ImportedRows> {
  const table = await importTable({ ...source, leastColumns: 1 }, observedPath);
  const byName = new Map(asked.map((column) => [column.name, column]));
  const wanted = table.columns.flatMap(({ profile, values }, index) => {
    const ask = byName.get(profile.name);
    return ask === undefined ? [] : [{ ask, profile, values, index }];
  });
  const misread = wanted.filter(({ ask, profile }) => !isAsAsked(ask, profile));
  if (misread.length === 0) return { table, columns: wanted.map(({ values }) => values) };
  const reread = await withSession(async (session) => {
    await session.run(`CREATE TEMP VIEW observed AS SELECT * FROM read_parquet(${fileToRead(observedPath)})`);
    const types = await session.rows('SELECT column_type FROM (DESCRIBE SELECT * FROM observed)');
    const plans = [];
    for (const { ask, profile, index } of misread) {
      const stored = { index, column: internalName(index), isText: types[index][0] === 'VARCHAR', profile };
      plans.push(await planAskedColumn(session, source.name, ask, stored));
    }
    return readColumns(session, table.rows, plans);
  });
  const corrected = new Map(misread.map(({ index }, i) => [index, reread[i].values]));
  return { table, columns: wanted.map(({ index, values }) => corrected.get(index) ?? values) };
}

/** Whether what was found by looking at this file alone is what was asked for. */
function isAsAsked(ask: AskedColumn, { type, format, distinct }: ColumnProfile): boolean {
  if (distinct === 0) return true;
  if (ask.type === 'integer' || ask.type === 'number') return type === 'integer' || type === 'number';
  if (ask.type === 'boolean' || ask.type === 'text') return type === 'boolean' || type === 'text';
  return type === ask.type && format === ask.format;
}
