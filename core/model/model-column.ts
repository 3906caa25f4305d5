import { InvalidArgumentError } from '../errors.ts';
import type { Table } from '../table/table.ts';

/**
 * A column of numbers that a model learned from. A date is in days since 1970-01-01, a timestamp in milliseconds since
 * 1970-01-01T00:00:00Z.
 */
export interface NumericModelColumn {
  readonly kind: 'numeric';
  readonly name: string;
  /** every training value was a whole number */
  readonly integer: boolean;
  readonly type: 'integer' | 'number' | 'date' | 'timestamp';
  /** how dates and timestamps were written in the training rows, in the letters of strftime */
  readonly format?: string;
}

/** A column of levels that a model learned from. */
export interface CategoricalModelColumn {
  readonly kind: 'categorical';
  readonly name: string;
  /** sorted by code unit, without duplicates; what is none of them was never seen in training */
  readonly levels: readonly string[];
  /** of booleans, the spelling of true and false does not count */
  readonly type: 'boolean' | 'text';
}

/** A column that a model learned from: all that has to be known to read it again in other rows. */
export type ModelColumn = NumericModelColumn | CategoricalModelColumn;

/** How the column of a user's table was understood. */
export interface ColumnTypeOf {
  readonly name: string;
  readonly type: 'boolean' | 'integer' | 'number' | 'date' | 'timestamp' | 'text';
  readonly format?: string;
}

/**
 * The columns of a model from its training table.
 *
 * @param types one for each column of the table, in any order; others are ignored
 * @throws InvalidArgumentError where a column has none, or one of the other kind
 */
export function describeModelColumns(table: Table, types: readonly ColumnTypeOf[]): ModelColumn[] {
  const known = new Map(types.map((type) => [type.name, type]));
  return table.columns.map((column): ModelColumn => {
    const { type, format } = known.get(column.name) ?? {};
    const { name } = column;
    if (column.kind === 'categorical' && (type === 'boolean' || type === 'text')) {
      return { kind: 'categorical', name, levels: column.levels, type };
    }
    if (column.kind === 'numeric' && type !== undefined && type !== 'boolean' && type !== 'text') {
      const written = format === undefined ? {} : { format };
      return { kind: 'numeric', name, integer: column.integer, type, ...written };
    }
    throw new InvalidArgumentError(`model column ${name}: found the type ${type} for a ${column.kind} column`);
  });
}
