/**
 * How a count of rows and a sum of Hessians share one whole number: the Hessians below `count`, which a row adds for
 * itself, and the rows above. One addition adds both, packed numbers compare as their counts do, and nothing is
 * rounded.
 */
export interface Packing {
  /** a power of two, above the sum of all rows' Hessians */
  readonly count: number;
  /** 1 / count, exactly: a product takes less time than a quotient */
  readonly perCount: number;
}

/** Sums over the rows of a node: of grid gradients, and of packed counts and Hessians. Exact whole numbers. */
export interface NodeSums {
  readonly gradient: number;
  readonly packed: number;
}

/** @param hessian a whole number */
export function pack(rows: number, hessian: number, { count }: Packing): number {
  return rows * count + hessian;
}

export function rowsIn(packed: number, { perCount }: Packing): number {
  return Math.floor(packed * perCount);
}

/** In units of the grid. */
export function hessianIn(packed: number, { count, perCount }: Packing): number {
  return packed - Math.floor(packed * perCount) * count;
}

/** What is left of a node's sums without one of its sides. */
export function otherSide(node: NodeSums, side: NodeSums): NodeSums {
  return { gradient: node.gradient - side.gradient, packed: node.packed - side.packed };
}
