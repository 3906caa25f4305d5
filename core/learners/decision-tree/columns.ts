import type { Matrix } from '../../table/matrix.ts';
import { ascending, sortedRows } from '../sorted-rows.ts';

/**
 * The columns of a training matrix, prepared once so that no node of a tree has to sort. Constant columns are left out.
 */
export interface TrainingColumns {
  readonly sorted: readonly SortedColumn[];
  readonly twoValued: TwoValuedColumns;
}

/** A column of three values or more. */
export interface SortedColumn {
  /** its place in the matrix */
  readonly column: number;
  /** one per row of the matrix */
  readonly values: Float32Array;
  /** all rows by ascending value; whoever grows the tree partitions it from node to node */
  readonly order: Int32Array;
}

/**
 * Columns of two values, one-hot ones above all, kept sparse: a row lists the columns in which it has the rarer value.
 * Of 90 one-hot columns that is at most one per categorical column, so that counting costs a tenth of visiting every
 * cell.
 */
export interface TwoValuedColumns {
  /** their places in the matrix, ascending */
  readonly columns: Int32Array;
  /** the midpoint between the two values, one per column */
  readonly thresholds: Float64Array;
  /** 1 where the lower of the two values is the rarer one */
  readonly rarerIsLower: Uint8Array;
  /** row r's entries are those from `starts[r]` up to `starts[r + 1]`; rows + 1 numbers */
  readonly starts: Int32Array;
  /** indices into `columns` */
  readonly entries: Int32Array;
}

/** @param matrix at least one row, finite */
export function prepareColumns(matrix: Matrix): TrainingColumns {
  const { several, two } = groupByDistinctValues(matrix);
  return {
    sorted: several.map((column) => sortColumn(matrix, column)),
    twoValued: listRarerValues(matrix, two),
  };
}

/** A column of two values. */
interface ValuePair {
  readonly column: number;
  readonly first: number;
  readonly second: number;
  /** rows that hold the second value */
  readonly seconds: number;
}

/**
 * Which columns have two values, and which have more. Row by row, as the matrix lies, and only where still undecided.
 */
function groupByDistinctValues({ rows, columns, data }: Matrix): { several: number[]; two: ValuePair[] } {
  const seconds = new Float32Array(columns);
  const counts = new Int32Array(columns);
  const undecided = ascending(columns);
  let open = columns;
  const several: number[] = [];
  for (let row = 1; row < rows && open > 0; row++) {
    const base = row * columns;
    for (let i = open - 1; i >= 0; i--) {
      const column = undecided[i];
      const value = data[base + column];
      if (value === data[column]) continue;
      if (counts[column] === 0) seconds[column] = value;
      if (value === seconds[column]) {
        counts[column]++;
      } else {
        several.push(column);
        undecided[i] = undecided[--open];
      }
    }
  }
  const two: ValuePair[] = [];
  for (const column of undecided.subarray(0, open).sort()) {
    if (counts[column] > 0) {
      two.push({ column, first: data[column], second: seconds[column], seconds: counts[column] });
    }
  }
  return { several: several.sort((a, b) => a - b), two };
}

function sortColumn({ rows, columns, data }: Matrix, column: number): SortedColumn {
  const values = new Float32Array(rows);
  for (let row = 0; row < rows; row++) values[row] = data[row * columns + column];
  return { column, values, order: sortedRows(values) };
}

function listRarerValues({ rows, columns: width, data }: Matrix, pairs: readonly ValuePair[]): TwoValuedColumns {
  const columns = Int32Array.from(pairs, ({ column }) => column);
  const rarer = Float32Array.from(pairs, ({ first, second, seconds }) => (seconds * 2 > rows ? first : second));
  const total = pairs.reduce((sum, { seconds }) => sum + Math.min(seconds, rows - seconds), 0);
  const starts = new Int32Array(rows + 1);
  const entries = new Int32Array(total);
  let filled = 0;
  for (let row = 0; row < rows; row++) {
    const base = row * width;
    for (let i = 0; i < columns.length; i++) {
      if (data[base + columns[i]] === rarer[i]) entries[filled++] = i;
    }
    starts[row + 1] = filled;
  }
  return {
    columns,
    thresholds: Float64Array.from(pairs, ({ first, second }) => midpoint(first, second)),
    rarerIsLower: Uint8Array.from(pairs, ({ first, second }, i) => (rarer[i] === Math.min(first, second) ? 1 : 0)),
    starts,
    entries,
  };
}

/** Between two different single-precision numbers, in double precision, where it always lies strictly between them. */
export function midpoint(a: number, b: number): number {
  return (a + b) / 2;
}
