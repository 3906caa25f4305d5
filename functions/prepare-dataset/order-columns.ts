import { InvalidRequestError } from '../../contracts/errors.ts';
import type { ResolvedRequest } from '../../contracts/request.ts';
import type { Column } from '../../core/table/table.ts';
import type { ImportedTable } from '../../storage/tables/profile.ts';
import type { RowOrder } from '../row-order.ts';
import { describeMissingColumn } from './missing-column.ts';

/** The columns, by position, that order the rows: they are neither learned from nor generated. */
export interface OrderColumns {
  readonly group?: number;
  readonly time?: number;
}

/**
 * Finds the columns that the request orders the rows by.
 *
 * @param target position of the label column
 * @throws InvalidRequestError where a column is not there, or is the label
 */
export function findOrderColumns(
  { columns }: ImportedTable,
  { group, time }: ResolvedRequest['split'],
  target: number,
): OrderColumns {
  const names = columns.map(({ profile }) => profile.name);
  const find = (field: string, name: string): number => {
    const index = names.indexOf(name);
    if (index === target) {
      throw new InvalidRequestError(`split.${field}: found the label column ${JSON.stringify(name)}, needed another`);
    }
    if (index >= 0) return index;
    throw new InvalidRequestError(`split.${field}: ${describeMissingColumn(name, names)}`);
  };
  return {
    ...(group === undefined ? {} : { group: find('group', group) }),
    ...(time === undefined ? {} : { time: find('time', time) }),
  };
}

/** Groups or times of all rows. @throws InvalidRequestError where one is missing, or a time is text */
export function readRowOrder({ columns }: ImportedTable, { group, time }: OrderColumns): RowOrder {
  if (group !== undefined) return { groups: groupNumbers(columns[group].values) };
  if (time !== undefined) return { time: times(columns[time].values) };
  return {};
}

function groupNumbers(column: Column): Int32Array {
  if (column.kind === 'categorical') {
    requireAll('group', column.name, column.codes, (code) => code >= 0);
    return column.codes;
  }
  requireAll('group', column.name, column.values, (value) => !Number.isNaN(value));
  const numbers = new Map<number, number>();
  return Int32Array.from(column.values, (value) => {
    const known = numbers.get(value) ?? numbers.size;
    numbers.set(value, known);
    return known;
  });
}

function times(column: Column): Float64Array {
  if (column.kind === 'categorical') {
    throw new InvalidRequestError(
      `split.time: found text in column ${JSON.stringify(column.name)}, needed dates, timestamps or numbers`,
    );
  }
  requireAll('time', column.name, column.values, (value) => !Number.isNaN(value));
  return column.values;
}

function requireAll(
  field: string,
  name: string,
  values: Int32Array | Float64Array,
  isKnown: (value: number) => boolean,
): void {
  const row = values.findIndex((value: number) => !isKnown(value));
  if (row < 0) return;
  throw new InvalidRequestError(
    `split.${field}: found no value in column ${JSON.stringify(name)}, data row ${row + 1}, needed one in every row`,
  );
}
