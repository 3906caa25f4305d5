import { type CategoricalColumn, type Column, dropUnusedLevels, type Table, takeRows } from '../table/table.ts';

/** The two sides of a fold, with the same columns and levels. */
export interface FoldTables {
  readonly training: Table;
  readonly heldOut: Table;
}

/**
 * Takes both sides of a fold out of a table, such that not even the names of levels pass from the held-out rows to the others:
 * a level that no training row has is a missing value in held-out rows, as in rows that a published model is asked to score.
 * A column without any value in the training rows is left out.
 */
export function foldTables(table: Table, training: Int32Array, heldOut: Int32Array): FoldTables {
  const seen = dropUnusedLevels(takeRows(table, training));
  const unseen = takeRows(table, heldOut);
  const known = seen.columns.map(hasValue);
  return {
    training: { rows: seen.rows, columns: seen.columns.filter((_, c) => known[c]) },
    heldOut: {
      rows: unseen.rows,
      columns: unseen.columns.flatMap((column, c) => (known[c] ? [withLevelsOf(seen.columns[c], column)] : [])),
    },
  };
}

function hasValue(column: Column): boolean {
  return column.kind === 'numeric' ? column.values.some((value) => !Number.isNaN(value)) : column.levels.length > 0;
}

function withLevelsOf(training: Column, column: Column): Column {
  if (training.kind === 'numeric' || column.kind === 'numeric') return column;
  const recode = column.levels.map((level) => training.levels.indexOf(level));
  const codes = column.codes.map((code) => (code < 0 ? -1 : recode[code]));
  return { ...column, levels: training.levels, codes } satisfies CategoricalColumn;
}
