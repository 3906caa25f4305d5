import { InvalidArgumentError } from '../errors.ts';
import { createMatrix, type Matrix } from './matrix.ts';
import type { CategoricalColumn, Column, NumericColumn, Table } from './table.ts';

/** How one numeric column becomes one feature: (x - mean) / deviation, a missing x being the median first. */
interface NumericFeature {
  readonly kind: 'numeric';
  readonly name: string;
  readonly mean: number;
  /** population standard deviation; 1 where the column is constant */
  readonly deviation: number;
  readonly median: number;
}

/** How one categorical column becomes levels - 1 features of 0 and 1: the first level is the one without a feature. */
interface CategoricalFeature {
  readonly kind: 'categorical';
  readonly name: string;
  readonly levels: readonly string[];
  /** the most frequent level, which stands in for a missing one; the first in code-unit order where several are */
  readonly mode: number;
}

/** What turns table rows into a learner's features. Plain data: it is its own JSON. */
export interface FeatureEncoder {
  readonly features: readonly (NumericFeature | CategoricalFeature)[];
  /** features after encoding */
  readonly width: number;
}

/**
 * Learns an encoder from training rows only: statistics of held-out rows never enter it. The levels are those that the
 * table declares, whether or not they occur in these rows.
 */
export function fitFeatureEncoder(training: Table): FeatureEncoder {
  const features = training.columns.map((column) =>
    column.kind === 'numeric' ? fitNumeric(column) : fitCategorical(column),
  );
  return { features, width: features.reduce((width, feature) => width + featureWidth(feature), 0) };
}

/**
 * The rows of `table` as features: finite, in the order of the table's columns.
 *
 * @throws InvalidArgumentError where the table's columns are not the encoder's
 */
export function encodeFeatures(encoder: FeatureEncoder, table: Table): Matrix {
  const matrix = createMatrix(table.rows, encoder.width);
  let offset = 0;
  encoder.features.forEach((feature, c) => {
    const column = matchingColumn(feature, table.columns[c]);
    if (feature.kind === 'numeric') encodeNumeric(feature, (column as NumericColumn).values, matrix, offset);
    else encodeCategorical(feature, (column as CategoricalColumn).codes, matrix, offset);
    offset += featureWidth(feature);
  });
  return matrix;
}

/** The table with its missing values filled in: the training median of a number, the most frequent training level. */
export function imputeMissing(encoder: FeatureEncoder, table: Table): Table {
  const columns = encoder.features.map((feature, c): Column => {
    const column = matchingColumn(feature, table.columns[c]);
    if (feature.kind === 'numeric') {
      const { values } = column as NumericColumn;
      return { ...(column as NumericColumn), values: values.map((x) => (Number.isNaN(x) ? feature.median : x)) };
    }
    const { codes } = column as CategoricalColumn;
    return { ...(column as CategoricalColumn), codes: codes.map((code) => (code < 0 ? feature.mode : code)) };
  });
  return { rows: table.rows, columns };
}

function fitNumeric({ name, values, integer }: NumericColumn): NumericFeature {
  const known = values.filter((x) => !Number.isNaN(x)).sort();
  if (known.length === 0) throw new InvalidArgumentError(`column ${name}: all training values are missing`);
  // Rounding gives ten times 0.1 a deviation of 1e-17, in units of which any other value is beyond all measure.
  if (known[0] === known[known.length - 1]) {
    return { kind: 'numeric', name, mean: known[0], deviation: 1, median: known[0] };
  }
  const mean = known.reduce((sum, x) => sum + x, 0) / known.length;
  const variance = known.reduce((sum, x) => sum + (x - mean) ** 2, 0) / known.length;
  return { kind: 'numeric', name, mean, deviation: Math.sqrt(variance), median: median(known, integer) };
}

/** The lower middle value where the column is whole, so that what is filled in is whole as well. */
function median(sorted: Float64Array, integer: boolean): number {
  const lower = sorted[(sorted.length - 1) >> 1];
  const upper = sorted[sorted.length >> 1];
  return integer ? lower : lower + (upper - lower) / 2;
}

function fitCategorical({ name, levels, codes }: CategoricalColumn): CategoricalFeature {
  const counts = new Float64Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code]++;
  const most = counts.reduce((highest, count) => Math.max(highest, count), 0);
  if (most === 0) throw new InvalidArgumentError(`column ${name}: all training values are missing`);
  return { kind: 'categorical', name, levels, mode: counts.indexOf(most) };
}

function encodeNumeric({ mean, deviation, median }: NumericFeature, values: Float64Array, to: Matrix, offset: number) {
  for (let row = 0; row < values.length; row++) {
    const value = Number.isNaN(values[row]) ? median : values[row];
    to.data[row * to.columns + offset] = (value - mean) / deviation;
  }
}

function encodeCategorical({ mode }: CategoricalFeature, codes: Int32Array, to: Matrix, offset: number) {
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] < 0 ? mode : codes[row];
    if (code > 0) to.data[row * to.columns + offset + code - 1] = 1;
  }
}

function featureWidth(feature: NumericFeature | CategoricalFeature): number {
  return feature.kind === 'numeric' ? 1 : Math.max(0, feature.levels.length - 1);
}

function matchingColumn(feature: NumericFeature | CategoricalFeature, column: Column | undefined): Column {
  if (column?.name !== feature.name || column.kind !== feature.kind) {
    const found = column ? `${column.kind} column ${column.name}` : 'no column';
    throw new InvalidArgumentError(`encoding: found ${found}, needed ${feature.kind} column ${feature.name}`);
  }
  if (feature.kind === 'categorical' && column.kind === 'categorical') {
    const same =
      column.levels.length === feature.levels.length && column.levels.every((l, i) => l === feature.levels[i]);
    if (!same) throw new InvalidArgumentError(`encoding: column ${feature.name} has other levels than the encoder`);
  }
  return column;
}
