import { CorruptArtifactError } from '../../contracts/errors.ts';
import type { Labels } from '../../core/learners/learner.ts';
import type { Column, Table } from '../../core/table/table.ts';
import { type ArrayByName, decodeArrays, encodeArrays } from './arrays.ts';

/** Rows on their way through a run: what is learned from, the class, and where each row came from. */
export interface Rows {
  readonly table: Table;
  readonly labels: Labels;
  /** the number of the observed row, from 0; or -1 - i for the i-th synthetic row that the generator made */
  readonly origins: Int32Array;
}

/** The origin of the i-th generated row. */
export function syntheticOrigin(index: number): number {
  return -1 - index;
}

/** Which of the generated rows it is, from 0. @param origin of a synthetic row */
export function syntheticIndex(origin: number): number {
  return -1 - origin;
}

export function isSynthetic(origin: number): boolean {
  return origin < 0;
}

interface ColumnMeta {
  readonly kind: Column['kind'];
  readonly name: string;
  readonly integer?: boolean;
  readonly levels?: readonly string[];
}

/** The bytes of an artifact that holds rows. */
export function encodeRows({ table, labels, origins }: Rows): Uint8Array {
  const columns = table.columns.map(
    (column): ColumnMeta =>
      column.kind === 'numeric'
        ? { kind: column.kind, name: column.name, integer: column.integer }
        : { kind: column.kind, name: column.name, levels: column.levels },
  );
  const arrays: ArrayByName = { labels, origins };
  table.columns.forEach((column, c) => {
    arrays[`column ${c}`] = column.kind === 'numeric' ? column.values : column.codes;
  });
  return encodeArrays({ meta: { rows: table.rows, columns }, arrays });
}

/**
 * @param source what messages call the artifact: its URI
 * @throws CorruptArtifactError where the bytes are not those of `encodeRows`
 */
export function decodeRows(bytes: Uint8Array, source: string): Rows {
  const { meta, arrays } = decodeArrays(bytes, source);
  const { rows, columns } = meta as { rows?: number; columns?: readonly ColumnMeta[] };
  const { labels, origins } = arrays;
  if (rows === undefined || !columns || !(labels instanceof Uint8Array) || !(origins instanceof Int32Array)) {
    throw new CorruptArtifactError(`${source}: found arrays ${Object.keys(arrays).join(', ')}, needed rows of a table`);
  }
  const decoded = columns.map(({ kind, name, integer = false, levels = [] }, c): Column => {
    const array = arrays[`column ${c}`];
    if (kind === 'numeric' && array instanceof Float64Array) return { kind, name, integer, values: array };
    if (kind === 'categorical' && array instanceof Int32Array) return { kind, name, levels, codes: array };
    throw new CorruptArtifactError(`${source}: found no array of the ${kind} column ${JSON.stringify(name)}`);
  });
  return { labels, origins, table: { rows, columns: decoded } };
}
