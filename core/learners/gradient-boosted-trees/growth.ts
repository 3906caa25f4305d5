import { ascending } from '../sorted-rows.ts';
import type { BinnedColumn } from './bins.ts';
import type { Gradients } from './gradients.ts';
import { type Histogram, HistogramBuilder } from './histograms.ts';
import { type NodeSums, otherSide, rowsIn } from './packed-sums.ts';
import { type BinnedSplit, bestBinnedSplit, type SplitLimits, splitBounds } from './split.ts';
import type { BoostedTree } from './trees.ts';

/** When a tree stops growing, and how far each of its leaves goes. */
export interface BoostedTreeLimits extends SplitLimits {
  readonly maxDepth: number;
  readonly maxLeaves: number;
  /** the share of a Newton step that a leaf takes */
  readonly learningRate: number;
}

/** The rows from `start` to `end` of the list that the grower partitions. */
interface GrowingNode {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly sums: NodeSums;
  /** kept while the node may be split */
  histogram: Histogram | undefined;
  /** the best one, where there is one that gains */
  split: BinnedSplit | undefined;
  children: readonly [left: GrowingNode, right: GrowingNode] | undefined;
}

/**
 * Grows regression trees on gradients (Friedman 2001; XGBoost, Chen & Guestrin 2016), leaf by leaf: always the leaf
 * whose split gains most is split next, of equals the older (Shi 2007; LightGBM, Ke et al. 2017).
 */
export class BoostedTreeGrower {
  readonly #columns: readonly BinnedColumn[];
  readonly #limits: BoostedTreeLimits;
  readonly #builder: HistogramBuilder;
  /** all rows, those of a node together, ascending within it */
  readonly #rows: Int32Array;
  readonly #allRows: Int32Array;
  readonly #right: Int32Array;

  constructor(columns: readonly BinnedColumn[], rows: number, limits: BoostedTreeLimits) {
    this.#columns = columns;
    this.#limits = limits;
    this.#builder = new HistogramBuilder(columns, rows);
    this.#allRows = ascending(rows);
    this.#rows = ascending(rows);
    this.#right = new Int32Array(rows);
  }

  /** A tree for the gradients at these log-odds. Adds to each row's log-odds the value of its leaf. */
  grow(gradients: Gradients, logOdds: Float64Array): BoostedTree {
    this.#rows.set(this.#allRows);
    const root = this.#plantRoot(gradients, gradients.update(logOdds));
    const leaves = [root];
    while (leaves.length < this.#limits.maxLeaves) {
      const chosen = mostGainful(leaves);
      if (chosen < 0) break;
      const node = leaves[chosen];
      node.children = this.#split(node, node.split!);
      leaves.splice(chosen, 1);
      leaves.push(...node.children);
      this.#findSplits(node, node.children, gradients, leaves.length < this.#limits.maxLeaves);
    }
    for (const { histogram } of leaves) if (histogram !== undefined) this.#builder.release(histogram);
    return this.#toTree(root, gradients, logOdds);
  }

  #plantRoot(gradients: Gradients, sums: NodeSums): GrowingNode {
    const root = growingNode(0, this.#rows.length, 0, sums);
    if (this.#mayBeSplit(root, gradients))
      this.#findSplit(root, this.#builder.of(this.#rows, gradients, sums), gradients);
    return root;
  }

  /** Whether the limits leave room for a split. Rows that are given twice count twice. */
  #mayBeSplit({ depth, sums }: GrowingNode, { units }: Gradients): boolean {
    return depth < this.#limits.maxDepth && rowsIn(sums.packed, units) >= 2 * this.#limits.minSamplesLeaf;
  }

  /** The histogram of the child of fewer rows is added up; the other's is what that leaves of their parent's. */
  #findSplits(
    parent: GrowingNode,
    [left, right]: readonly [GrowingNode, GrowingNode],
    gradients: Gradients,
    hasRoom: boolean,
  ): void {
    const [fewer, more] = left.end - left.start <= right.end - right.start ? [left, right] : [right, left];
    const parentHistogram = parent.histogram!;
    parent.histogram = undefined;
    if (!hasRoom || !(this.#mayBeSplit(more, gradients) || this.#mayBeSplit(fewer, gradients))) {
      this.#builder.release(parentHistogram);
      return;
    }
    const histogram = this.#builder.of(this.#rows.subarray(fewer.start, fewer.end), gradients, fewer.sums);
    this.#findSplit(more, this.#builder.subtract(parentHistogram, histogram), gradients);
    this.#findSplit(fewer, histogram, gradients);
  }

  #findSplit(node: GrowingNode, histogram: Histogram, gradients: Gradients): void {
    if (this.#mayBeSplit(node, gradients)) {
      const places = { columns: this.#columns, starts: this.#builder.starts };
      node.split = bestBinnedSplit(histogram, places, splitBounds(node.sums, gradients.units, this.#limits));
    }
    if (node.split === undefined) this.#builder.release(histogram);
    else node.histogram = histogram;
  }

  #split({ start, end, depth, sums }: GrowingNode, { column, bin, left }: BinnedSplit): [GrowingNode, GrowingNode] {
    const middle = partition(this.#rows, start, end, this.#columns[column].bins, bin, this.#right);
    return [growingNode(start, middle, depth + 1, left), growingNode(middle, end, depth + 1, otherSide(sums, left))];
  }

  /** Parents before children, each left child right after its parent. */
  #toTree(root: GrowingNode, gradients: Gradients, logOdds: Float64Array): BoostedTree {
    const tree = { column: [] as number[], threshold: [] as number[], right: [] as number[], value: [] as number[] };
    const pending = [{ node: root, rightOf: -1 }];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { node, rightOf } = next;
      const id = tree.column.length;
      if (rightOf >= 0) tree.right[rightOf] = id;
      const split = node.children && node.split;
      const column = split && this.#columns[split.column];
      tree.column.push(column?.column ?? -1);
      tree.threshold.push(split === undefined ? 0 : column!.thresholds[split.bin]);
      tree.right.push(-1);
      tree.value.push(node.children === undefined ? this.#settleLeaf(node, gradients, logOdds) : 0);
      if (node.children !== undefined) {
        pending.push({ node: node.children[1], rightOf: id }, { node: node.children[0], rightOf: -1 });
      }
    }
    return {
      column: Int32Array.from(tree.column),
      threshold: Float64Array.from(tree.threshold),
      right: Int32Array.from(tree.right),
      value: Float64Array.from(tree.value),
    };
  }

  /**
   * A leaf's value is a share of the Newton step -G / (H + l2), with the Hessians themselves, not those on their
   * coarser grid.
   */
  #settleLeaf({ start, end, sums }: GrowingNode, { units, hessians }: Gradients, logOdds: Float64Array): number {
    const rows = this.#rows;
    let hessian = this.#limits.l2;
    for (let i = start; i < end; i++) hessian += hessians[rows[i]];
    const gradient = sums.gradient * units.gradient;
    // 0 minus, so that no step is 0 and not -0, which JSON does not tell from it.
    const value = hessian > 0 ? 0 - (this.#limits.learningRate * gradient) / hessian : 0;
    for (let i = start; i < end; i++) logOdds[rows[i]] += value;
    return value;
  }
}

function growingNode(start: number, end: number, depth: number, sums: NodeSums): GrowingNode {
  return { start, end, depth, sums, histogram: undefined, split: undefined, children: undefined };
}

/** The first of the leaves whose split gains most; -1 where none can be split. */
function mostGainful(leaves: readonly GrowingNode[]): number {
  let chosen = -1;
  let most = 0;
  for (const [i, { split }] of leaves.entries()) {
    if (split !== undefined && split.gain > most) {
      chosen = i;
      most = split.gain;
    }
  }
  return chosen;
}

/**
 * Moves the rows that go left before those that go right, each side in its order, and returns where the right side
 * starts. Without a branch on the data, which no processor could predict: the sign bit of a difference says which way a
 * row goes.
 */
function partition(
  rows: Int32Array,
  start: number,
  end: number,
  bins: Uint8Array,
  bin: number,
  right: Int32Array,
): number {
  let lefts = start;
  for (let i = start; i < end; i++) {
    const row = rows[i];
    rows[lefts] = row;
    right[i - lefts] = row;
    lefts += (bins[row] - bin - 1) >>> 31;
  }
  rows.set(right.subarray(0, end - lefts), lefts);
  return lefts;
}
