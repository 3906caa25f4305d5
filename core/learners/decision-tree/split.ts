import { midpoint, type SortedColumn, type TwoValuedColumns } from './columns.ts';

/** One per row of the training matrix, as exact whole numbers (toExactWeights). */
export interface RowWeights {
  readonly all: Float64Array;
  /** the weight of a minority row, 0 for a majority row */
  readonly minority: Float64Array;
}

/** The rows of one node: a range of every list of rows that the tree keeps. Sums are of exact weights. */
export interface NodeRows {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
  readonly minorityWeight: number;
}

/** Rows whose value in `column` is at most `threshold` go left. */
export interface Split {
  readonly column: number;
  readonly threshold: number;
  /** the decrease of Gini impurity, up to a factor that is the same for all splits of a node */
  readonly gain: number;
  readonly leftRows: number;
  readonly leftWeight: number;
  readonly leftMinorityWeight: number;
}

/**
 * The gain of a split, to compare splits of one node.
 *
 * The weighted Gini impurity (Breiman et al. 1984, 4.3) of a node of weight W falls, when weight w goes left, by 2 d^2
 * / (W^2 w (W - w)), where d = (minority left)(majority right) - (majority left)(minority right). The factor that is
 * the same for all splits of a node is left out. The rest is the same to the last bit when the sides change places; and
 * for whole numbers it is one rounded quotient of exact ones (up to some 19,000 rows of weight 1), so that equally good
 * splits are equal to the last bit too.
 */
export function splitGain(weight: number, minorityWeight: number, leftWeight: number, leftMinority: number): number {
  const rightWeight = weight - leftWeight;
  const rightMinority = minorityWeight - leftMinority;
  const difference = leftMinority * (rightWeight - rightMinority) - (leftWeight - leftMinority) * rightMinority;
  return (difference * difference) / (leftWeight * rightWeight);
}

/** The better of two splits of one node; of equally good ones that of the lower column. */
export function betterSplit(a: Split | undefined, b: Split | undefined): Split | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.gain === b.gain) return a.column < b.column ? a : b;
  return a.gain > b.gain ? a : b;
}

/**
 * The best split of a node by a column of many values: one pass over its rows by ascending value. Of equally good
 * thresholds the lowest.
 *
 * @param minRows the least number of rows on either side
 */
export function bestSortedSplit(
  { column, values, order }: SortedColumn,
  node: NodeRows,
  weights: RowWeights,
  minRows: number,
): Split | undefined {
  const { start, end, weight, minorityWeight } = node;
  const { all, minority } = weights;
  const firstCut = start + minRows;
  const lastCut = end - minRows;
  let previous = values[order[start]];
  if (previous === values[order[end - 1]]) return undefined;
  let leftWeight = 0;
  let leftMinority = 0;
  let gain = -1;
  let cut = -1;
  let cutWeight = 0;
  let cutMinority = 0;
  for (let i = start; i <= lastCut; i++) {
    const row = order[i];
    const value = values[row];
    if (value !== previous) {
      previous = value;
      if (i >= firstCut) {
        const found = splitGain(weight, minorityWeight, leftWeight, leftMinority);
        if (found > gain) {
          gain = found;
          cut = i;
          cutWeight = leftWeight;
          cutMinority = leftMinority;
        }
      }
    }
    leftWeight += all[row];
    leftMinority += minority[row];
  }
  if (cut < 0) return undefined;
  return {
    column,
    threshold: midpoint(values[order[cut - 1]], values[order[cut]]),
    gain,
    leftRows: cut - start,
    leftWeight: cutWeight,
    leftMinorityWeight: cutMinority,
  };
}

/**
 * The best split of a node by a column of two values: what lies on the rarer side is counted for all of them at once.
 */
export class TwoValuedSplitter {
  readonly #columns: TwoValuedColumns;
  readonly #weights: RowWeights;
  readonly #minRows: number;
  readonly #rows: Int32Array;
  readonly #sums: Float64Array;
  readonly #minoritySums: Float64Array;

  constructor(columns: TwoValuedColumns, weights: RowWeights, minRows: number) {
    const count = columns.columns.length;
    this.#columns = columns;
    this.#weights = weights;
    this.#minRows = minRows;
    this.#rows = new Int32Array(count);
    this.#sums = new Float64Array(count);
    this.#minoritySums = new Float64Array(count);
  }

  /** @param rows all rows of the tree; those of the node lie in its range */
  best(rows: Int32Array, node: NodeRows): Split | undefined {
    this.#count(rows, node);
    const size = node.end - node.start;
    let best = -1;
    let gain = -1;
    for (let i = 0; i < this.#rows.length; i++) {
      const rarer = this.#rows[i];
      if (rarer < this.#minRows || size - rarer < this.#minRows) continue;
      const found = splitGain(node.weight, node.minorityWeight, this.#sums[i], this.#minoritySums[i]);
      if (found > gain) {
        gain = found;
        best = i;
      }
    }
    return best < 0 ? undefined : this.#split(best, gain, node);
  }

  #count(rows: Int32Array, { start, end }: NodeRows): void {
    const { starts, entries } = this.#columns;
    const { all, minority } = this.#weights;
    const counts = this.#rows.fill(0);
    const sums = this.#sums.fill(0);
    const minoritySums = this.#minoritySums.fill(0);
    for (let i = start; i < end; i++) {
      const row = rows[i];
      const weight = all[row];
      const minorityWeight = minority[row];
      for (let e = starts[row]; e < starts[row + 1]; e++) {
        const column = entries[e];
        counts[column]++;
        sums[column] += weight;
        minoritySums[column] += minorityWeight;
      }
    }
  }

  #split(i: number, gain: number, node: NodeRows): Split {
    const { columns, thresholds, rarerIsLower } = this.#columns;
    const lower = rarerIsLower[i] === 1;
    return {
      column: columns[i],
      threshold: thresholds[i],
      gain,
      leftRows: lower ? this.#rows[i] : node.end - node.start - this.#rows[i],
      leftWeight: lower ? this.#sums[i] : node.weight - this.#sums[i],
      leftMinorityWeight: lower ? this.#minoritySums[i] : node.minorityWeight - this.#minoritySums[i],
    };
  }
}
