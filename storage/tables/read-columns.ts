import type { Column } from '../../core/table/table.ts';
import type { ColumnProfile, ImportedColumn } from './profile.ts';
import { internalName, type Session } from './session.ts';

/** How one column of the observed rows is read. */
export type ColumnPlan = NumericPlan | CategoricalPlan;

interface NumericPlan {
  readonly profile: ColumnProfile;
  readonly kind: 'numeric';
  /** SQL over the observed rows: a DOUBLE, NaN where missing */
  readonly expression: string;
}

interface CategoricalPlan {
  readonly profile: ColumnProfile;
  readonly kind: 'categorical';
  /** SQL over the observed rows: an INTEGER, -1 where missing */
  readonly expression: string;
  readonly levels: readonly string[];
  /** from the values of `expression` to indices into `levels`; absent where they are the same */
  readonly recode?: Int32Array;
}

/** Reads all columns in one pass over the observed rows. */
export async function readColumns(
  session: Session,
  rows: number,
  plans: readonly ColumnPlan[],
): Promise<ImportedColumn[]> {
  const arrays = plans.map(({ kind }) => (kind === 'numeric' ? new Float64Array(rows) : new Int32Array(rows)));
  const expressions = plans.map(({ expression }, index) => `${expression} AS ${internalName(index)}`);
  let offset = 0;
  await session.visitChunks(`SELECT ${expressions.join(', ')} FROM observed`, (chunk) => {
    const count = chunk.rowCount;
    for (const [index, array] of arrays.entries()) {
      const vector = chunk.getColumnVector(index);
      for (let row = 0; row < count; row++) {
        array[offset + row] = vector.getItem(row) as number;
      }
    }
    offset += count;
  });
  return plans.map((plan, index) => ({ profile: plan.profile, values: createColumn(plan, arrays[index]) }));
}

function createColumn(plan: ColumnPlan, array: Float64Array | Int32Array): Column {
  const { name } = plan.profile;
  if (plan.kind === 'numeric') {
    const values = array as Float64Array;
    return {
      kind: 'numeric',
      name,
      integer: values.every((value) => Number.isNaN(value) || Number.isInteger(value)),
      values,
    };
  }
  const { levels, recode } = plan;
  const codes = array as Int32Array;
  return {
    kind: 'categorical',
    name,
    levels,
    codes: recode ? codes.map((code) => (code < 0 ? code : recode[code])) : codes,
  };
}
