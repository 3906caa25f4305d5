import type { Head } from '../network/heads.ts';
import type { Rng } from '../random/rng.ts';
import { permutation } from '../random/sample.ts';
import { createMatrix, type Matrix } from './matrix.ts';
import type { CategoricalColumn, Column, NumericColumn, Table } from './table.ts';

/** A numeric column as one generator output in [0, 1], and the values that may come back out of it. */
interface NumericCodec {
  readonly kind: 'numeric';
  readonly column: NumericColumn;
  /** the observed values, ascending */
  readonly observed: Float64Array;
}

/** A categorical column as one output per level that occurs in the observed rows. */
interface CategoricalCodec {
  readonly kind: 'categorical';
  readonly column: CategoricalColumn;
  /** codes of the levels that occur, ascending */
  readonly occurring: Int32Array;
}

/** Translates between table rows and what a generator is taught and answers. Fitted on the rows it is taught. */
export interface RowCodec {
  readonly columns: readonly (NumericCodec | CategoricalCodec)[];
  /** the layout of the generator's outputs */
  readonly heads: readonly Head[];
}

/** @param observed the rows that the generator will be taught, without missing values, at least one */
export function fitRowCodec(observed: Table): RowCodec {
  const columns = observed.columns.map((column): NumericCodec | CategoricalCodec =>
    column.kind === 'numeric'
      ? { kind: 'numeric', column, observed: column.values.slice().sort() }
      : { kind: 'categorical', column, occurring: Int32Array.from(new Set(column.codes)).sort() },
  );
  const heads = columns.map(
    (codec): Head =>
      codec.kind === 'numeric' ? { kind: 'sigmoid', size: 1 } : { kind: 'softmax', size: codec.occurring.length },
  );
  return { columns, heads };
}

/** The taught rows as targets: numbers scaled to [0, 1] by their observed range, one 1 among a categorical's levels. */
export function encodeTargets({ columns, heads }: RowCodec, observed: Table): Matrix {
  const width = heads.reduce((sum, head) => sum + head.size, 0);
  const targets = createMatrix(observed.rows, width);
  let offset = 0;
  columns.forEach((codec, c) => {
    const column = observed.columns[c];
    for (let row = 0; row < observed.rows; row++) {
      const at = row * width + offset;
      if (codec.kind === 'numeric') targets.data[at] = scale(codec, (column as NumericColumn).values[row]);
      else targets.data[at + codec.occurring.indexOf((column as CategoricalColumn).codes[row])] = 1;
    }
    offset += heads[c].size;
  });
  return targets;
}

/**
 * Valid rows from a generator's outputs. A level is drawn from its softmax. The numbers of a column are replaced, rank by
 * rank, by the observed values: they keep the generator's order and get the observed marginal, so that no learner can
 * tell synthetic rows by numbers that never occur (a capital gain of 3.2 where real ones are 0 or 7,298).
 *
 * @param outputs rows x the heads' widths; softmax heads hold probabilities
 * @param rng draws levels and breaks ties between equal numbers
 */
export function decodeRows({ columns, heads }: RowCodec, outputs: Matrix, rng: Rng): Table {
  let offset = 0;
  const decoded = columns.map((codec, c): Column => {
    const start = offset;
    offset += heads[c].size;
    return codec.kind === 'numeric'
      ? { ...codec.column, values: toObservedMarginal(codec.observed, outputs, start, rng) }
      : { ...codec.column, codes: drawLevels(codec.occurring, outputs, start, rng) };
  });
  return { rows: outputs.rows, columns: decoded };
}

function scale({ observed }: NumericCodec, value: number): number {
  const lowest = observed[0];
  const range = observed[observed.length - 1] - lowest;
  return range === 0 ? 0 : (value - lowest) / range;
}

function toObservedMarginal(observed: Float64Array, outputs: Matrix, offset: number, rng: Rng): Float64Array {
  const { rows, columns, data } = outputs;
  const tieBreak = permutation(rows, rng);
  const ascending = Int32Array.from({ length: rows }, (_, row) => row).sort(
    (a, b) => data[a * columns + offset] - data[b * columns + offset] || tieBreak[a] - tieBreak[b],
  );
  const values = new Float64Array(rows);
  // Rank r of n stands for the quantile (r + 1/2) / n, so that few rows spread over the whole of the observed values.
  ascending.forEach((row, rank) => {
    values[row] = observed[Math.floor(((rank + 0.5) / rows) * observed.length)];
  });
  return values;
}

function drawLevels(occurring: Int32Array, outputs: Matrix, offset: number, rng: Rng): Int32Array {
  const codes = new Int32Array(outputs.rows);
  for (let row = 0; row < outputs.rows; row++) {
    const at = row * outputs.columns + offset;
    let total = 0;
    for (let i = 0; i < occurring.length; i++) total += outputs.data[at + i];
    let left = rng.nextFloat() * total;
    let drawn = 0;
    while (drawn < occurring.length - 1 && left >= outputs.data[at + drawn]) left -= outputs.data[at + drawn++];
    codes[row] = occurring[drawn];
  }
  return codes;
}
