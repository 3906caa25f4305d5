import { rm } from 'node:fs/promises';
import { SCORE_COLUMNS } from '../../contracts/scoring-summary.ts';
import { InvalidArgumentError } from '../../core/errors.ts';
import { appendTable } from './append-table.ts';
import { outputNames } from './check-export.ts';
import { writeParts } from './export-table.ts';
import type { ColumnProfile } from './profile.ts';
import { fileToRead, internalName, type Session, withSession } from './session.ts';
import { observedValue } from './written-values.ts';

/** What was found out about rows: one value per row in each list. */
export interface RowScores {
  readonly probabilities: Float64Array;
  /** labels; null where nothing was decided */
  readonly predictions: readonly (string | null)[];
  /** 1: inside */
  readonly inDomain: Uint8Array;
  readonly domainScores: Float64Array;
}

export interface ScoredRowsExport {
  /** the copy that `importRows` made */
  readonly observedPath: string;
  /** the profiles of all columns, in the user's order */
  readonly columns: readonly ColumnProfile[];
  readonly scores: RowScores;
  readonly format: 'csv' | 'parquet';
  /** where the file goes; a file that is there is replaced */
  readonly path: string;
}

/**
 * Writes all rows as `exportTable` does, each with its scores.
 *
 * @throws UnsupportedColumnNameError where a name is taken
 */
export async function exportScoredRows(target: ScoredRowsExport): Promise<void> {
  const { columns, format, path } = target;
  const names = outputNames(columns, SCORE_COLUMNS, format);
  try {
    await withSession(async (session) => {
      await writeParts(session, [await scoredPart(session, target)], { names, format, path });
    });
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

async function scoredPart(session: Session, { observedPath, columns, scores, format }: ScoredRowsExport) {
  const observed = `read_parquet(${fileToRead(observedPath)})`;
  const [[rows]] = await session.rows(`SELECT CAST(count(*) AS DOUBLE) FROM ${observed}`);
  const { probabilities, predictions, inDomain, domainScores } = scores;
  if (probabilities.length !== rows) {
    throw new InvalidArgumentError(`scores: found ${probabilities.length}, needed one for each of ${rows} rows`);
  }
  const stored = await session.rows(`SELECT column_type FROM (DESCRIBE SELECT * FROM ${observed})`);
  const { BOOLEAN, DOUBLE, VARCHAR } = await import('@duckdb/node-api');
  await appendTable(session, 'scores', probabilities.length, [
    { type: DOUBLE, valueAt: (row) => probabilities[row] },
    { type: VARCHAR, valueAt: (row) => predictions[row] },
    { type: BOOLEAN, valueAt: (row) => inDomain[row] === 1 },
    { type: DOUBLE, valueAt: (row) => domainScores[row] },
  ]);
  const values = columns.map((profile, index) =>
    observedValue(profile, `observed.${internalName(index)}`, stored[index][0] as string, format),
  );
  const added = SCORE_COLUMNS.map((_, index) => {
    const value = `scores.${internalName(index)}`;
    return format === 'csv' ? `CAST(${value} AS VARCHAR)` : value;
  });
  return `SELECT ${[...values, ...added].join(', ')} FROM ${observed} AS observed POSITIONAL JOIN scores`;
}
