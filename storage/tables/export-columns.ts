import { rm } from 'node:fs/promises';
import type { DuckDBValue } from '@duckdb/node-api';
import { type AppendedColumn, appendTable } from './append-table.ts';
import { writeParts } from './export-table.ts';
import { internalName, withSession } from './session.ts';

/** A column of a table that is ours, not the user's. All values are there. */
export type OwnColumn =
  | { readonly name: string; readonly type: 'integer'; readonly values: Int32Array | Float64Array }
  | { readonly name: string; readonly type: 'number'; readonly values: Float64Array }
  | { readonly name: string; readonly type: 'boolean'; readonly values: Uint8Array }
  | { readonly name: string; readonly type: 'text'; readonly values: readonly string[] };

/**
 * Writes columns of equal length as a table: the same bytes for the same values on any machine. A file that is there is
 * replaced.
 */
export async function exportColumns(
  path: string,
  columns: readonly OwnColumn[],
  format: 'csv' | 'parquet',
): Promise<void> {
  const { BIGINT, BOOLEAN, DOUBLE, VARCHAR } = await import('@duckdb/node-api');
  const types = { integer: BIGINT, number: DOUBLE, boolean: BOOLEAN, text: VARCHAR };
  const appended = columns.map(
    ({ type, values }): AppendedColumn => ({
      type: types[type],
      valueAt: (row) => duckValue(type, values[row]),
    }),
  );
  const names = columns.map(({ name }) => name);
  const written = columns.map((_, c) => (format === 'csv' ? `CAST(${internalName(c)} AS VARCHAR)` : internalName(c)));
  try {
    await withSession(async (session) => {
      await appendTable(session, 'own', columns[0].values.length, appended);
      await writeParts(session, [`SELECT ${written.join(', ')} FROM own`], { names, format, path });
    });
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

function duckValue(type: OwnColumn['type'], value: number | string): DuckDBValue {
  if (type === 'integer') return BigInt(value);
  return type === 'boolean' ? value === 1 : value;
}
