import type { BinnedColumn } from './bins.ts';
import type { GradientUnits } from './gradients.ts';
import type { Histogram } from './histograms.ts';
import { hessianIn, type NodeSums, type Packing, pack, rowsIn } from './packed-sums.ts';

/** The limits of a split. */
export interface SplitLimits {
  /** rows on either side at least, whatever their weights */
  readonly minSamplesLeaf: number;
  /** added to the sum of Hessians of either side */
  readonly l2: number;
}

/** Rows in the bins up to `bin` of the column go left. */
export interface BinnedSplit {
  /** an index into the binned columns */
  readonly column: number;
  readonly bin: number;
  /** how much the loss falls, to second order, doubled, in units that are the same for all nodes of a tree */
  readonly gain: number;
  readonly left: NodeSums;
}

/** The sum of Hessians on either side at least, as scikit-learn's histogram trees have it. */
const LEAST_HESSIAN = 1e-3;
/**
 * A split is better, than none or than another, where both its sides reach more by this factor: less may be rounding.
 */
const BETTER = 1 + 2 ** -40;

/** Where the bins of each column begin in a histogram. */
export interface ColumnPlaces {
  readonly columns: readonly BinnedColumn[];
  readonly starts: Int32Array;
}

/** What the splits of a node keep to and are measured by, in the units of its histogram. */
export interface SplitBounds {
  readonly packing: Packing;
  /** the node's own sums */
  readonly gradient: number;
  readonly hessian: number;
  /** the packed sum of the left side: at least, and less than */
  readonly leastPacked: number;
  readonly tooPacked: number;
  /** the Hessians of either side at least */
  readonly leastHessian: number;
  readonly l2: number;
  /** G^2 / (H + l2) of the node: what its sides have to exceed */
  readonly whole: number;
}

export function splitBounds({ gradient, packed }: NodeSums, units: GradientUnits, limits: SplitLimits): SplitBounds {
  const rows = rowsIn(packed, units);
  const hessian = hessianIn(packed, units);
  const l2 = limits.l2 / units.hessian;
  return {
    packing: units,
    gradient,
    hessian,
    leastPacked: pack(limits.minSamplesLeaf, 0, units),
    tooPacked: pack(rows - limits.minSamplesLeaf + 1, 0, units),
    leastHessian: LEAST_HESSIAN / units.hessian,
    l2,
    whole: (gradient * gradient) / (hessian + l2),
  };
}

/**
 * The best split of a node by its histogram: that of most gain G_left^2 / (H_left + l2) + G_right^2 / (H_right + l2) -
 * G^2 / (H + l2), with G and H the sums of gradients and Hessians (Chen & Guestrin 2016, XGBoost, equation 7). Of
 * equally good splits the one of the lowest column, and in it of the lowest threshold. None where nothing is gained.
 */
export function bestBinnedSplit(
  histogram: Histogram,
  { columns, starts }: ColumnPlaces,
  bounds: SplitBounds,
): BinnedSplit | undefined {
  let most = bounds.whole;
  let best: BinnedSplit | undefined;
  for (let column = 0; column < columns.length; column++) {
    const found = scanColumn(histogram, starts[column], columns[column].thresholds.length, bounds, most);
    if (found === undefined) continue;
    most = found.most;
    best = { column, bin: found.bin, gain: most - bounds.whole, left: found.left };
  }
  return best;
}

/**
 * The best split of a column whose bins begin at `start`, by the sum of both sides' G^2 / (H + l2), where that exceeds
 * `most`.
 */
function scanColumn(histogram: Histogram, start: number, thresholds: number, bounds: SplitBounds, most: number) {
  const { packing, leastPacked, tooPacked, leastHessian, l2 } = bounds;
  let bin = -1;
  let left: NodeSums = { gradient: 0, packed: 0 };
  let gradient = 0;
  let packed = 0;
  for (let b = 0, at = start; b < thresholds; b++, at += 2) {
    gradient += histogram[at];
    packed += histogram[at + 1];
    if (packed < leastPacked) continue;
    if (packed >= tooPacked) break;
    const leftHessian = hessianIn(packed, packing);
    const rightHessian = bounds.hessian - leftHessian;
    if (leftHessian < leastHessian) continue;
    if (rightHessian < leastHessian) break;
    const rightGradient = bounds.gradient - gradient;
    // Both quotients on one denominator, which is not divided by until a split is better: a division takes as long as
    // the rest.
    const denominator = (leftHessian + l2) * (rightHessian + l2);
    const numerator = gradient * gradient * (rightHessian + l2) + rightGradient * rightGradient * (leftHessian + l2);
    if (numerator > most * denominator * BETTER) {
      most = numerator / denominator;
      bin = b;
      left = { gradient, packed };
    }
  }
  return bin < 0 ? undefined : { bin, most, left };
}
