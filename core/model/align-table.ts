import type { CategoricalColumn, Column, NumericColumn, Table } from '../table/table.ts';
import { InvalidRowsError, MissingColumnsError } from './errors.ts';
import type { CategoricalModelColumn, ModelColumn, NumericModelColumn } from './model-column.ts';

/** Levels of one column that did not occur in the training rows. */
export interface UnseenLevels {
  readonly column: string;
  /** rows that have one */
  readonly rows: number;
  /** the levels, sorted by code unit */
  readonly levels: readonly string[];
}

/** Rows in a model's own columns. */
export interface AlignedTable {
  /** for the encoder: an unseen level is a missing value */
  readonly table: Table;
  /** for the domain, which takes account of them: the same rows with their unseen levels */
  readonly withUnseen: Table;
  /** one for each column that has any, in the model's order */
  readonly unseen: readonly UnseenLevels[];
}

/**
 * The columns of `model` out of `table`, whatever their order there; others are left out.
 *
 * A level that did not occur in training is a missing value to the learner, and is counted: the encoder puts the most frequent
 * training level in the place of both. (One-hot with the first level dropped has no zeros left over to mean "none of them":
 * they are the first level.) To the domain it stays what it is, and is far from all others. Numbers whose column has no value
 * at all may come as a column without levels.
 *
 * @param name what messages call the rows, for example their URI
 * @throws MissingColumnsError that lists the columns that are not there
 * @throws InvalidRowsError where a column is of the other kind, with its name, the first such row (from 1), and what is there
 */
export function alignTable(
  { columns }: { readonly columns: readonly ModelColumn[] },
  table: Table,
  name = 'rows',
): AlignedTable {
  const found = new Map(table.columns.map((column) => [column.name, column]));
  requireColumns(columns, found, name);
  const aligned = columns.map((column): AlignedColumn => {
    const given = found.get(column.name) as Column;
    return column.kind === 'numeric' ? alignNumbers(column, given, name) : alignLevels(column, given, table.rows, name);
  });
  return {
    table: { rows: table.rows, columns: aligned.map(({ column }) => column) },
    withUnseen: { rows: table.rows, columns: aligned.map(({ column, withUnseen = column }) => withUnseen) },
    unseen: aligned.flatMap(({ unseen }) => (unseen === undefined ? [] : [unseen])),
  };
}

interface AlignedColumn {
  readonly column: Column;
  /** default: the column */
  readonly withUnseen?: CategoricalColumn;
  readonly unseen?: UnseenLevels;
}

function requireColumns(columns: readonly ModelColumn[], found: ReadonlyMap<string, Column>, name: string): void {
  const missing = columns.filter((column) => !found.has(column.name));
  if (missing.length === 0) return;
  const quoted = (names: Iterable<string>) => Array.from(names, (each) => JSON.stringify(each)).join(', ');
  throw new MissingColumnsError(
    `${name}: found no column ${quoted(missing.map((column) => column.name))}, needed all ${columns.length} that the ` +
      `model was trained on, in any order and under the same names; the columns here are ${quoted(found.keys()) || 'none'}`,
  );
}

function alignNumbers(needed: NumericModelColumn, given: Column, name: string): { column: NumericColumn } {
  const { kind, integer } = needed;
  if (given.kind === 'numeric') {
    const row = given.values.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
    if (row >= 0) throw wrongValue(name, needed, row, String(given.values[row]), 'a finite number');
    return { column: { kind, name: needed.name, integer, values: given.values } };
  }
  const row = given.codes.findIndex((code) => code >= 0);
  if (row >= 0) throw wrongValue(name, needed, row, JSON.stringify(given.levels[given.codes[row]]), 'a number');
  const values = new Float64Array(given.codes.length).fill(Number.NaN);
  return { column: { kind, name: needed.name, integer, values } };
}

function alignLevels(needed: CategoricalModelColumn, given: Column, rows: number, name: string): AlignedColumn {
  if (given.kind === 'numeric') {
    const row = given.values.findIndex((value) => !Number.isNaN(value));
    if (row >= 0) throw wrongValue(name, needed, row, `the number ${given.values[row]}`, 'text');
    return { column: levelsColumn(needed, new Int32Array(rows).fill(-1)) };
  }
  const known = new Map(needed.levels.map((level, code) => [spelling(needed, level), code]));
  const recode = given.levels.map((level) => known.get(spelling(needed, level)) ?? -1);
  const column = levelsColumn(
    needed,
    given.codes.map((code) => (code < 0 ? -1 : recode[code])),
  );
  const unseenRows = given.codes.filter((code) => code >= 0 && recode[code] < 0);
  if (unseenRows.length === 0) return { column };
  return {
    column,
    withUnseen: { ...given, levels: given.levels.map((level, code) => needed.levels[recode[code]] ?? level) },
    unseen: {
      column: needed.name,
      rows: unseenRows.length,
      levels: Array.from(new Set(unseenRows), (code) => given.levels[code]).sort(),
    },
  };
}

function levelsColumn({ kind, name, levels }: CategoricalModelColumn, codes: Int32Array): CategoricalColumn {
  return { kind, name, levels, codes };
}

function spelling({ type }: CategoricalModelColumn, level: string): string {
  return type === 'boolean' ? level.toLowerCase() : level;
}

function wrongValue(name: string, column: ModelColumn, row: number, found: string, needed: string): InvalidRowsError {
  return new InvalidRowsError(
    `${name}, row ${row + 1}, column ${JSON.stringify(column.name)}: found ${found}, needed ${needed}, as in the rows ` +
      'that the model was trained on',
  );
}
