import { SCORE_COLUMNS } from '../../contracts/scoring-summary.ts';
import { parseRecords } from './csv/parse-records.ts';
import { readHead } from './csv/text-file.ts';
import { fileToRead, withSession } from './session.ts';

/** The longest header that is read: names of a megabyte are none of ours. */
const HEADER_BYTES = 1_000_000;

/** Whether a file is what `exportScoredRows` writes: its last columns are those of scores, in CSV or Parquet. */
export async function isScoredFile(path: string, format: 'csv' | 'parquet'): Promise<boolean> {
  try {
    const names = format === 'csv' ? await csvNames(path) : await parquetNames(path);
    return SCORE_COLUMNS.every((name, i) => names.at(i - SCORE_COLUMNS.length) === name);
  } catch {
    // Not to be read as a table of this format: somebody else's file.
    return false;
  }
}

async function csvNames(path: string): Promise<readonly string[]> {
  const { text, complete } = await readHead({ path, name: path, gzip: false }, HEADER_BYTES);
  return parseRecords(text, ',', 1, complete)[0] ?? [];
}

async function parquetNames(path: string): Promise<readonly string[]> {
  return withSession(async (session) => {
    const columns = await session.rows(
      `SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet(${fileToRead(path)}, hive_partitioning = false))`,
    );
    return columns.map(([name]) => name as string);
  });
}
