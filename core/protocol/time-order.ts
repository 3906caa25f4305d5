import { InvalidArgumentError } from '../errors.ts';
import { ascending } from '../learners/sorted-rows.ts';

/** Rows from the earliest to the latest, and the places where the order can be cut: never between rows of the same time. */
export interface TimeOrder {
  /** row numbers; of the same time in the order of their numbers */
  readonly rows: Int32Array;
  /** how many rows are before a cut, ascending: from 1 to the number of rows less 1 */
  readonly cuts: Int32Array;
}

/** @throws InvalidArgumentError where a row has no time */
export function orderByTime(time: Float64Array): TimeOrder {
  const missing = time.filter((value) => !Number.isFinite(value)).length;
  if (missing > 0) {
    throw new InvalidArgumentError(
      `time: found ${missing} of ${time.length} rows without one, needed one for every row. Fill them in, or leave those rows out`,
    );
  }
  const rows = ascending(time.length).sort((a, b) => time[a] - time[b] || a - b);
  const cuts = ascending(time.length).filter((place) => place > 0 && time[rows[place]] !== time[rows[place - 1]]);
  return { rows, cuts };
}

/** The cut that leaves the number of rows before it nearest to `wanted`, the earlier of two; undefined where there is no cut. */
export function nearestCut({ cuts }: TimeOrder, wanted: number): number | undefined {
  let nearest: number | undefined;
  for (const cut of cuts) {
    if (nearest === undefined || Math.abs(cut - wanted) < Math.abs(nearest - wanted)) nearest = cut;
  }
  return nearest;
}
