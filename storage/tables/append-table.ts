import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { internalName, type Session } from './session.ts';

/** DuckDB's vector size: rows per chunk. */
const CHUNK_ROWS = 2048;

/** One column of a temporary table: its type, and the value of each row. */
export interface AppendedColumn {
  readonly type: DuckDBType;
  readonly valueAt: (row: number) => DuckDBValue;
}

/** Makes the temporary table `table` with the columns c0, c1, … */
export async function appendTable(
  session: Session,
  table: string,
  rows: number,
  columns: readonly AppendedColumn[],
): Promise<void> {
  const { DuckDBDataChunk } = await import('@duckdb/node-api');
  const declared = columns.map(({ type }, index) => `${internalName(index)} ${type}`);
  await session.run(`CREATE TEMP TABLE ${table} (${declared.join(', ')})`);
  const appender = await session.connection.createAppender(table);
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, rows - start);
    const chunk = DuckDBDataChunk.create(
      columns.map(({ type }) => type),
      count,
    );
    for (const [index, { valueAt }] of columns.entries()) {
      const vector = chunk.getColumnVector(index);
      for (let row = 0; row < count; row++) {
        vector.setItem(row, valueAt(start + row));
      }
      vector.flush();
    }
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
