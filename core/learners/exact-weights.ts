/** Sums of whole numbers are exact in a double up to 2^53; half of that leaves room for rounding each of them up. */
const LARGEST_SUM = 2 ** 52;

/**
 * The weights as whole numbers on a common scale, a power of two, so that the sum of any of them is exact: it does not
 * depend on the order in which they are added, nor on whether a row is given twice or with twice the weight.
 *
 * The scale follows from the largest weight and the number of rows. A weight is moved by at most half a unit, 2^-52 of
 * the largest possible sum; none becomes 0.
 *
 * @param weights one per row, positive and finite
 */
export function toExactWeights(weights: Float64Array): Float64Array {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, weight);
  const scale = powerOfTwoBelow(LARGEST_SUM / (largest * weights.length));
  return weights.map((weight) => Math.max(1, Math.round(weight * scale)));
}

/** The largest power of two that is not above `limit`, a positive number. */
export function powerOfTwoBelow(limit: number): number {
  let power = 1;
  while (power > limit) power /= 2;
  while (power * 2 <= limit) power *= 2;
  return power;
}
