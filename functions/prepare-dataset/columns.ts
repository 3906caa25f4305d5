import { InvalidRequestError, NoFeaturesError } from '../../contracts/errors.ts';
import type { ColumnTreatment } from '../../contracts/manifest.ts';
import { type ColumnRole, columnRole } from '../../core/table/column-roles.ts';
import { createTable, type Table } from '../../core/table/table.ts';
import type { ColumnProfile, ImportedColumn, ImportedTable } from '../../storage/tables/profile.ts';
import { describeMissingColumn } from './missing-column.ts';
import type { OrderColumns } from './order-columns.ts';
import { describeTreatment } from './treatments.ts';

/** How each column was understood and treated, in the user's order: all that publishing needs to write rows back. */
export type DatasetProfile = readonly (ColumnProfile & ColumnTreatment)[];

/**
 * The role of every column.
 *
 * @param target position of the label column
 * @param ignored names that the request ignores
 * @param order positions of the columns that keep rows together or in order
 * @throws InvalidRequestError where an ignored column is not there, or is the label
 */
export function assignRoles(
  columns: readonly ImportedColumn[],
  target: number,
  ignored: readonly string[],
  order: OrderColumns = {},
): ColumnRole[] {
  const names = columns.map(({ profile }) => profile.name);
  for (const name of ignored) {
    if (!names.includes(name)) {
      throw new InvalidRequestError(`dataset.ignore: ${describeMissingColumn(name, names)}`);
    }
    if (name === names[target]) {
      throw new InvalidRequestError(`dataset.ignore: found the label column ${JSON.stringify(name)}, needed others`);
    }
  }
  return columns.map(({ profile, values }, index) => {
    if (index === target) return 'target';
    if (index === order.group) return 'group';
    if (index === order.time) return 'time';
    if (ignored.includes(profile.name)) return 'ignored';
    return columnRole(values, profile.type === 'integer');
  });
}

/** The columns that are learned from. @throws NoFeaturesError where there is none, with the role of every column */
export function featureTable(columns: readonly ImportedColumn[], roles: readonly ColumnRole[], name: string): Table {
  const features = columns.filter((_, index) => roles[index] === 'feature');
  if (features.length === 0) {
    const found = columns.map(({ profile }, index) => `${JSON.stringify(profile.name)} is ${roles[index]}`).join(', ');
    throw new NoFeaturesError(`${name}: found no column to learn from (${found}), needed at least one that varies`);
  }
  return createTable(features.map(({ values }) => values));
}

/** The columns that are neither learned from nor the label: a synthetic row takes them from an observed row. */
export function carriedTable({ columns, rows }: ImportedTable, roles: readonly ColumnRole[]): Table {
  const carried = columns.filter((_, index) => roles[index] !== 'feature' && roles[index] !== 'target');
  return createTable(
    carried.map(({ values }) => values),
    rows,
  );
}

export function describeColumns(columns: readonly ImportedColumn[], roles: readonly ColumnRole[]): DatasetProfile {
  return columns.map(({ profile }, index) => ({
    ...profile,
    role: roles[index],
    treatment: describeTreatment(roles[index], profile.type),
  }));
}

/** What the manifest and the report say of the columns. */
export function columnTreatments(profile: DatasetProfile): ColumnTreatment[] {
  return profile.map(({ name, type, role, missing, distinct, treatment }) => ({
    name,
    type,
    role,
    missing,
    distinct,
    treatment,
  }));
}
