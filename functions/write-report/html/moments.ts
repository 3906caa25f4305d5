import type { Report } from '../../../contracts/report.ts';

export type ColumnType = Report['columns'][number]['type'];

const MILLISECONDS_OF_A_DAY = 24 * 60 * 60 * 1000;
/** What `Date` can hold, on either side of 1970. */
const FARTHEST = 8.64e15;

/** Whether the column's numbers stand for dates or for times. */
export function isMoment(type: ColumnType): boolean {
  return type === 'date' || type === 'timestamp';
}

/** Since 1970-01-01T00:00:00Z, of a number as columns hold it: dates in days, timestamps in milliseconds; null of a number. */
export function milliseconds(value: number, type: ColumnType): number | null {
  if (!isMoment(type)) return null;
  const since = type === 'date' ? value * MILLISECONDS_OF_A_DAY : value;
  return Math.min(FARTHEST, Math.max(-FARTHEST, since));
}

/** A column's number as people write it: `2025-01-31`, `2025-01-31 04:13:20`, or the number itself. */
export function valueText(value: number, type: ColumnType): string {
  const since = milliseconds(value, type);
  if (since === null) return String(value);
  const [day, time] = new Date(since).toISOString().split('T');
  return type === 'date' ? day : `${day} ${time.replace(/\.000Z$|Z$/, '')}`;
}
