import { InvalidArgumentError } from '../../errors.ts';
import { decodeFloat32, encodeFloat32 } from '../../kernels/base64.ts';
import type { Matrix } from '../../table/matrix.ts';
import { readCount, readText, type Saved } from '../saved.ts';
import { averagePathLength } from './path-length.ts';

/**
 * All trees as parallel lists, one entry per node, in preorder, tree after tree: every left child right after its
 * parent.
 */
export interface IsolationTrees {
  /** the roots, one per tree, ascending */
  readonly roots: Int32Array;
  /** the column that the node asks; -1 for a leaf */
  readonly column: Int32Array;
  /** values up to here go left; for a leaf, the training rows in it */
  readonly value: Float32Array;
  /** the right child; -1 for a leaf */
  readonly right: Int32Array;
  /**
   * h of the rows in a leaf: its depth, and c of the training rows in it, which were not isolated further; 0 elsewhere
   */
  readonly pathLength: Float64Array;
}

/** A question that was asked on the way, and whose right side is still to come. */
interface OpenQuestion {
  readonly node: number;
  readonly depth: number;
}

/**
 * Finds roots, right children and path lengths from what the nodes ask.
 *
 * @throws InvalidArgumentError where there is no node, or the last tree is not whole
 */
export function layOutTrees(column: Int32Array, value: Float32Array): IsolationTrees {
  const roots: number[] = [];
  const right = new Int32Array(column.length).fill(-1);
  const pathLength = new Float64Array(column.length);
  const open: OpenQuestion[] = [];
  let depth = 0;
  let isRoot = true;
  for (let node = 0; node < column.length; node++) {
    if (isRoot) roots.push(node);
    isRoot = false;
    if (column[node] >= 0) {
      open.push({ node, depth });
      depth++;
      continue;
    }
    pathLength[node] = depth + averagePathLength(value[node]);
    const asked = open.pop();
    if (asked) right[asked.node] = node + 1;
    else isRoot = true;
    depth = asked ? asked.depth + 1 : 0;
  }
  if (!isRoot || roots.length === 0) {
    throw new InvalidArgumentError(
      `saved isolation forest: found ${column.length} nodes, the last tree unfinished, needed whole trees`,
    );
  }
  return { roots: Int32Array.from(roots), column, value, right, pathLength };
}

/**
 * E(h) of each row: the mean path length over the trees.
 *
 * @param average what is added up are the differences from it, so that rows of just this length have a mean of it to
 * the bit
 */
export function meanPathLengths(
  { roots, column, value, right, pathLength }: IsolationTrees,
  { rows, columns, data }: Matrix,
  average: number,
): Float64Array {
  const sums = new Float64Array(rows);
  for (const root of roots) {
    for (let row = 0; row < rows; row++) {
      const base = row * columns;
      let node = root;
      while (column[node] >= 0) node = data[base + column[node]] <= value[node] ? node + 1 : right[node];
      sums[row] += pathLength[node] - average;
    }
  }
  return sums.map((sum) => average + sum / roots.length);
}

export function treesToJSON({ column, value }: IsolationTrees): Record<string, unknown> {
  return { nodes: column.length, asked: encodeFloat32(Float32Array.from(column)), value: encodeFloat32(value) };
}

/**
 * @param columns the width of the matrix that the trees were fitted to
 * @throws InvalidArgumentError where `saved` holds no trees: lists that are missing or too short, a column or a value
 * out of range, an unfinished tree
 */
export function readTrees(saved: Saved, columns: number): IsolationTrees {
  const nodes = readCount(saved, 'nodes');
  const column = Int32Array.from(decodeFloat32(readText(saved, 'asked'), nodes, `${saved.what}, asked`));
  const values = decodeFloat32(readText(saved, 'value'), nodes, `${saved.what}, value`);
  for (let node = 0; node < nodes; node++) requireNode(node, column[node], values[node], columns);
  return layOutTrees(column, values);
}

function requireNode(node: number, asked: number, value: number, columns: number): void {
  if (asked < -1 || asked >= columns) {
    throw new InvalidArgumentError(
      `saved isolation forest, node ${node}: found column ${asked}, needed -1 (leaf) or 0 to ${columns - 1}`,
    );
  }
  const isRows = Number.isInteger(value) && value >= 1;
  if (asked === -1 ? !isRows : !Number.isFinite(value)) {
    const needed = asked === -1 ? 'the rows of a leaf, from 1' : 'a finite threshold';
    throw new InvalidArgumentError(`saved isolation forest, node ${node}: found value ${value}, needed ${needed}`);
  }
}
