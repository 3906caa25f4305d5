/**
 * How rows are held out, so that what is learned from some of them is judged on others.
 *
 * - `stratified`: each row once per repeat, every fold in the class ratio of the whole.
 * - `grouped`: the same, but rows of a group (a customer, a site) are never on both sides.
 * - `time-ordered`: blocks of later rows, judged by what earlier rows taught.
 */
export interface FoldAssignment {
  readonly kind: 'stratified' | 'grouped' | 'time-ordered';
  readonly folds: number;
  /** times that the rows are dealt anew; 1 where they are in the order of time, of which there is only one */
  readonly repeats: number;
  /** [repeat][row]: the fold that holds the row out, from 0; -1: never held out (time-ordered: the earliest rows) */
  readonly fold: readonly Int32Array[];
  /** `grouped`: the group of each row */
  readonly groups?: Int32Array;
  /** `time-ordered`: when each row was, in any unit */
  readonly time?: Float64Array;
}

/**
 * The rows to train on where `fold` is held out, ascending: all others; where rows are ordered by time only those before the
 * held-out block, a window that grows from fold to fold.
 */
export function trainingRows({ kind, fold: folds }: FoldAssignment, repeat: number, fold: number): Int32Array {
  return rowsWhere(folds[repeat], (found) => (kind === 'time-ordered' ? found < fold : found !== fold));
}

/** The rows to judge on, ascending. */
export function heldOutRows({ fold: folds }: FoldAssignment, repeat: number, fold: number): Int32Array {
  return rowsWhere(folds[repeat], (found) => found === fold);
}

function rowsWhere(folds: Int32Array, wanted: (fold: number) => boolean): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < folds.length; row++) if (wanted(folds[row])) rows.push(row);
  return Int32Array.from(rows);
}
