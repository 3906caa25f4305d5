import type { Column, Table } from './table.ts';

/** So many rows per value of the determining column make a dependency more than a coincidence of few rows. */
const ROWS_PER_VALUE = 5;

/** A column whose value follows from another column's, as years of schooling follow from the degree. */
export interface Determination {
  /** position of the column that determines; it is not itself determined */
  readonly by: number;
  /** the column's value (a number, or a code) for each value of the other that occurs */
  readonly values: ReadonlyMap<number, number>;
}

/**
 * Per column, from which other column it follows, if it does in every row; undefined for the others, and for columns with a
 * single value. Where two follow from each other, the number follows from the levels, else the later column from the
 * earlier.
 *
 * @param table complete rows
 */
export function findDeterminations({ rows, columns }: Table): readonly (Determination | undefined)[] {
  const cells = columns.map(cellsOf);
  const distinct = cells.map((values) => new Set(values).size);
  const found = new Array<Determination | undefined>(columns.length).fill(undefined);
  const determines = new Set<number>();
  const levelsFirst = [...columns.keys()].sort((a, b) => rank(columns[a]) - rank(columns[b]) || a - b);
  for (const column of levelsFirst.toReversed()) {
    if (distinct[column] === 1 || determines.has(column)) continue;
    for (const by of levelsFirst) {
      if (by === column || found[by] || distinct[by] < distinct[column] || distinct[by] * ROWS_PER_VALUE > rows)
        continue;
      const values = mapping(cells[by], cells[column]);
      if (!values) continue;
      found[column] = { by, values };
      determines.add(by);
      break;
    }
  }
  return found;
}

function rank({ kind }: Column): number {
  return kind === 'categorical' ? 0 : 1;
}

function cellsOf(column: Column): Float64Array | Int32Array {
  return column.kind === 'numeric' ? column.values : column.codes;
}

/** The value of `to` for each value of `from`, or undefined where there are two for one. */
function mapping(from: Float64Array | Int32Array, to: Float64Array | Int32Array): Map<number, number> | undefined {
  const values = new Map<number, number>();
  for (let row = 0; row < from.length; row++) {
    const known = values.get(from[row]);
    if (known === undefined) values.set(from[row], to[row]);
    else if (known !== to[row]) return undefined;
  }
  return values;
}
