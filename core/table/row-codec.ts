import { type Head, outputColumns, placeHeads } from '../network/heads.ts';
import type { Rng } from '../random/rng.ts';
import { type Determination, findDeterminations } from './determined-columns.ts';
import { createMatrix, type Matrix } from './matrix.ts';
import { binOf, binStarts } from './number-bins.ts';
import type { CategoricalColumn, Column, NumericColumn, Table } from './table.ts';

/** A numeric column as one generator output per bin, and the values that may come back out of it. */
interface NumericCodec {
  readonly kind: 'numeric';
  readonly column: NumericColumn;
  /** the observed values, ascending */
  readonly observed: Float64Array;
  /** the lowest value of each bin, ascending */
  readonly starts: Float64Array;
}

/** A categorical column as one output per level that occurs in the observed rows. */
interface CategoricalCodec {
  readonly kind: 'categorical';
  readonly column: CategoricalColumn;
  /** codes of the levels that occur, ascending */
  readonly occurring: Int32Array;
}

/** A column without outputs of its own: it follows from another one. */
interface DeterminedCodec {
  readonly kind: 'determined';
  readonly column: Column;
  readonly determination: Determination;
}

type ColumnCodec = NumericCodec | CategoricalCodec | DeterminedCodec;

/** Translates between table rows and what a generator is taught and answers. Fitted on the rows it is taught. */
export interface RowCodec {
  /** one per column of the table */
  readonly columns: readonly ColumnCodec[];
  /** the layout of the generator's outputs: one for each column that is not determined by another, in their order */
  readonly heads: readonly Head[];
}

/** @param observed the rows that the generator will be taught, without missing values, at least one */
export function fitRowCodec(observed: Table): RowCodec {
  const determinations = findDeterminations(observed);
  const columns = observed.columns.map((column, c): ColumnCodec => {
    const determination = determinations[c];
    if (determination) return { kind: 'determined', column, determination };
    if (column.kind === 'categorical') {
      return { kind: 'categorical', column, occurring: Int32Array.from(new Set(column.codes)).sort() };
    }
    const ascending = column.values.slice().sort();
    return { kind: 'numeric', column, observed: ascending, starts: binStarts(ascending) };
  });
  return { columns, heads: columns.flatMap(headOf) };
}

/** The taught rows as targets: in each head a 1 at the row's level, or at the bin that its number falls into. */
export function encodeTargets({ columns, heads }: RowCodec, observed: Table): Matrix {
  const width = outputColumns(heads);
  const targets = createMatrix(observed.rows, width);
  const offsets = outputOffsets({ columns, heads });
  columns.forEach((codec, c) => {
    if (codec.kind === 'determined') return;
    const position = positions(codec, observed.columns[c]);
    for (let row = 0; row < observed.rows; row++) targets.data[row * width + offsets[c] + position(row)] = 1;
  });
  return targets;
}

/**
 * Valid rows from a generator's outputs. A level is drawn from its softmax, and so is a number's bin. The numbers of a column
 * are then replaced, rank by rank, by the observed values: they keep the order of the bins and get the observed marginal, so
 * that no learner can tell synthetic rows by numbers that never occur (a capital gain of 3.2 where real ones are 0 or
 * 7,298). Columns that follow from another one are filled in from that.
 *
 * @param outputs rows x the heads' widths, probabilities
 * @param rng draws levels and bins, and the order of the numbers within a bin
 */
export function decodeRows({ columns, heads }: RowCodec, outputs: Matrix, rng: Rng): Table {
  const offsets = outputOffsets({ columns, heads });
  const drawn = columns.map((codec, c): Column => {
    if (codec.kind === 'determined') return codec.column;
    const positions = drawPositions(outputs, offsets[c], sizeOf(codec), rng);
    return codec.kind === 'numeric'
      ? { ...codec.column, values: toObservedMarginal(codec.observed, positions, rng) }
      : { ...codec.column, codes: positions.map((position) => codec.occurring[position]) };
  });
  const decoded = columns.map((codec, c) =>
    codec.kind === 'determined' ? followed(codec, drawn[codec.determination.by]) : drawn[c],
  );
  return { rows: outputs.rows, columns: decoded };
}

function headOf(codec: ColumnCodec): Head[] {
  return codec.kind === 'determined' ? [] : [{ kind: 'softmax', size: sizeOf(codec) }];
}

function sizeOf(codec: NumericCodec | CategoricalCodec): number {
  return codec.kind === 'numeric' ? codec.starts.length : codec.occurring.length;
}

/** Per column the first of its outputs; a determined one's is never read. */
function outputOffsets({ columns, heads }: RowCodec): number[] {
  const placed = placeHeads(heads);
  let head = 0;
  return columns.map(({ kind }) => (kind === 'determined' ? Number.NaN : placed[head++].column));
}

/** Which of the codec's outputs stands for a row's cell. */
function positions(codec: NumericCodec | CategoricalCodec, column: Column): (row: number) => number {
  if (codec.kind === 'numeric') return (row) => binOf(codec.starts, (column as NumericColumn).values[row]);
  const positionOf = new Map(Array.from(codec.occurring, (code, position) => [code, position]));
  return (row) => positionOf.get((column as CategoricalColumn).codes[row])!;
}

/** One of `size` outputs from `offset` on per row, each as often as its probability says. */
function drawPositions(outputs: Matrix, offset: number, size: number, rng: Rng): Int32Array {
  const positions = new Int32Array(outputs.rows);
  for (let row = 0; row < outputs.rows; row++) {
    const at = row * outputs.columns + offset;
    let total = 0;
    for (let i = 0; i < size; i++) total += outputs.data[at + i];
    let left = rng.nextFloat() * total;
    let drawn = 0;
    while (drawn < size - 1 && left >= outputs.data[at + drawn]) left -= outputs.data[at + drawn++];
    positions[row] = drawn;
  }
  return positions;
}

function toObservedMarginal(observed: Float64Array, bins: Int32Array, rng: Rng): Float64Array {
  const rows = bins.length;
  const places = Float64Array.from(bins, (bin) => bin + rng.nextFloat());
  const ascending = Int32Array.from({ length: rows }, (_, row) => row).sort((a, b) => places[a] - places[b]);
  const values = new Float64Array(rows);
  // Rank r of n stands for the quantile (r + 1/2) / n, so that few rows spread over the whole of the observed values.
  ascending.forEach((row, rank) => {
    values[row] = observed[Math.floor(((rank + 0.5) / rows) * observed.length)];
  });
  return values;
}

function followed({ column, determination }: DeterminedCodec, source: Column): Column {
  const value = (cell: number): number => determination.values.get(cell)!;
  const cells = source.kind === 'numeric' ? source.values : source.codes;
  return column.kind === 'numeric'
    ? { ...column, values: Float64Array.from(cells, value) }
    : { ...column, codes: Int32Array.from(cells, value) };
}
