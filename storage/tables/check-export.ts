import { UnsupportedColumnNameError } from '../../contracts/errors.ts';
import { InvalidArgumentError } from '../../core/errors.ts';
import type { Table } from '../../core/table/table.ts';
import type { ColumnProfile } from './profile.ts';
import { isCategorical } from './written-values.ts';

/** What pandas calls an index column without a name; Parquet has no empty names. */
const UNNAMED = 'Unnamed: 0';

/**
 * The names of the written columns, the flags' last.
 *
 * @throws UnsupportedColumnNameError where a flag's name is taken, or where names differ in case only, which DuckDB
 * cannot write to Parquet
 */
export function outputNames(
  columns: readonly ColumnProfile[],
  flags: readonly string[],
  format: 'csv' | 'parquet',
): string[] {
  const names = columns.map(({ name }) => (name === '' && format === 'parquet' ? UNNAMED : name));
  const reserved = flags.map((flag) => flag.toLowerCase());
  const taken = names.find((name) => reserved.includes(name.toLowerCase()));
  if (taken !== undefined) {
    throw new UnsupportedColumnNameError(
      `column ${JSON.stringify(taken)}: found the name of a column that is added to the output ` +
        `(${flags.join(', ')}), needed another; rename it`,
    );
  }
  const all = [...names, ...flags];
  if (format === 'parquet') {
    checkNamesDifferByMoreThanCase(all);
  }
  return all;
}

/** @throws InvalidArgumentError unless the numbers, of which some may be equal, ascend within 0 to `rows` - 1 */
export function checkRowNumbers(numbers: Int32Array, rows: number): void {
  for (let i = 0; i < numbers.length; i++) {
    if (numbers[i] >= rows || numbers[i] < (i === 0 ? 0 : numbers[i - 1])) {
      throw new InvalidArgumentError(
        `observedRows[${i}]: found ${numbers[i]}, needed ascending row numbers from 0 to ${rows - 1}`,
      );
    }
  }
}

/** @throws InvalidArgumentError unless the table has the profiled columns, with whole numbers where they hold such */
export function checkSyntheticRows(table: Table, profiles: readonly ColumnProfile[]): void {
  if (table.columns.length !== profiles.length) {
    throw new InvalidArgumentError(
      `syntheticRows: found ${table.columns.length} columns, needed ${profiles.length} as in the user's table`,
    );
  }
  for (const [c, profile] of profiles.entries()) {
    const column = table.columns[c];
    const needed = isCategorical(profile) ? 'categorical' : 'numeric';
    if (column.name !== profile.name || column.kind !== needed) {
      throw new InvalidArgumentError(
        `syntheticRows, column ${c + 1}: found ${column.kind} ${JSON.stringify(column.name)}, needed ${needed} ` +
          `${JSON.stringify(profile.name)}`,
      );
    }
    if (column.kind === 'numeric') {
      checkNumbers(profile, column.values);
    }
  }
}

function checkNumbers({ name, type }: ColumnProfile, values: Float64Array): void {
  const whole = type === 'integer' || type === 'date';
  const row = values.findIndex(
    (value) =>
      value === Number.POSITIVE_INFINITY ||
      value === Number.NEGATIVE_INFINITY ||
      (whole && value % 1 > 0) ||
      (whole && value % 1 < 0),
  );
  if (row >= 0) {
    const needed = whole ? `a whole number, as the column holds ${type}s` : 'a finite number';
    throw new InvalidArgumentError(
      `syntheticRows, column ${JSON.stringify(name)}, row ${row}: found ${values[row]}, needed ${needed}`,
    );
  }
}

function checkNamesDifferByMoreThanCase(names: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    const other = seen.get(name.toLowerCase());
    if (other !== undefined) {
      throw new UnsupportedColumnNameError(
        `columns ${JSON.stringify(other)} and ${JSON.stringify(name)}: found names that differ in case only, ` +
          'which cannot be written to Parquet; rename one, or ask for CSV (--format csv)',
      );
    }
    seen.set(name.toLowerCase(), name);
  }
}
