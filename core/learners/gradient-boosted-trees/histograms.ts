import { HistogramColumns } from '../../kernels/histogram-kernels.ts';
import type { BinnedColumn } from './bins.ts';
import type { Gradients } from './gradients.ts';
import type { NodeSums } from './packed-sums.ts';
import { fullestBin, SparseColumns } from './sparse-columns.ts';

/**
 * Two numbers per bin, side by side: the sum of grid gradients, then that of packed counts and Hessians. Exact whole
 * numbers.
 */
export type Histogram = Float64Array;

/** Adds up histograms of the rows of nodes. */
export class HistogramBuilder {
  /** where each column's first bin lies in a histogram, in the order of the columns */
  readonly starts: Int32Array;
  /** columns whose rows are spread over their bins; they come first in a histogram */
  readonly #dense: HistogramColumns;
  readonly #sparse: SparseColumns;
  readonly #length: number;
  readonly #spare: Histogram[] = [];

  constructor(columns: readonly BinnedColumn[], rows: number) {
    const isSparse = columns.map(({ bins }) => fullestBin(bins).rows * 2 >= rows);
    const dense = [...columns.keys()].filter((i) => !isSparse[i]);
    const sparse = [...columns.keys()].filter((i) => isSparse[i]);
    const take = (indices: readonly number[]) => indices.map((i) => columns[i]);
    this.#dense = new HistogramColumns(
      take(dense).map(({ bins }) => bins),
      rows,
    );
    this.#sparse = new SparseColumns(take(sparse), rows, this.#dense.length);
    this.#length = this.#dense.length + this.#sparse.length;
    this.starts = new Int32Array(columns.length);
    for (const [place, i] of dense.entries()) this.starts[i] = HistogramColumns.startOf(place);
    for (const [place, i] of sparse.entries()) this.starts[i] = this.#sparse.startOf(place);
  }

  /** The histogram of `rows`. @param total their sums */
  of(rows: Int32Array, { sums }: Gradients, total: NodeSums): Histogram {
    const histogram = this.#spare.pop() ?? new Float64Array(this.#length);
    histogram.set(this.#dense.of(rows, sums));
    histogram.fill(0, this.#dense.length);
    this.#sparse.add(histogram, rows, sums, total);
    return histogram;
  }

  /** Makes a node's histogram that of one child by taking away the other's (Ke et al. 2017, LightGBM). */
  subtract(fromNode: Histogram, child: Histogram): Histogram {
    for (let i = 0; i < fromNode.length; i++) fromNode[i] -= child[i];
    return fromNode;
  }

  /** Takes back a histogram that is no longer read. */
  release(histogram: Histogram): void {
    this.#spare.push(histogram);
  }
}
