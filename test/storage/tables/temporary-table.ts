import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { exportTable, type TableExport } from '../../../storage/tables/export-table.ts';
import { importTable } from '../../../storage/tables/import-table.ts';
import type { ImportedTable, TableSource } from '../../../storage/tables/profile.ts';
import { withSession } from '../../../storage/tables/session.ts';

const MISSING = ['', '?', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL'];

export interface TemporaryTables {
  path(file: string): string;
  /** imports a file with this content; messages call it by `file` */
  importContent(content: string | Uint8Array, options?: Partial<TableSource>, file?: string): Promise<ImportedTable>;
  /** imports a Parquet file with the rows of a query */
  importQuery(query: string): Promise<ImportedTable>;
  /** exports rows of the table imported last, all of them by default, and returns the file's bytes */
  exportRows(table: ImportedTable, options?: Partial<TableExport>): Promise<Buffer>;
}

/** A temporary folder for the tests of one file. */
export function useTemporaryTables(): TemporaryTables {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'counterpoise-test-tables-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  const path = (file: string) => join(folder, file);
  return {
    path,
    async importContent(content, options = {}, file = 'table.csv') {
      await writeFile(path(file), content);
      const source = { path: path(file), name: file, missingValues: MISSING, ...options };
      return importTable(source, path('observed.parquet'));
    },
    async importQuery(query) {
      await withSession((session) => session.run(`COPY (${query}) TO '${path('table.parquet')}' (FORMAT parquet)`));
      const source = { path: path('table.parquet'), name: 'table.parquet', missingValues: MISSING };
      return importTable(source, path('observed.parquet'));
    },
    async exportRows(table, options = {}) {
      const format = options.format ?? 'csv';
      await exportTable({
        observedPath: path('observed.parquet'),
        columns: table.columns.map(({ profile }) => profile),
        observedRows: Int32Array.from({ length: table.rows }, (_, row) => row),
        format,
        path: path(`exported.${format}`),
        ...options,
      });
      return readFile(path(`exported.${format}`));
    },
  };
}

/** The rows of a query, numbers and texts as JavaScript has them. */
export async function query(sql: string): Promise<unknown[][]> {
  return withSession((session) => session.rows(sql));
}

/** The message of the error that `work` ends in, after its name. */
export async function errorOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'no error',
    (error: Error) => `${error.name}: ${error.message}`,
  );
}
