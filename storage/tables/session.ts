import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DuckDBConnection, DuckDBDataChunk, JS } from '@duckdb/node-api';

/**
 * One thread: files come out the same on any core count, and memory stays small. The limit is for DuckDB's own
 * buffers.
 */
const SETTINGS = {
  threads: '1',
  memory_limit: '512MB',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
};

/** Rows in a row group of a Parquet file, which is held in memory while it is written. */
export const ROW_GROUP_ROWS = 65_536;

/** An in-memory DuckDB that is open for one piece of work. */
export interface Session {
  readonly connection: DuckDBConnection;
  run(sql: string): Promise<void>;
  /** all rows of a small result */
  rows(sql: string): Promise<JS[][]>;
  /** hands over a large result chunk by chunk, in order */
  visitChunks(sql: string, visit: (chunk: DuckDBDataChunk) => void): Promise<void>;
}

/**
 * Opens DuckDB, runs `work` and closes it again, with the temporary folder that large sorts and aggregations spill
 * into. The native library is loaded by the first call and not by the import.
 */
export async function withSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  // DuckDB makes the folder when it first spills, so that a run that is killed before leaves nothing behind.
  const spill = join(tmpdir(), `counterpoise-tables-${randomUUID()}`);
  try {
    const instance = await DuckDBInstance.create(':memory:', { ...SETTINGS, temp_directory: spill });
    try {
      const connection = await instance.connect();
      try {
        await connection.run("SET TimeZone = 'UTC'");
        return await work(createSession(connection));
      } finally {
        connection.closeSync();
      }
    } finally {
      instance.closeSync();
    }
  } finally {
    await rm(spill, { recursive: true, force: true });
  }
}

/** `text` as an SQL string. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** `name` as an SQL identifier. DuckDB knows no empty ones. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The one file at `path` as an SQL string for a reader, which would take `*`, `?` and `[` in it as a pattern. */
export function fileToRead(path: string): string {
  return literal(resolve(path).replace(/[*?[]/g, '[$&]'));
}

/** The file at `path` as an SQL string for COPY … TO. */
export function fileToWrite(path: string): string {
  return literal(resolve(path));
}

/**
 * The name of column `index` inside this folder's SQL, where users' names could clash (DuckDB does not tell `A` from
 * `a`).
 */
export function internalName(index: number): string {
  return `c${index}`;
}

function createSession(connection: DuckDBConnection): Session {
  return {
    connection,
    run: async (sql) => {
      await connection.run(sql);
    },
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRowsJS(),
    visitChunks: async (sql, visit) => {
      const result = await connection.stream(sql);
      for (
        let chunk = await result.fetchChunk();
        chunk !== null && chunk.rowCount > 0;
        chunk = await result.fetchChunk()
      ) {
        visit(chunk);
      }
    },
  };
}
