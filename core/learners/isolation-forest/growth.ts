import type { Rng } from '../../random/rng.ts';
import type { Matrix } from '../../table/matrix.ts';
import { ascending } from '../sorted-rows.ts';

/** The nodes of trees that are being grown, in preorder, tree after tree. */
export interface GrownNodes {
  /** the column that the node asks; -1 for a leaf */
  readonly column: number[];
  /** values up to here go left; for a leaf, its training rows */
  readonly value: number[];
}

/**
 * Grows one isolation tree (Liu, Ting & Zhou 2008, algorithm 2) and adds its nodes: each question asks one of the
 * columns that vary among the node's rows, all equally likely, for a threshold that is uniform between the lowest and
 * the highest value.
 *
 * @param rows places in the matrix, at least one; they are rearranged
 * @param maxDepth questions from the root to a leaf at most
 */
export function growIsolationTree(
  matrix: Matrix,
  rows: Int32Array,
  maxDepth: number,
  rng: Rng,
  nodes: GrownNodes,
): void {
  const grow = (rows: Int32Array, depth: number): void => {
    const question = depth < maxDepth && rows.length > 1 ? drawQuestion(matrix, rows, rng) : undefined;
    nodes.column.push(question?.column ?? -1);
    nodes.value.push(question?.threshold ?? rows.length);
    if (question === undefined) return;
    const middle = partition(matrix, rows, question);
    grow(rows.subarray(0, middle), depth + 1);
    grow(rows.subarray(middle), depth + 1);
  };
  grow(rows, 0);
}

interface Question {
  readonly column: number;
  /** single precision, from the lowest value up to, not including, the highest */
  readonly threshold: number;
}

/** Columns are drawn without replacement until one varies; undefined where all rows are alike. */
function drawQuestion(matrix: Matrix, rows: Int32Array, rng: Rng): Question | undefined {
  const columns = ascending(matrix.columns);
  for (let left = columns.length; left > 0; left--) {
    const drawn = rng.nextInt(left);
    const column = columns[drawn];
    columns[drawn] = columns[left - 1];
    const { lowest, highest } = rangeOf(matrix, rows, column);
    if (lowest < highest) return { column, threshold: drawThreshold(lowest, highest, rng) };
  }
  return undefined;
}

function rangeOf({ columns, data }: Matrix, rows: Int32Array, column: number): { lowest: number; highest: number } {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < rows.length; i++) {
    const value = data[rows[i] * columns + column];
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return { lowest, highest };
}

/** Adding 0 makes 0 of -0, which JSON does not keep. */
function drawThreshold(lowest: number, highest: number, rng: Rng): number {
  const threshold = Math.fround(lowest + rng.nextFloat() * (highest - lowest)) + 0;
  return threshold < highest ? threshold : lowest + 0;
}

/** Puts the rows that go left first, and returns how many they are. */
function partition({ columns, data }: Matrix, rows: Int32Array, { column, threshold }: Question): number {
  let left = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (data[row * columns + column] > threshold) continue;
    rows[i] = rows[left];
    rows[left++] = row;
  }
  return left;
}
