import type { ColumnProfile } from './profile.ts';
import { literal } from './session.ts';

/**
 * SQL for an observed value as it is written.
 *
 * @param stored the type of `column` in the copy of the observed rows: VARCHAR for the texts of a CSV file
 */
export function observedValue(
  profile: ColumnProfile,
  column: string,
  stored: string,
  format: 'csv' | 'parquet',
): string {
  const isText = stored === 'VARCHAR';
  if (format === 'csv') {
    return isText ? column : asText(profile, column);
  }
  return isText && profile.sqlType !== 'VARCHAR' ? fromText(profile, column) : column;
}

/**
 * SQL for a synthetic value as it is written.
 *
 * @param column a DOUBLE as in the core's numeric columns, NaN where missing, or a VARCHAR for a level
 */
export function syntheticValue(profile: ColumnProfile, column: string, format: 'csv' | 'parquet'): string {
  const typed = fromCore(profile, column);
  return format === 'parquet' ? typed : isCategorical(profile) ? column : asText(profile, typed);
}

/** Whether the core sees the column as levels. */
export function isCategorical({ type }: ColumnProfile): boolean {
  return type === 'boolean' || type === 'text';
}

function fromCore(profile: ColumnProfile, column: string): string {
  if (isCategorical(profile)) {
    return fromText(profile, column);
  }
  const value = `CASE WHEN isnan(${column}) THEN NULL ELSE ${column} END`;
  if (profile.type === 'date') {
    return `CAST(DATE '1970-01-01' + CAST(${value} AS INTEGER) AS ${profile.sqlType})`;
  }
  if (profile.type === 'timestamp') {
    return `CAST(make_timestamp(CAST(round(${value} * 1000) AS BIGINT)) AS ${profile.sqlType})`;
  }
  return `CAST(${value} AS ${profile.sqlType})`;
}

function fromText(profile: ColumnProfile, column: string): string {
  const value = profile.format === undefined ? column : `strptime(${column}, ${literal(profile.format)})`;
  return profile.sqlType === 'VARCHAR' ? value : `CAST(${value} AS ${profile.sqlType})`;
}

function asText(profile: ColumnProfile, value: string): string {
  return profile.format === undefined
    ? `CAST(${value} AS VARCHAR)`
    : `strftime(CAST(${value} AS ${profile.type === 'date' ? 'DATE' : 'TIMESTAMP'}), ${literal(profile.format)})`;
}
