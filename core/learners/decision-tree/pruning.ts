import type { TreeNodes } from './nodes.ts';

/**
 * Minimal cost-complexity pruning (Breiman, Friedman, Olshen & Stone 1984, 3.3): of all subtrees with the same root the
 * smallest one of least R(T) + alpha * leaves, where R adds up the leaves' weighted Gini impurity, as scikit-learn's
 * `ccp_alpha` has it. There is one such tree, and one pass from the leaves to the root finds it (Theorem 3.10).
 *
 * @param weights the training weight of each node, on any scale
 * @param alpha what a leaf costs, as a share of the whole weight: from 0
 */
export function pruneTree(nodes: TreeNodes, weights: Float64Array, alpha: number): TreeNodes {
  return keepNodes(nodes, findLeaves(nodes, weights, alpha));
}

/** 1 for each node that is a leaf of the pruned tree, unless a node above it is one. */
function findLeaves({ column, right, score }: TreeNodes, weights: Float64Array, alpha: number): Uint8Array {
  const isLeaf = new Uint8Array(column.length);
  const costs = new Float64Array(column.length);
  for (let node = column.length - 1; node >= 0; node--) {
    const impurity = 2 * score[node] * (1 - score[node]);
    const asLeaf = (weights[node] / weights[0]) * impurity + alpha;
    const asBranch = column[node] < 0 ? asLeaf : costs[node + 1] + costs[right[node]];
    isLeaf[node] = asLeaf <= asBranch ? 1 : 0;
    costs[node] = Math.min(asLeaf, asBranch);
  }
  return isLeaf;
}

/** The nodes from the root down to the leaves, in their order. */
function keepNodes({ column, threshold, right, score }: TreeNodes, isLeaf: Uint8Array): TreeNodes {
  const kept = { column: [] as number[], threshold: [] as number[], right: [] as number[], score: [] as number[] };
  const pending = [{ node: 0, rightOf: -1 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, rightOf } = next;
    const id = kept.column.length;
    const leaf = isLeaf[node] === 1;
    if (rightOf >= 0) kept.right[rightOf] = id;
    kept.column.push(leaf ? -1 : column[node]);
    kept.threshold.push(leaf ? 0 : threshold[node]);
    kept.right.push(-1);
    kept.score.push(score[node]);
    if (!leaf) pending.push({ node: right[node], rightOf: id }, { node: node + 1, rightOf: -1 });
  }
  return {
    column: Int32Array.from(kept.column),
    threshold: Float64Array.from(kept.threshold),
    right: Int32Array.from(kept.right),
    score: Float64Array.from(kept.score),
  };
}
