import { InvalidArgumentError } from '../../errors.ts';
import type { Matrix } from '../../table/matrix.ts';

/** A tree as parallel lists, one entry per node, the root first, every left child right after its parent. */
export interface TreeNodes {
  /** the column that the node asks; -1 for a leaf */
  readonly column: Int32Array;
  /** values up to here go left; 0 for a leaf */
  readonly threshold: Float64Array;
  /** the right child; -1 for a leaf */
  readonly right: Int32Array;
  /** the weighted share of the minority in the node, from 0 to 1 */
  readonly score: Float64Array;
}

/** The score of the leaf that each row of `matrix` falls into. */
export function scoreRows(
  { column, threshold, right, score }: TreeNodes,
  { rows, columns, data }: Matrix,
): Float64Array {
  const scores = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const base = row * columns;
    let node = 0;
    while (column[node] >= 0) node = data[base + column[node]] <= threshold[node] ? node + 1 : right[node];
    scores[row] = score[node];
  }
  return scores;
}

/** Plain lists of numbers. JSON writes every double so that it is read back to the bit. */
export function treeNodesToJSON({ column, threshold, right, score }: TreeNodes): unknown {
  return { column: [...column], threshold: [...threshold], right: [...right], score: [...score] };
}

/**
 * @param columns the width of the matrix that the tree was fitted to
 * @throws InvalidArgumentError where `json` is no tree: lists that are missing or differ in length, a column, threshold, score
 * or child out of range
 */
export function treeNodesFromJSON(json: unknown, columns: number): TreeNodes {
  const lists = (json ?? {}) as Record<string, unknown>;
  const column = numbers(lists, 'column');
  const nodes = {
    column: Int32Array.from(column),
    threshold: Float64Array.from(numbers(lists, 'threshold', column.length)),
    right: Int32Array.from(numbers(lists, 'right', column.length)),
    score: Float64Array.from(numbers(lists, 'score', column.length)),
  };
  for (let node = 0; node < column.length; node++) requireNode(nodes, node, column[node], columns);
  return nodes;
}

function numbers(lists: Record<string, unknown>, name: string, length?: number): number[] {
  const list = lists[name];
  if (!Array.isArray(list) || list.length === 0 || !list.every(Number.isFinite)) {
    throw new InvalidArgumentError(`saved decision tree, ${name}: found no list of numbers, needed one entry per node`);
  }
  if (length !== undefined && list.length !== length) {
    throw new InvalidArgumentError(`saved decision tree, ${name}: found ${list.length} entries, needed ${length}`);
  }
  return list;
}

/** A right child comes after its parent's whole left side, so that walking a checked tree always ends. */
function requireNode({ column, right, score }: TreeNodes, node: number, asked: number, columns: number): void {
  const isLeaf = asked === -1;
  const isQuestion = Number.isInteger(asked) && asked >= 0 && asked < columns;
  if (!isLeaf && !isQuestion) {
    throw new InvalidArgumentError(
      `saved decision tree, node ${node}: found column ${asked}, needed -1 (leaf) or 0 to ${columns - 1}`,
    );
  }
  if (isQuestion && !(right[node] > node + 1 && right[node] < column.length)) {
    throw new InvalidArgumentError(
      `saved decision tree, node ${node}: found right child ${right[node]}, needed ${node + 2} to ${column.length - 1}`,
    );
  }
  if (!(score[node] >= 0 && score[node] <= 1)) {
    throw new InvalidArgumentError(`saved decision tree, node ${node}: found score ${score[node]}, needed 0 to 1`);
  }
}
