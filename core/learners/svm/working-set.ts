/**
 * The loops over the active set. `values[p]` is -y G of the row at place p, G being the slope of the dual objective:
 * what the row's own decision value lacks to its label, the intercept aside. Its multiplier may change so that y alpha
 * rises (`MAY_RISE`), falls (`MAY_FALL`) or both. A pair of rows violates the optimality conditions where one that may
 * rise has a higher value than one that may fall.
 */
export const MAY_RISE = 1;
export const MAY_FALL = 2;

/** How a value counts among those that may rise, by status: not at all, or as it is. */
const RISE_PENALTY = Float64Array.of(-Infinity, 0, -Infinity, 0);
/** And among those that may fall. */
const FALL_PENALTY = Float64Array.of(Infinity, Infinity, 0, 0);

/** For the curvature along a pair of rows where it is not above 0, as in LIBSVM. */
const LEAST_CURVATURE = 1e-12;

/** The ends of the active set. */
export interface Extremes {
  /** the place of the highest value that may rise; -1 where none may */
  highestPlace: number;
  highest: number;
  /** the lowest value that may fall */
  lowest: number;
}

/** The rows at the places from 0 up to `count`, of lists that have a place for every row. */
export interface ActiveSet {
  count: number;
  readonly values: Float64Array;
  readonly status: Uint8Array;
  /** K of each row with itself */
  readonly diagonal: Float32Array;
  /** as the last of the loops found them */
  readonly extremes: Extremes;
}

/** Two rows of the kernel matrix: K_i begins at index `i` of `kernel`, K_j at `j`. */
export interface KernelPair {
  readonly kernel: Float32Array;
  readonly i: number;
  readonly j: number;
}

/** Adds `step` * (K_j - K_i) to the values, and finds their extremes. */
export function updateValues(set: ActiveSet, { kernel, i, j }: KernelPair, step: number): void {
  const { count, values, status, extremes } = set;
  let highestPlace = -1;
  let highest = Number.NEGATIVE_INFINITY;
  let lowest = Number.POSITIVE_INFINITY;
  for (let place = 0; place < count; place++) {
    const value = values[place] + step * (kernel[j + place] - kernel[i + place]);
    values[place] = value;
    // Penalties instead of branches on the status, which no processor could predict.
    const rising = value + RISE_PENALTY[status[place]];
    if (rising > highest) {
      highest = rising;
      highestPlace = place;
    }
    const falling = value + FALL_PENALTY[status[place]];
    if (falling < lowest) lowest = falling;
  }
  extremes.highestPlace = highestPlace;
  extremes.highest = highest;
  extremes.lowest = lowest;
}

/** As `updateValues`, without a change. */
export function findExtremes({ count, values, status, extremes }: ActiveSet): void {
  extremes.highestPlace = -1;
  extremes.highest = Number.NEGATIVE_INFINITY;
  extremes.lowest = Number.POSITIVE_INFINITY;
  for (let place = 0; place < count; place++) {
    const rising = values[place] + RISE_PENALTY[status[place]];
    if (rising > extremes.highest) {
      extremes.highest = rising;
      extremes.highestPlace = place;
    }
    extremes.lowest = Math.min(extremes.lowest, values[place] + FALL_PENALTY[status[place]]);
  }
}

/**
 * The place of the row that, paired with the highest, improves the dual objective the most by its second-order model
 * (working set selection WSS 2 of Fan, Chen & Lin 2005, Working set selection using second order information, JMLR 6).
 * At least one row that may fall has a value below the highest.
 *
 * @param kernel holds K of the highest row from `i` on
 */
export function selectPartner(set: ActiveSet, kernel: Float32Array, i: number): number {
  const { count, values, status, diagonal } = set;
  const { highestPlace, highest } = set.extremes;
  const own = diagonal[highestPlace];
  let best = -1;
  let bestSquare = 0;
  let bestCurvature = 1;
  for (let place = 0; place < count; place++) {
    const violation = highest - (values[place] + FALL_PENALTY[status[place]]);
    const square = violation * Math.abs(violation);
    const curvature = Math.max(own + diagonal[place] - 2 * kernel[i + place], LEAST_CURVATURE);
    // square / curvature > bestSquare / bestCurvature, without a division for each row
    if (square * bestCurvature > bestSquare * curvature) {
      best = place;
      bestSquare = square;
      bestCurvature = curvature;
    }
  }
  return best;
}
