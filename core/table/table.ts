import { InvalidArgumentError } from '../errors.ts';
import { requireRowIndices } from './matrix.ts';

/** Numbers; NaN is a missing value. Dates and times are numbers too, in the unit that the reader of the table chose. */
export interface NumericColumn {
  readonly kind: 'numeric';
  readonly name: string;
  /** every observed value is a whole number */
  readonly integer: boolean;
  readonly values: Float64Array;
}

/** One of a fixed set of levels per row; code -1 is a missing value. */
export interface CategoricalColumn {
  readonly kind: 'categorical';
  readonly name: string;
  /** sorted by code unit, without duplicates */
  readonly levels: readonly string[];
  /** indices into `levels` */
  readonly codes: Int32Array;
}

export type Column = NumericColumn | CategoricalColumn;

/** Mixed-type rows, kept column by column: what is learned from. */
export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
}

/**
 * @param rows default: as many as the first column has; a table without columns may have rows all the same
 * @throws InvalidArgumentError where the columns differ in length
 */
export function createTable(
  columns: readonly Column[],
  rows = columns.length === 0 ? 0 : columnLength(columns[0]),
): Table {
  for (const column of columns) {
    if (columnLength(column) !== rows) {
      throw new InvalidArgumentError(
        `column ${column.name}: found ${columnLength(column)} rows, needed ${rows} as in the other columns`,
      );
    }
  }
  return { rows, columns };
}

/**
 * The rows of `table` at `indices`, in that order; levels stay as they are, whether they still occur or not.
 *
 * @throws InvalidArgumentError at the first index that is no row
 */
export function takeRows(table: Table, indices: ArrayLike<number>): Table {
  requireRowIndices(indices, table.rows);
  return {
    rows: indices.length,
    columns: table.columns.map((column) =>
      column.kind === 'numeric'
        ? { ...column, values: Float64Array.from(indices, (row) => column.values[row]) }
        : { ...column, codes: Int32Array.from(indices, (row) => column.codes[row]) },
    ),
  };
}

/** The rows of `upper`, then those of `lower`. Both must have the same columns with the same levels. */
export function stackTables(upper: Table, lower: Table): Table {
  if (upper.columns.length !== lower.columns.length) {
    throw new InvalidArgumentError(
      `stacking: found ${upper.columns.length} and ${lower.columns.length} columns, needed as many`,
    );
  }
  return {
    rows: upper.rows + lower.rows,
    columns: upper.columns.map((column, c) => stackColumns(column, lower.columns[c])),
  };
}

/** The number of rows in a column. */
function columnLength(column: Column): number {
  return column.kind === 'numeric' ? column.values.length : column.codes.length;
}

function stackColumns(upper: Column, lower: Column): Column {
  if (upper.kind === 'numeric' && lower.kind === 'numeric') {
    const values = new Float64Array(upper.values.length + lower.values.length);
    values.set(upper.values);
    values.set(lower.values, upper.values.length);
    return { ...upper, values };
  }
  if (upper.kind === 'categorical' && lower.kind === 'categorical' && sameLevels(upper, lower)) {
    const codes = new Int32Array(upper.codes.length + lower.codes.length);
    codes.set(upper.codes);
    codes.set(lower.codes, upper.codes.length);
    return { ...upper, codes };
  }
  throw new InvalidArgumentError(`stacking: found different kinds or levels in ${upper.name} and ${lower.name}`);
}

function sameLevels(a: CategoricalColumn, b: CategoricalColumn): boolean {
  return a.levels.length === b.levels.length && a.levels.every((level, code) => level === b.levels[code]);
}

/** The same rows, each categorical column declaring only the levels that occur in them. */
export function dropUnusedLevels(table: Table): Table {
  return {
    rows: table.rows,
    columns: table.columns.map((column) => (column.kind === 'numeric' ? column : withoutUnusedLevels(column))),
  };
}

function withoutUnusedLevels(column: CategoricalColumn): CategoricalColumn {
  const used = new Uint8Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) used[code] = 1;
  const newCodes = new Int32Array(column.levels.length);
  let next = 0;
  used.forEach((isUsed, code) => {
    newCodes[code] = isUsed ? next++ : -1;
  });
  return {
    ...column,
    levels: column.levels.filter((_, code) => used[code]),
    codes: column.codes.map((code) => (code < 0 ? -1 : newCodes[code])),
  };
}
