import { InvalidArgumentError } from '../../errors.ts';
import { type Move, RowCache } from './row-cache.ts';
import { type ActiveSet, findExtremes, MAY_FALL, MAY_RISE, selectPartner, updateValues } from './working-set.ts';

/**
 * The kernel matrix of the training rows, whose columns the solver may rearrange. Symmetric and positive semi-definite.
 */
export interface KernelMatrix {
  readonly rows: number;
  /** each row's kernel with itself */
  readonly diagonal: Float32Array;
  /** From now on, column `place` is that of `row`. At first every row is at its own place. */
  place(place: number, row: number): void;
  /**
   * The columns from `from` up to, not including, `to` of the row, each at its index; they hold until the next call.
   */
  evaluate(row: number, from: number, to: number): Float32Array;
}

export interface SolverSettings {
  /** how far the optimality conditions may be violated, in units of the decision value */
  readonly tolerance: number;
  /** room for rows of the kernel matrix; two of them are kept in any case */
  readonly cacheBytes: number;
  /** pairs of multipliers that are changed at most */
  readonly steps: number;
  /** what a person can do where the steps do not suffice, for the message */
  readonly remedy: string;
}

/** Where the solver starts, other than from multipliers of 0 and the linear term of a classifier. */
export interface DualStart {
  /** multipliers, one per row, from 0 to its bound; the sum of y alpha stays what it is here */
  readonly alphas: Float64Array;
  /** -y times the linear term of each row: what its decision value should be */
  readonly targets: Float64Array;
}

/** decision value = sum over the rows of coefficient * kernel, plus intercept */
export interface DualSolution {
  /** y alpha, one per row; 0 where the row is no support vector */
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

/** Steps between two attempts to shrink, for as many rows or more. */
const SHRINKING_PERIOD = 1000;
/** Once the violation is within so many tolerances, the rows that were put aside too early are taken back. */
const NEAR = 10;

/**
 * Minimizes alpha Q alpha / 2 - sum(alpha) with Q_ij = y_i y_j K_ij, 0 <= alpha_i <= bounds_i and sum(y alpha) = 0: the
 * dual of a support vector machine, by sequential minimal optimization as in LIBSVM (Chang & Lin 2011, LIBSVM: a
 * library for support vector machines, ACM TIST 2:27): pairs by second-order information, and shrinking. Another start
 * makes it another dual of the same form.
 *
 * @param signs 1 or -1, one per row
 * @param bounds above 0, one per row
 * @param start default: that of a classifier, whose signs are both present
 * @throws InvalidArgumentError where the steps do not suffice
 */
export function solveDual(
  kernel: KernelMatrix,
  signs: Int8Array,
  bounds: Float64Array,
  settings: SolverSettings,
  start: DualStart = { alphas: new Float64Array(signs.length), targets: Float64Array.from(signs) },
): DualSolution {
  return new DualSolver(kernel, signs, bounds, settings, start).solve();
}

/** Lists are by row, or by place. */
class DualSolver {
  readonly #kernel: KernelMatrix;
  readonly #rows: number;
  readonly #tolerance: number;
  readonly #steps: number;
  readonly #remedy: string;
  readonly #cache: RowCache;
  readonly #evaluate: (row: number, from: number, to: number) => Float32Array;
  /** by row */
  readonly #signs: Int8Array;
  readonly #bounds: Float64Array;
  readonly #alphas: Float64Array;
  /** by row: alphas at one moment, and what the values were then */
  readonly #pastAlphas: Float64Array;
  readonly #pastValues: Float64Array;
  /** by place */
  readonly #order: Int32Array;
  readonly #set: ActiveSet;
  #tookBack = false;

  constructor(
    kernel: KernelMatrix,
    signs: Int8Array,
    bounds: Float64Array,
    settings: SolverSettings,
    start: DualStart,
  ) {
    const rows = kernel.rows;
    this.#kernel = kernel;
    this.#rows = rows;
    this.#tolerance = settings.tolerance;
    this.#steps = settings.steps;
    this.#remedy = settings.remedy;
    this.#cache = new RowCache(rows, settings.cacheBytes);
    this.#evaluate = (row, from, to) => kernel.evaluate(row, from, to);
    this.#signs = signs;
    this.#bounds = bounds;
    this.#alphas = start.alphas.slice();
    this.#pastAlphas = new Float64Array(rows);
    this.#pastValues = start.targets.slice();
    this.#order = Int32Array.from(signs.keys());
    this.#set = {
      count: rows,
      values: start.targets.slice(),
      status: Uint8Array.from(signs.keys(), (row) => this.#statusOf(row)),
      diagonal: kernel.diagonal.slice(),
      extremes: { highestPlace: -1, highest: 0, lowest: 0 },
    };
    this.#reconstruct(0);
  }

  solve(): DualSolution {
    const period = Math.min(SHRINKING_PERIOD, this.#rows);
    findExtremes(this.#set);
    for (let step = 1; step <= this.#steps; step++) {
      if (step % period === 0) this.#shrink();
      if (this.#violation() <= this.#tolerance) {
        this.#takeAllBack();
        if (this.#violation() <= this.#tolerance) return this.#solution();
        this.#shrink();
      }
      this.#step();
    }
    throw new InvalidArgumentError(
      `svm: found no solution within the tolerance of ${this.#tolerance} in ${this.#steps} steps; ${this.#remedy}`,
    );
  }

  #violation(): number {
    const { highest, lowest } = this.#set.extremes;
    return highest - lowest;
  }

  /** Moves the multipliers of the most violating pair to the minimum along it, or as far as their bounds allow. */
  #step(): void {
    const { count, values, diagonal, extremes } = this.#set;
    const place = extremes.highestPlace;
    const row = this.#order[place];
    const start = this.#cache.fetch(row, count, this.#evaluate);
    const kept = this.#cache.values;
    const partnerPlace = selectPartner(this.#set, kept, start);
    const partner = this.#order[partnerPlace];
    const partnerStart = this.#cache.fetch(partner, count, this.#evaluate);
    const curvature = diagonal[place] + diagonal[partnerPlace] - 2 * kept[start + partnerPlace];
    const violation = extremes.highest - values[partnerPlace];
    // Where the objective is not curved, only the bounds end the way.
    const wanted = curvature > 0 ? violation / curvature : Number.POSITIVE_INFINITY;
    const step = Math.min(wanted, this.#room(row, this.#signs[row]), this.#room(partner, -this.#signs[partner]));
    this.#change(row, place, this.#signs[row], step);
    this.#change(partner, partnerPlace, -this.#signs[partner], step);
    updateValues(this.#set, { kernel: kept, i: start, j: partnerStart }, step);
  }

  /** How far the row's multiplier can go up (`direction` 1) or down (-1). */
  #room(row: number, direction: number): number {
    return direction > 0 ? this.#bounds[row] - this.#alphas[row] : this.#alphas[row];
  }

  #change(row: number, place: number, direction: number, step: number): void {
    if (step === this.#room(row, direction)) this.#alphas[row] = direction > 0 ? this.#bounds[row] : 0;
    else this.#alphas[row] += direction * step;
    this.#set.status[place] = this.#statusOf(row);
  }

  #statusOf(row: number): number {
    const mayGrow = this.#alphas[row] < this.#bounds[row];
    const mayFade = this.#alphas[row] > 0;
    const [rise, fall] = this.#signs[row] > 0 ? [mayGrow, mayFade] : [mayFade, mayGrow];
    return (rise ? MAY_RISE : 0) | (fall ? MAY_FALL : 0);
  }

  /** Puts rows aside whose multipliers are at a bound and, so far beyond all others, will probably stay there. */
  #shrink(): void {
    if (!this.#tookBack && this.#violation() <= NEAR * this.#tolerance) {
      this.#tookBack = true;
      this.#takeAllBack();
    }
    const moves = this.#putAside();
    for (const { to, from } of moves) {
      this.#kernel.place(to, this.#order[to]);
      this.#kernel.place(from, this.#order[from]);
    }
    this.#cache.rearrange(moves, this.#set.count);
    findExtremes(this.#set);
  }

  /** Swaps rows to put aside with the last rows to keep. Returns which were swapped. */
  #putAside(): Move[] {
    const moves: Move[] = [];
    const set = this.#set;
    for (let to = 0; to < set.count; to++) {
      if (!this.#isDispensable(to)) continue;
      set.count--;
      while (set.count > to && this.#isDispensable(set.count)) set.count--;
      if (set.count === to) break;
      moves.push({ to, from: set.count });
      for (const list of [this.#order, set.values, set.status, set.diagonal]) swap(list, to, set.count);
    }
    return moves;
  }

  #isDispensable(place: number): boolean {
    const { highest, lowest } = this.#set.extremes;
    const value = this.#set.values[place];
    const status = this.#set.status[place];
    return status === MAY_FALL ? value > highest : status === MAY_RISE && value < lowest;
  }

  /** Makes all rows active again and reconstructs the values of those that were not. */
  #takeAllBack(): void {
    const rows = this.#rows;
    if (this.#set.count < rows) this.#reconstruct(this.#set.count);
    this.#set.count = rows;
    findExtremes(this.#set);
  }

  /** From the last moment at which all values were known, by what the multipliers have changed since. */
  #reconstruct(from: number): void {
    const values = this.#set.values;
    const rows = this.#rows;
    for (let place = from; place < rows; place++) values[place] = this.#pastValues[this.#order[place]];
    for (let row = 0; row < rows; row++) {
      const change = this.#signs[row] * (this.#alphas[row] - this.#pastAlphas[row]);
      if (change === 0) continue;
      const kernel = this.#kernel.evaluate(row, from, rows);
      for (let place = from; place < rows; place++) values[place] -= change * kernel[place];
    }
    this.#pastAlphas.set(this.#alphas);
    for (let place = 0; place < rows; place++) this.#pastValues[this.#order[place]] = values[place];
  }

  /** All rows are active. */
  #solution(): DualSolution {
    return {
      coefficients: this.#alphas.map((alpha, row) => this.#signs[row] * alpha),
      intercept: this.#intercept(),
    };
  }

  /**
   * The mean value of the rows whose multipliers are at neither bound; where all are at one, the middle of what is
   * left, and its end where all are at the same.
   */
  #intercept(): number {
    let sum = 0;
    let free = 0;
    for (let place = 0; place < this.#rows; place++) {
      if (this.#set.status[place] !== (MAY_RISE | MAY_FALL)) continue;
      sum += this.#set.values[place];
      free++;
    }
    if (free > 0) return sum / free;
    const { highest, lowest } = this.#set.extremes;
    const ends = [highest, lowest].filter(Number.isFinite);
    return ends.reduce((total, end) => total + end, 0) / ends.length;
  }
}

function swap(list: Int32Array | Float64Array | Uint8Array | Float32Array, a: number, b: number): void {
  const value = list[a];
  list[a] = list[b];
  list[b] = value;
}
