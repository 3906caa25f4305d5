import type { Rng } from '../../random/rng.ts';
import type { Matrix } from '../../table/matrix.ts';
import { distinctRows } from '../distinct-rows.ts';
import { toExactWeights } from '../exact-weights.ts';
import { ascending } from '../sorted-rows.ts';

/** Draws the rows of one tree: places in the matrix, as many as asked for. */
export type RowSampler = (count: number, rng: Rng) => Int32Array;

/**
 * Rows of equal weight are drawn without replacement, as Liu, Ting & Zhou do; else with replacement, in proportion to
 * their weights, as in scikit-learn. What is drawn does not depend on the order of the rows.
 *
 * @param weights one per row, positive and finite
 */
export function rowSampler(matrix: Matrix, weights: Float64Array): RowSampler {
  const distinct = distinctRows(matrix, new Uint8Array(matrix.rows), weights);
  if (weights.every((weight) => weight === weights[0])) return withoutReplacement(distinct.rows, distinct.counts);
  return byWeight(distinct.rows, distinct.weights);
}

/**
 * The first `count` places of a shuffle that goes on where the last one ended: each draw costs no more than it takes.
 */
function withoutReplacement(rows: Int32Array, counts: Int32Array): RowSampler {
  const given = new Int32Array(counts.reduce((sum, count) => sum + count, 0));
  let end = 0;
  for (const [i, row] of rows.entries()) {
    given.fill(row, end, end + counts[i]);
    end += counts[i];
  }
  const order = ascending(given.length);
  return (count, rng) => {
    for (let i = 0; i < count; i++) {
      const j = i + rng.nextInt(order.length - i);
      const place = order[i];
      order[i] = order[j];
      order[j] = place;
    }
    return order.slice(0, count).map((place) => given[place]);
  };
}

function byWeight(rows: Int32Array, weights: Float64Array): RowSampler {
  const ends = toExactWeights(weights);
  for (let i = 1; i < ends.length; i++) ends[i] += ends[i - 1];
  const total = ends[ends.length - 1];
  return (count, rng) => {
    const drawn = new Int32Array(count);
    for (let i = 0; i < count; i++) drawn[i] = rows[firstAbove(ends, rng.nextFloat() * total)];
    return drawn;
  };
}

/** The first of the ascending `ends` above `value`; the last one where none is. */
function firstAbove(ends: Float64Array, value: number): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
