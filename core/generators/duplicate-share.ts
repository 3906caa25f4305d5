import type { Table } from '../table/table.ts';

/**
 * The share of `rows` that equal one of `others` in every column, from 0 to 1; 0 where there are no rows.
 *
 * @param others rows with the same columns and levels
 */
export function duplicateShare(rows: Table, others: Table): number {
  if (rows.rows === 0) return 0;
  const known = new Set<string>();
  for (let row = 0; row < others.rows; row++) known.add(rowKey(others, row));
  let duplicates = 0;
  for (let row = 0; row < rows.rows; row++) if (known.has(rowKey(rows, row))) duplicates++;
  return duplicates / rows.rows;
}

function rowKey({ columns }: Table, row: number): string {
  return columns.map((column) => (column.kind === 'numeric' ? column.values : column.codes)[row]).join();
}
