import type { Workflow } from '../../contracts/workflow.ts';
import { InvalidArgumentError } from '../../core/errors.ts';
import type { Rng } from '../../core/random/rng.ts';
import { type Column, type Table, takeRows } from '../../core/table/table.ts';
import type { DatasetProfile } from '../prepare-dataset/columns.ts';

/**
 * Synthetic rows in the user's own columns: generated features, the minority label, and every column that is only carried
 * along from one observed minority row each (a whole row's worth, so that carried columns stay consistent).
 *
 * @param features generated rows: the columns that are features
 * @param donors observed minority rows: the columns that are carried along
 * @returns columns in the profile's order
 */
export function completeSyntheticRows(
  profile: DatasetProfile,
  target: Workflow['prepared']['target'],
  features: Table,
  donors: Table,
  rng: Rng,
): Table {
  const drawn = Int32Array.from({ length: features.rows }, () => rng.nextInt(donors.rows));
  const sources = [...features.columns, ...takeRows(donors, drawn).columns];
  const named = new Map(sources.map((column) => [column.name, column]));
  const columns = profile.map(({ name, role, type }): Column => {
    if (role === 'target') return labelColumn(type, target, features.rows);
    const column = named.get(name);
    if (column) return column;
    throw new InvalidArgumentError(`synthetic rows: found no values for column ${JSON.stringify(name)}, a ${role}`);
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
