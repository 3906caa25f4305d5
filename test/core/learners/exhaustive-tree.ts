import type { TreeLimits } from '../../../core/learners/decision-tree/growth.ts';
import type { TrainingSet } from './training-sets.ts';

/** A tree in the form in which fitted trees are saved. */
export interface SavedNodes {
  readonly column: number[];
  readonly threshold: number[];
  readonly right: number[];
  readonly score: number[];
}

interface Candidate {
  readonly column: number;
  readonly threshold: number;
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** An exact fraction; the denominator is positive. */
type Fraction = readonly [numerator: bigint, denominator: bigint];

/**
 * CART written as its definition says: every threshold of every column is tried at every node, by the impurity of the two
 * sides in exact fractions. The first of the best is taken: lowest column, lowest threshold. Weights must be whole numbers.
 */
export function growExhaustively(set: TrainingSet, limits: TreeLimits): SavedNodes {
  const nodes: SavedNodes = { column: [], threshold: [], right: [], score: [] };
  grow(Array.from(set.labels.keys()), 0);
  return nodes;

  function grow(rows: readonly number[], depth: number): number {
    const id = nodes.column.length;
    const [majority, minority] = classWeights(set, rows);
    const best = isPure(majority, minority) || depth >= limits.maxDepth ? undefined : bestOf(set, rows, limits);
    nodes.column.push(best?.column ?? -1);
    nodes.threshold.push(best?.threshold ?? 0);
    nodes.right.push(-1);
    nodes.score.push(Number(minority) / Number(majority + minority));
    if (best !== undefined) {
      grow(best.left, depth + 1);
      nodes.right[id] = grow(best.right, depth + 1);
    }
    return id;
  }
}

function bestOf(set: TrainingSet, rows: readonly number[], limits: TreeLimits): Candidate | undefined {
  if (rows.length < limits.minSamplesSplit) return undefined;
  let best: Candidate | undefined;
  let least: Fraction = [0n, 1n];
  for (const candidate of candidatesOf(set, rows)) {
    if (Math.min(candidate.left.length, candidate.right.length) < limits.minSamplesLeaf) continue;
    const found = impurity(classWeights(set, candidate.left), classWeights(set, candidate.right));
    if (best === undefined || found[0] * least[1] < least[0] * found[1]) {
      best = candidate;
      least = found;
    }
  }
  return best;
}

function candidatesOf({ matrix }: TrainingSet, rows: readonly number[]): Candidate[] {
  const candidates: Candidate[] = [];
  for (let column = 0; column < matrix.columns; column++) {
    const valueAt = (row: number) => matrix.data[row * matrix.columns + column];
    const values = [...new Set(rows.map((row) => valueAt(row) + 0))].sort((a, b) => a - b);
    for (let i = 1; i < values.length; i++) {
      const threshold = (values[i - 1] + values[i]) / 2;
      candidates.push({
        column,
        threshold,
        left: rows.filter((row) => valueAt(row) <= threshold),
        right: rows.filter((row) => valueAt(row) > threshold),
      });
    }
  }
  return candidates;
}

type ClassWeights = readonly [majority: bigint, minority: bigint];

function classWeights({ labels, weights }: TrainingSet, rows: readonly number[]): ClassWeights {
  const sums: [bigint, bigint] = [0n, 0n];
  for (const row of rows) sums[labels[row]] += BigInt(weights[row]);
  return sums;
}

/** Weight times Gini impurity of both sides, halved: the sum of majority * minority / (majority + minority). */
function impurity([a, b]: ClassWeights, [c, d]: ClassWeights): Fraction {
  return [a * b * (c + d) + c * d * (a + b), (a + b) * (c + d)];
}

function isPure(majority: bigint, minority: bigint): boolean {
  return majority === 0n || minority === 0n;
}
