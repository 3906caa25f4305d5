import { open, rm, stat } from 'node:fs/promises';
import { UnreadableTableError } from '../../contracts/errors.ts';
import { importCsv } from './import-csv.ts';
import { importParquet } from './import-parquet.ts';
import type { ImportedTable, TableSource } from './profile.ts';

const FORMATS = 'needed CSV or TSV (as they are or compressed with gzip) or Parquet';

/** How the formats that people take for tables begin. */
const FOREIGN_FORMATS: readonly (readonly [signature: string, format: string])[] = [
  ['504b0304', 'a ZIP archive or an Excel workbook'],
  ['d0cf11e0', 'an Excel workbook'],
  ['28b52ffd', 'a file compressed with zstd'],
  ['425a68', 'a file compressed with bzip2'],
  ['fd377a58', 'a file compressed with xz'],
  ['53514c69746520', 'an SQLite database'],
  ['4152524f5731', 'an Arrow (Feather) file'],
  ['4f5243', 'an ORC file'],
  ['4f626a01', 'an Avro file'],
  ['894844460d', 'an HDF5 file'],
  ['25504446', 'a PDF document'],
];

/**
 * Reads a user's table: the values as the algorithms see them, with a profile of each column, and a copy of the rows as
 * they are, in order, for `exportTable`.
 *
 * @param observedPath where the copy goes: a Parquet file with the columns c0, c1, … (of CSV: the texts, blanks around
 * them cut off, NULL where missing; of Parquet: the typed values)
 * @throws UnreadableTableError, TextEncodingError, RaggedRowError, MalformedCsvError, InvalidHeaderError,
 * EmptyTableError, UnsupportedColumnTypeError, InvalidValueError: each with the file, the line or column, what was
 * found and what was needed
 */
export async function importTable(source: TableSource, observedPath: string): Promise<ImportedTable> {
  const { head, tail } = await readEnds(source);
  const named = /\.(parquet|pq)$/i.test(source.path) || /\.(parquet|pq)$/i.test(source.name);
  try {
    if (head.startsWith('50415231') || head.startsWith('50415245') || named) {
      checkParquet(source, head, tail);
      return await importParquet(source, observedPath);
    }
    checkText(source, head);
    return await importCsv(source, observedPath, head.startsWith('1f8b'));
  } catch (error) {
    await rm(observedPath, { force: true });
    throw error;
  }
}

/** The first 16 and the last 4 bytes of the file, as hexadecimal digits. */
async function readEnds(source: TableSource): Promise<{ head: string; tail: string }> {
  const size = await fileSize(source);
  const file = await open(source.path);
  try {
    const head = Buffer.alloc(Math.min(16, size));
    const tail = Buffer.alloc(Math.min(4, size));
    await file.read(head, 0, head.length, 0);
    await file.read(tail, 0, tail.length, size - tail.length);
    return { head: head.toString('hex'), tail: tail.toString('hex') };
  } finally {
    await file.close();
  }
}

async function fileSize(source: TableSource): Promise<number> {
  const found = await stat(source.path).catch((error: NodeJS.ErrnoException) => {
    const what = error.code === 'ENOENT' ? 'no such file' : `a file that cannot be read (${error.code})`;
    throw new UnreadableTableError(`${source.name}: found ${what}, needed a table; check the path`, { cause: error });
  });
  if (!found.isFile()) {
    const what = found.isDirectory() ? 'a folder' : 'no regular file';
    throw new UnreadableTableError(`${source.name}: found ${what}, needed one file; name the file in it`);
  }
  if (found.size === 0) {
    throw new UnreadableTableError(`${source.name}: found a file of 0 bytes, ${FORMATS}`);
  }
  return found.size;
}

function checkParquet(source: TableSource, head: string, tail: string): void {
  if (head.startsWith('50415245')) {
    throw new UnreadableTableError(`${source.name}: found an encrypted Parquet file, needed one that is not encrypted`);
  }
  if (!head.startsWith('50415231')) {
    throw new UnreadableTableError(
      `${source.name}: found a file that does not begin as Parquet does (PAR1), needed Parquet; if it is CSV, name ` +
        `it .csv`,
    );
  }
  if (tail !== '50415231') {
    throw new UnreadableTableError(
      `${source.name}: found a Parquet file that is cut short (it does not end in PAR1), needed a whole one; copy ` +
        `it again`,
    );
  }
}

function checkText(source: TableSource, head: string): void {
  const foreign = FOREIGN_FORMATS.find(([signature]) => head.startsWith(signature));
  const text = Buffer.from(head, 'hex').toString('latin1');
  const format = foreign?.[1] ?? (/^\s*[[{]\s*["{[]/.test(text) ? 'a JSON file' : undefined);
  if (format !== undefined) {
    throw new UnreadableTableError(`${source.name}: found ${format}, ${FORMATS}; export the table in one of them`);
  }
}
