import type { Matrix } from '../table/matrix.ts';
import type { Labels } from './learner.ts';

/**
 * A training set as a set: rows with the same cells and label are one. What is computed from this alone depends neither
 * on the order of the rows, down to the last bit of every sum, nor on whether a row is given twice or with twice the
 * weight.
 */
export interface DistinctRows {
  /** for each distinct row one place in the matrix; their order follows from their cells and labels alone */
  readonly rows: Int32Array;
  readonly labels: Labels;
  /** the summed weights of the rows that are alike */
  readonly weights: Float64Array;
  /** how many rows are alike */
  readonly counts: Int32Array;
}

/** @param matrix finite; 0 and -0 are equal */
export function distinctRows(matrix: Matrix, labels: Labels, weights: Float64Array): DistinctRows {
  const order = canonicalOrder(matrix, labels, weights);
  const rows = new Int32Array(matrix.rows);
  const counts = new Int32Array(matrix.rows);
  const sums = new Float64Array(matrix.rows);
  let last = -1;
  for (const row of order) {
    if (last < 0 || labels[rows[last]] !== labels[row] || compareCells(matrix, rows[last], row) !== 0)
      rows[++last] = row;
    counts[last]++;
    sums[last] += weights[row];
  }
  const found = last + 1;
  return {
    rows: rows.slice(0, found),
    labels: Uint8Array.from(rows.subarray(0, found), (row) => labels[row]),
    weights: sums.slice(0, found),
    counts: counts.slice(0, found),
  };
}

/**
 * The rows by a hash of their cells and label. Where hashes are equal, by the cells, the label and the weight
 * themselves, so that equal rows are together and their weights are always added in the same order.
 */
function canonicalOrder(matrix: Matrix, labels: Labels, weights: Float64Array): Int32Array {
  const hashes = hashRows(matrix, labels);
  const order = orderByHash(hashes);
  const isAlike = (a: number, b: number) => labels[a] === labels[b] && compareCells(matrix, a, b) === 0;
  const byWeight = (a: number, b: number) => weights[a] - weights[b];
  const byContent = (a: number, b: number) =>
    compareCells(matrix, a, b) || labels[a] - labels[b] || weights[a] - weights[b];
  let start = 0;
  for (let end = 1; end <= order.length; end++) {
    if (end < order.length && hashes[order[end]] === hashes[order[start]]) continue;
    if (end - start > 1) {
      const group = order.subarray(start, end);
      // Almost always the rows are alike and not of equal hashes by chance: then their cells need not be compared again
      // and again.
      group.sort(group.every((row) => isAlike(row, group[0])) ? byWeight : byContent);
    }
    start = end;
  }
  return order;
}

/** The multipliers of murmur3's finalizer and of xxHash32. */
const MULTIPLIERS = [0x85ebca6b, 0xc2b2ae35, 0x9e3779b1, 0x27d4eb2f] as const;

function hashRows({ rows, columns, data }: Matrix, labels: Labels): Uint32Array {
  const [a, b, c, d] = MULTIPLIERS;
  const bits = new Int32Array(data.buffer, data.byteOffset, data.length);
  const hashes = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    let hash = Math.imul(labels[row] + 1, a);
    const base = row * columns;
    for (let column = 0; column < columns; column++) {
      const cell = bits[base + column];
      // Zeros, of either sign, add nothing: most cells of one-hot columns are.
      if (cell << 1 === 0) continue;
      const mixed = Math.imul(cell ^ Math.imul(column + 1, b), c);
      hash = Math.imul(hash ^ mixed ^ (mixed >>> 15), d);
      hash ^= hash >>> 13;
    }
    hashes[row] = hash;
  }
  return hashes;
}

/** Hash and row packed into one whole number, which the engine sorts without a call per comparison. */
function orderByHash(hashes: Uint32Array): Int32Array {
  const rows = hashes.length;
  // Up to 2^21 rows hash and row fit into 53 bits; beyond, the hashes' lowest bits would not, and the sort is by
  // comparison.
  if (rows > 2 ** 21) return Int32Array.from(hashes.keys()).sort((a, b) => hashes[a] - hashes[b]);
  const keys = new Float64Array(rows);
  for (let row = 0; row < rows; row++) keys[row] = hashes[row] * 2 ** 21 + row;
  keys.sort();
  const order = new Int32Array(rows);
  for (let i = 0; i < rows; i++) order[i] = keys[i] % 2 ** 21;
  return order;
}

function compareCells({ columns, data }: Matrix, a: number, b: number): number {
  const first = a * columns;
  const second = b * columns;
  for (let column = 0; column < columns; column++) {
    const difference = data[first + column] - data[second + column];
    if (difference !== 0) return difference;
  }
  return 0;
}
