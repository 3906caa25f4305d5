import type { Matrix } from '../../table/matrix.ts';
import { toExactWeights } from '../exact-weights.ts';
import type { Labels } from '../learner.ts';
import { ascending } from '../sorted-rows.ts';
import { prepareColumns, type TrainingColumns } from './columns.ts';
import type { TreeNodes } from './nodes.ts';
import {
  bestSortedSplit,
  betterSplit,
  type NodeRows,
  type RowWeights,
  type Split,
  TwoValuedSplitter,
} from './split.ts';

/** When a node becomes a leaf. The limits count rows, whatever their weights. */
export interface TreeLimits {
  readonly maxDepth: number;
  readonly minSamplesSplit: number;
  readonly minSamplesLeaf: number;
}

/** A tree, and the weight of the training rows in each of its nodes as a whole number (toExactWeights). */
export interface GrownTree {
  readonly nodes: TreeNodes;
  readonly weights: Float64Array;
}

/** A node that waits to be split or to become a leaf. */
interface PendingNode extends NodeRows {
  readonly depth: number;
  /** the node whose right child this is; -1 for left children, which follow their parent, and for the root */
  readonly rightOf: number;
}

/**
 * Grows a classification tree (CART, Breiman et al. 1984) from checked arguments, depth first and left before right.
 *
 * Every column is sorted once. A node is the same range of every sorted list and of the list of rows, and splitting it
 * partitions that range stably, so that no node has to sort (SLIQ, Mehta et al. 1996, keeps pre-sorted lists likewise).
 */
export function growTree(matrix: Matrix, labels: Labels, weights: Float64Array, limits: TreeLimits): GrownTree {
  const columns = prepareColumns(matrix);
  const rowWeights = weigh(labels, weights);
  const splitter = new TwoValuedSplitter(columns.twoValued, rowWeights, limits.minSamplesLeaf);
  const partition = new RowPartition(matrix, columns);
  const nodes = { column: [] as number[], threshold: [] as number[], right: [] as number[], score: [] as number[] };
  const nodeWeights: number[] = [];
  const pending: PendingNode[] = [rootOf(rowWeights)];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const id = nodes.column.length;
    if (node.rightOf >= 0) nodes.right[node.rightOf] = id;
    const split = isLeaf(node, limits) ? undefined : bestSplit(node);
    nodes.column.push(split?.column ?? -1);
    nodes.threshold.push(split?.threshold ?? 0);
    nodes.right.push(-1);
    nodes.score.push(node.minorityWeight / node.weight);
    nodeWeights.push(node.weight);
    if (split === undefined) continue;
    const [left, right] = childrenOf(node, split, id);
    if (!isLeaf(left, limits) || !isLeaf(right, limits)) partition.split(node, split);
    pending.push(right, left);
  }
  return {
    nodes: {
      column: Int32Array.from(nodes.column),
      threshold: Float64Array.from(nodes.threshold),
      right: Int32Array.from(nodes.right),
      score: Float64Array.from(nodes.score),
    },
    weights: Float64Array.from(nodeWeights),
  };

  function bestSplit(node: NodeRows): Split | undefined {
    let best = splitter.best(partition.rows, node);
    for (const column of columns.sorted) {
      best = betterSplit(best, bestSortedSplit(column, node, rowWeights, limits.minSamplesLeaf));
    }
    return best;
  }
}

function weigh(labels: Labels, weights: Float64Array): RowWeights {
  const all = toExactWeights(weights);
  return { all, minority: all.map((weight, row) => weight * labels[row]) };
}

function rootOf({ all, minority }: RowWeights): PendingNode {
  const add = (sum: number, weight: number) => sum + weight;
  return {
    start: 0,
    end: all.length,
    weight: all.reduce(add, 0),
    minorityWeight: minority.reduce(add, 0),
    depth: 0,
    rightOf: -1,
  };
}

function isLeaf(node: PendingNode, { maxDepth, minSamplesSplit, minSamplesLeaf }: TreeLimits): boolean {
  const size = node.end - node.start;
  return (
    node.depth >= maxDepth ||
    size < minSamplesSplit ||
    size < 2 * minSamplesLeaf ||
    node.minorityWeight === 0 ||
    node.minorityWeight === node.weight
  );
}

function childrenOf(node: PendingNode, split: Split, id: number): [left: PendingNode, right: PendingNode] {
  const { start, end, depth } = node;
  const middle = start + split.leftRows;
  const left = { weight: split.leftWeight, minorityWeight: split.leftMinorityWeight };
  const right = {
    weight: node.weight - left.weight,
    minorityWeight: node.minorityWeight - left.minorityWeight,
  };
  return [
    { ...left, start, end: middle, depth: depth + 1, rightOf: -1 },
    { ...right, start: middle, end, depth: depth + 1, rightOf: id },
  ];
}

/** The lists of rows, partitioned from node to node. */
class RowPartition {
  /** all rows, those of a node together */
  readonly rows: Int32Array;
  readonly #matrix: Matrix;
  readonly #lists: readonly Int32Array[];
  readonly #goesLeft: Uint8Array;
  readonly #right: Int32Array;

  constructor(matrix: Matrix, { sorted }: TrainingColumns) {
    this.rows = ascending(matrix.rows);
    this.#matrix = matrix;
    this.#lists = [this.rows, ...sorted.map(({ order }) => order)];
    this.#goesLeft = new Uint8Array(matrix.rows);
    this.#right = new Int32Array(matrix.rows);
  }

  /** Moves the rows of `node` that go left before those that go right, in every list, each side in its order. */
  split({ start, end }: NodeRows, { column, threshold }: Split): void {
    const { columns, data } = this.#matrix;
    for (let i = start; i < end; i++) {
      const row = this.rows[i];
      this.#goesLeft[row] = data[row * columns + column] <= threshold ? 1 : 0;
    }
    for (const list of this.#lists) partitionRange(list, start, end, this.#goesLeft, this.#right);
  }
}

/** Without a branch on the data, which no processor could predict. */
function partitionRange(list: Int32Array, start: number, end: number, goesLeft: Uint8Array, right: Int32Array): void {
  let lefts = start;
  let rights = 0;
  for (let i = start; i < end; i++) {
    const row = list[i];
    const left = goesLeft[row];
    list[lefts] = row;
    right[rights] = row;
    lefts += left;
    rights += 1 - left;
  }
  for (let i = 0; i < rights; i++) list[lefts + i] = right[i];
}
