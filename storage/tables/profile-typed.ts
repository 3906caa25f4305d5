import { InvalidValueError } from '../../contracts/errors.ts';
import { createLevels, withTally } from './levels.ts';
import type { ColumnProfile, ColumnType } from './profile.ts';
import type { ColumnPlan } from './read-columns.ts';
import { internalName, type Session } from './session.ts';

const TYPES: readonly (readonly [sqlType: RegExp, type: ColumnType])[] = [
  [/^BOOLEAN$/, 'boolean'],
  [/^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/, 'integer'],
  [/^DECIMAL\(\d+,0\)$/, 'integer'],
  [/^(FLOAT|DOUBLE|DECIMAL\(\d+,\d+\))$/, 'number'],
  [/^DATE$/, 'date'],
  [/^TIMESTAMP(_S|_MS|_NS| WITH TIME ZONE)?$/, 'timestamp'],
  [/^(VARCHAR|UUID|JSON|TIME|TIME_NS|TIME WITH TIME ZONE)$/, 'text'],
];

/** Whether values of `sqlType` can be learned from and written again: no nested or binary ones, no intervals. */
export function isSupported(sqlType: string): boolean {
  return typeOf(sqlType) !== undefined;
}

/** SQL over a Parquet file, for the copy of its rows: the value, NULL for what is missing by another name. */
export function observedExpression(sqlType: string, index: number): string {
  const column = internalName(index);
  if (sqlType === 'FLOAT' || sqlType === 'DOUBLE') {
    return `CASE WHEN isnan(${column}) THEN NULL ELSE ${column} END`;
  }
  return sqlType === 'VARCHAR' ? `nullif(${column}, '')` : column;
}

export interface TypedColumnSource {
  /** what messages call the file */
  readonly file: string;
  readonly name: string;
  readonly index: number;
  readonly rows: number;
  readonly sqlType: string;
}

/**
 * Profiles a column that has a type. Whole numbers from 2^53 on make the column text, as doubles cannot tell them
 * apart.
 *
 * @throws InvalidValueError for an infinite number or date
 */
export async function profileTypedColumn(session: Session, source: TypedColumnSource): Promise<ColumnPlan> {
  const { name, index, rows, sqlType } = source;
  const column = internalName(index);
  await checkFinite(session, source);
  const [[observed, values, exact, fractions]] = await session.rows(
    `SELECT CAST(count(${column}) AS DOUBLE), CAST(count(DISTINCT ${column}) AS DOUBLE), ${exactness(source)}, ` +
      `${fractionality(source)} FROM observed`,
  );
  const type = typeOf(sqlType) as ColumnType;
  const base = { name, sqlType, missing: rows - (observed as number), distinct: values as number };
  if (type === 'boolean' || type === 'text' || exact === false) {
    const text = `CAST(${column} AS VARCHAR)`;
    const profile: ColumnProfile = { ...base, type: type === 'boolean' ? type : 'text' };
    const codes = await withTally(session, index, text, (tally) => createLevels(session, index, tally, text));
    return { profile, kind: 'categorical', ...codes };
  }
  const format = formatOf(type, sqlType, fractions === true);
  const profile: ColumnProfile = { ...base, type, ...(format === undefined ? {} : { format }) };
  return {
    profile,
    kind: 'numeric',
    expression: `coalesce(CAST(${valueExpression(type, column)} AS DOUBLE), 'nan'::DOUBLE)`,
  };
}

function typeOf(sqlType: string): ColumnType | undefined {
  return TYPES.find(([pattern]) => pattern.test(sqlType))?.[1];
}

function valueExpression(type: ColumnType, column: string): string {
  return type === 'date'
    ? `epoch_us(${column}) / 86400000000`
    : type === 'timestamp'
      ? `epoch_us(${column}) / 1000`
      : column;
}

function exactness({ sqlType, index }: TypedColumnSource): string {
  return typeOf(sqlType) === 'integer' && !/^U?(TINYINT|SMALLINT|INTEGER)$/.test(sqlType)
    ? `coalesce(max(abs(CAST(${internalName(index)} AS HUGEINT))), 0) <= ${Number.MAX_SAFE_INTEGER}`
    : 'true';
}

function fractionality({ sqlType, index }: TypedColumnSource): string {
  return typeOf(sqlType) === 'timestamp'
    ? `coalesce(bool_or(epoch_us(${internalName(index)}) % 1000000 <> 0), false)`
    : 'false';
}

function formatOf(type: ColumnType, sqlType: string, fractions: boolean): string | undefined {
  if (type === 'date') {
    return '%Y-%m-%d';
  }
  const zone = sqlType.endsWith('ZONE') ? '+00:00' : '';
  return type === 'timestamp' ? `%Y-%m-%d %H:%M:%S${fractions ? '.%f' : ''}${zone}` : undefined;
}

async function checkFinite(session: Session, source: TypedColumnSource): Promise<void> {
  const column = internalName(source.index);
  if (!/^(FLOAT|DOUBLE|DATE|TIMESTAMP.*)$/.test(source.sqlType)) {
    return;
  }
  const [found] = await session.rows(
    `SELECT CAST(row AS DOUBLE), CAST(v AS VARCHAR) FROM (SELECT row_number() OVER () AS row, ${column} AS v FROM ` +
      `observed) ` +
      'WHERE isinf(v) ORDER BY row LIMIT 1',
  );
  if (found !== undefined) {
    throw new InvalidValueError(
      `${source.file}, row ${found[0]}, column ${JSON.stringify(source.name)}: found ${found[1]}, needed a ` +
        'finite value; correct it or make it null',
    );
  }
}
