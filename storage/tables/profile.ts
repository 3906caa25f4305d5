import type { Column } from '../../core/table/table.ts';

export type ColumnType = 'boolean' | 'integer' | 'number' | 'date' | 'timestamp' | 'text';

/** What a column of a user's table holds, and how its values are written. Plain data: it survives JSON. */
export interface ColumnProfile {
  /** as in the user's file; empty for an index column without a name */
  readonly name: string;
  readonly type: ColumnType;
  /** the DuckDB type of the column in Parquet output, such as BIGINT or DECIMAL(10,2) */
  readonly sqlType: string;
  /** of dates and timestamps: how they are written as text, in the letters of strftime */
  readonly format?: string;
  /** rows without a value */
  readonly missing: number;
  /** different values, missing ones left out; numbers count by value, text by spelling */
  readonly distinct: number;
}

/**
 * A column's profile and its values as the algorithms see them. Integers and numbers are numeric; a date is numeric, in
 * days since 1970-01-01; a timestamp is numeric, in milliseconds since 1970-01-01T00:00:00Z (a time without a zone
 * counts as UTC; microseconds are the fraction). Booleans and text are categorical, each level in the user's own
 * spelling.
 */
export interface ImportedColumn {
  readonly profile: ColumnProfile;
  readonly values: Column;
}

export interface ImportedTable {
  readonly rows: number;
  /** in the order of the user's file */
  readonly columns: readonly ImportedColumn[];
}

/** A user's file, and what has to be known to read it. */
export interface TableSource {
  /** a local file */
  readonly path: string;
  /** what messages call the file, such as its s3:// URI */
  readonly name: string;
  /** names for a file without a header; with them, the first line is a row */
  readonly columns?: readonly string[];
  /** texts of a CSV file that stand for no value; the empty text always does */
  readonly missingValues: readonly string[];
  /** columns, at the least. Default: 2, one to predict and one to learn from; rows of a known table may come with 1 */
  readonly leastColumns?: 1 | 2;
}

/** What a table needs to be learned from. */
export const LEAST_COLUMNS = 2;
