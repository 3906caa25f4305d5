import type { BinnedColumn } from './bins.ts';
import type { GradientUnits, NodeSums } from './gradients.ts';
import type { Histogram } from './histograms.ts';

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
/** A split is better, than none or than another, where both its sides reach more by this factor: less may be rounding. */
const BETTER = 1 + 2 ** -40;

/**
 * The best split of a node by its histogram: that of most gain G_left^2 / (H_left + l2) + G_right^2 / (H_right + l2) - G^2 / (H
 * + l2), with G and H the sums of gradients and Hessians (Chen & Guestrin 2016, XGBoost, equation 7). Of equally good splits
 * the one of the lowest column, and in it of the lowest threshold. None where nothing is gained.
 */
export function bestBinnedSplit(
  histogram: Histogram,
  columns: readonly BinnedColumn[],
  starts: Int32Array,
  sums: NodeSums,
  units: GradientUnits,
  limits: SplitLimits,
): BinnedSplit | undefined {
  const perCount = 1 / units.count;
  const l2 = limits.l2 / units.hessian;
  const leastHessian = LEAST_HESSIAN / units.hessian;
  const rows = Math.floor(sums.packed * perCount);
  const hessian = sums.packed - rows * units.count;
  // The count is the upper part of the packed number, so that the packed numbers compare as the counts do.
  const leastPacked = limits.minSamplesLeaf * units.count;
  const tooPacked = (rows - limits.minSamplesLeaf + 1) * units.count;
  const whole = (sums.gradient * sums.gradient) / (hessian + l2);
  let most = whole;
  let column = -1;
  let bin = -1;
  let left: NodeSums = { gradient: 0, packed: 0 };
  for (let c = 0; c < columns.length; c++) {
    const last = columns[c].thresholds.length;
    let at = starts[c];
    let gradient = 0;
    let packed = 0;
    for (let b = 0; b < last; b++, at += 2) {
      gradient += histogram[at];
      packed += histogram[at + 1];
      if (packed < leastPacked) continue;
      if (packed >= tooPacked) break;
      const leftHessian = packed - Math.floor(packed * perCount) * units.count;
      const rightHessian = hessian - leftHessian;
      if (leftHessian < leastHessian) continue;
      if (rightHessian < leastHessian) break;
      const rightGradient = sums.gradient - gradient;
      // Both quotients on one denominator, which is not divided by until a split is better: a division takes as long as the rest.
      const denominator = (leftHessian + l2) * (rightHessian + l2);
      const numerator = gradient * gradient * (rightHessian + l2) + rightGradient * rightGradient * (leftHessian + l2);
      if (numerator > most * denominator * BETTER) {
        most = numerator / denominator;
        column = c;
        bin = b;
        left = { gradient, packed };
      }
    }
  }
  if (column < 0) return undefined;
  return { column, bin, gain: most - whole, left };
}
