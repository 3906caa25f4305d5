import { InvalidRowsError, MissingColumnsError } from '../core/model/errors.ts';
import type { CategoricalModelColumn, ModelColumn, NumericModelColumn } from '../core/model/model-column.ts';
import type { ScoringModel } from '../core/model/scoring-model.ts';
import type { Column, Table } from '../core/table/table.ts';

/** A value of a row; null, undefined, NaN and the empty text are missing. */
export type FieldValue = number | string | boolean | Date | null | undefined;

/** A row by the names of its columns. */
export type RowRecord = Readonly<Record<string, FieldValue>>;

const DAY_MS = 86_400_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * Rows as a model takes them, from plain objects. What the model was not trained on is left out.
 *
 * Numbers must be numbers. Text, numbers and booleans are levels by their spelling. Dates are `Date` or `YYYY-MM-DD`,
 * timestamps `Date` or ISO 8601; without a zone they count as UTC.
 *
 * @throws MissingColumnsError where a column is in none of the rows (a value that is not known is to be null)
 * @throws InvalidRowsError where a value is of the wrong kind, with its row (from 1) and column
 */
export function tableFromRecords({ columns }: Pick<ScoringModel, 'columns'>, records: readonly RowRecord[]): Table {
  const absent = columns.filter(({ name }) => records.length > 0 && !records.some((row) => Object.hasOwn(row, name)));
  if (absent.length > 0) {
    const names = absent.map(({ name }) => JSON.stringify(name)).join(', ');
    throw new MissingColumnsError(
      `rows: found no value for ${names} in any of ${records.length} rows, needed all ${columns.length} columns that the ` +
        'model was trained on; give null for a value that is not known',
    );
  }
  return {
    rows: records.length,
    columns: columns.map((column) =>
      column.kind === 'numeric' ? numbersOf(column, records) : levelsOf(column, records),
    ),
  };
}

function numbersOf(column: NumericModelColumn, records: readonly RowRecord[]): Column {
  const { kind, name, integer, type } = column;
  const read = type === 'date' || type === 'timestamp' ? milliseconds : finiteNumber;
  const values = Float64Array.from(records, (record, row) => {
    const value = fieldOf(record, name);
    if (value === undefined) return Number.NaN;
    const number = read(value);
    if (number === undefined) throw wrongValue(column, row, value);
    return type === 'date' ? number / DAY_MS : number;
  });
  return { kind, name, integer, values };
}

function levelsOf(column: CategoricalModelColumn, records: readonly RowRecord[]): Column {
  const texts = records.map((record, row) => {
    const value = fieldOf(record, column.name);
    if (value === undefined) return undefined;
    if (typeof value === 'object') throw wrongValue(column, row, value);
    return String(value);
  });
  const levels = Array.from(new Set(texts.filter((text) => text !== undefined))).sort();
  const codes = new Map(levels.map((level, code) => [level, code]));
  return {
    kind: column.kind,
    name: column.name,
    levels,
    codes: Int32Array.from(texts, (text) => (text === undefined ? -1 : (codes.get(text) as number))),
  };
}

/** Undefined where it is missing. */
function fieldOf(record: RowRecord, name: string): Exclude<FieldValue, null | undefined> | undefined {
  const value = Object.hasOwn(record, name) ? record[name] : undefined;
  return value === null || value === '' || Number.isNaN(value) ? undefined : value;
}

function finiteNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function milliseconds(value: unknown): number | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.getTime();
  if (typeof value !== 'string') return undefined;
  const [, date, time, zone = 'Z'] = TIMESTAMP.exec(value) ?? [];
  const day = date ?? (DATE.test(value) ? value : undefined);
  if (day === undefined || !isDay(day)) return undefined;
  const parsed = Date.parse(date === undefined ? day : `${date}T${time}${zone}`);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** Whether the calendar has that day: JavaScript takes February 30 for March 1 or 2. */
function isDay(day: string): boolean {
  const parsed = Date.parse(day);
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(day);
}

const NEEDED: Readonly<Record<ModelColumn['type'], string>> = {
  integer: 'a finite number',
  number: 'a finite number',
  date: 'a Date or YYYY-MM-DD',
  timestamp: 'a Date or an ISO 8601 timestamp',
  boolean: 'a boolean or text',
  text: 'text',
};

function wrongValue({ name, type }: ModelColumn, row: number, value: unknown): InvalidRowsError {
  const found = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return new InvalidRowsError(
    `rows, row ${row + 1}, column ${JSON.stringify(name)}: found ${found}, needed ${NEEDED[type]}, or null where it is not known`,
  );
}
