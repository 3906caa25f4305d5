import type { Column } from './table.ts';

/** What a column is to the algorithms. Only features are learned from and generated. */
export type ColumnRole =
  | 'target'
  | 'feature'
  | 'identifier'
  | 'high-cardinality'
  | 'constant'
  | 'all-missing'
  | 'group'
  | 'time'
  | 'ignored';

/** Text with more levels than this would take more features than rows can support: it is carried along. */
export const MAX_LEVELS = 100;

/** Text in which at least this share of the known values occurs only there tells rows apart: it names them. */
const IDENTIFIER_SHARE = 0.9;

/**
 * The role of a column that is neither the target nor ignored by request, in this order: all-missing (no known value),
 * constant (one), identifier (text of which nine in ten values are distinct, beyond `MAX_LEVELS`; or whole numbers that
 * count up or down by one, or in more than `MAX_LEVELS` rows only ever rise or only ever fall: an index),
 * high-cardinality (text with more than `MAX_LEVELS` levels), else feature.
 *
 * @param counter the column's numbers count things (whole numbers that are no date): a rising one may be an index
 */
export function columnRole(column: Column, counter: boolean): ColumnRole {
  if (column.kind === 'numeric') {
    const known = column.values.filter((value) => !Number.isNaN(value));
    if (known.length === 0) return 'all-missing';
    if (known.every((value) => value === known[0])) return 'constant';
    return counter && isIndex(known) ? 'identifier' : 'feature';
  }
  const known = column.codes.filter((code) => code >= 0);
  const distinct = new Set(known).size;
  if (distinct === 0) return 'all-missing';
  if (distinct === 1) return 'constant';
  if (distinct <= MAX_LEVELS) return 'feature';
  return distinct >= known.length * IDENTIFIER_SHARE ? 'identifier' : 'high-cardinality';
}

function isIndex(known: Float64Array): boolean {
  const direction = Math.sign(known[1] - known[0]);
  let monotonic = direction !== 0;
  let byOne = known.length > 2;
  for (let i = 1; i < known.length && monotonic; i++) {
    const step = (known[i] - known[i - 1]) * direction;
    monotonic = step > 0;
    byOne &&= step === 1;
  }
  return monotonic && (byOne || known.length > MAX_LEVELS);
}
