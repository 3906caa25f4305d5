import type { Workflow } from '../../contracts/workflow.ts';
import type { Rng } from '../../core/random/rng.ts';
import { type Column, type Table, takeRows } from '../../core/table/table.ts';
import type { DatasetProfile } from '../prepare-dataset/columns.ts';

/**
 * Synthetic rows in the user's own columns: generated features, the minority label, and every column that is only carried
 * along from one observed minority row each (a whole row's worth, so that carried columns stay consistent).
 *
 * @param features generated rows, the features in the profile's order
 * @param donors the carried columns of the observed minority rows, in the profile's order
 */
export function completeSyntheticRows(
  profile: DatasetProfile,
  target: Workflow['prepared']['target'],
  features: Table,
  donors: Table,
  rng: Rng,
): Table {
  const drawn = Int32Array.from({ length: features.rows }, () => rng.nextInt(donors.rows));
  const carried = takeRows(donors, drawn).columns[Symbol.iterator]();
  const generated = features.columns[Symbol.iterator]();
  const columns = profile.map((column): Column => {
    if (column.role === 'target') return labelColumn(column.type, target, features.rows);
    const source = column.role === 'feature' ? generated : carried;
    return source.next().value as Column;
  });
  return { rows: features.rows, columns };
}

function labelColumn(type: string, { column, minority }: Workflow['prepared']['target'], rows: number): Column {
  return type === 'boolean' || type === 'text'
    ? { kind: 'categorical', name: column, levels: [minority], codes: new Int32Array(rows) }
    : {
        kind: 'numeric',
        name: column,
        integer: type !== 'number',
        values: new Float64Array(rows).fill(Number(minority)),
      };
}
