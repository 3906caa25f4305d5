import { InvalidValueError } from '../../contracts/errors.ts';
import { type DateFormat, possibleFormats } from './date-formats.ts';
import { createLevels, matches, withTally } from './levels.ts';
import type { ColumnProfile, ColumnType } from './profile.ts';
import { NUMBER } from './profile-text.ts';
import type { ColumnPlan } from './read-columns.ts';
import { literal, type Session } from './session.ts';

/** What a column is to be read as. */
export interface AskedColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** of dates and timestamps: how they were written, in the letters of strftime */
  readonly format?: string;
}

/** A column of the copy of the rows, and what it was found to be. */
export interface StoredColumn {
  readonly index: number;
  /** its SQL name */
  readonly column: string;
  /** the copy holds texts, not typed values */
  readonly isText: boolean;
  readonly profile: ColumnProfile;
}

/** SQL for the values of a column in the units of the core: days, or milliseconds, since 1970-01-01. */
const IN_UNITS = { date: 'epoch_us(v) / 86400000000', timestamp: 'epoch_us(v) / 1000' } as const;

/**
 * How to read a column that was found to be something else than it is asked for.
 *
 * @param file what messages call the file
 * @throws InvalidValueError at the first row whose value cannot be read so
 */
export async function planAskedColumn(
  session: Session,
  file: string,
  asked: AskedColumn,
  stored: StoredColumn,
): Promise<ColumnPlan> {
  const text = stored.isText ? stored.column : `CAST(${stored.column} AS VARCHAR)`;
  const profile: ColumnProfile = { ...stored.profile, type: asked.type };
  if (asked.type === 'boolean' || asked.type === 'text') {
    const codes = await withTally(session, stored.index, text, (tally) =>
      createLevels(session, stored.index, tally, text),
    );
    return { profile, kind: 'categorical', ...codes };
  }
  const place = { file, name: asked.name, text };
  if (asked.type === 'integer' || asked.type === 'number') {
    const finite = `${matches('v', NUMBER)} AND NOT isinf(TRY_CAST(v AS DOUBLE))`;
    const other = await firstOther(session, place, finite);
    if (other !== undefined) throw wrongValue(place, other, 'a finite number');
    return { profile, kind: 'numeric', expression: orNaN(text) };
  }
  const expression = await timeExpression(session, place, asked as AskedTime, stored);
  return { profile, kind: 'numeric', expression: orNaN(expression) };
}

interface Place {
  readonly file: string;
  readonly name: string;
  /** SQL for the column as text */
  readonly text: string;
}

type AskedTime = AskedColumn & { readonly type: 'date' | 'timestamp' };

/** Times as they were written in the other table, where that reads every row; else in the one way that does. */
async function timeExpression(
  session: Session,
  place: Place,
  asked: AskedTime,
  { profile, column, isText }: StoredColumn,
): Promise<string> {
  const units = (value: string) => IN_UNITS[asked.type].replace('v', value);
  const isTime = profile.type === 'date' || profile.type === 'timestamp';
  if (isTime && !isText) return units(column);
  const asBefore = await writtenAs(session, place, asked);
  const other = await firstOther(session, place, asBefore === undefined ? 'false' : isWrittenAs(asBefore));
  if (other === undefined) return units(instant(place.text, asked.format as string));
  if (isTime && profile.format !== undefined) return units(instant(place.text, profile.format));
  throw wrongValue(place, other, `a ${asked.type}${asked.format === undefined ? '' : ` written as ${asked.format}`}`);
}

/** The format of the other table, with the pattern that goes with it, where the first value here has its shape. */
async function writtenAs(session: Session, { text }: Place, asked: AskedTime): Promise<DateFormat | undefined> {
  const [[first]] = await session.rows(`SELECT ${text} FROM observed WHERE ${text} IS NOT NULL LIMIT 1`);
  return possibleFormats(first as string).find(({ format }) => format === asked.format);
}

function isWrittenAs({ pattern, format }: DateFormat): string {
  return `${matches('v', pattern)} AND ${instant('v', format)} IS NOT NULL`;
}

function instant(text: string, format: string): string {
  return `try_strptime(${text}, ${literal(format)})`;
}

interface OtherValue {
  /** from 1 */
  readonly row: number;
  readonly value: string;
}

/** The first value that does not meet `condition`, SQL over v. */
async function firstOther(session: Session, { text }: Place, condition: string): Promise<OtherValue | undefined> {
  const [found] = await session.rows(
    `SELECT CAST(row AS DOUBLE), v FROM (SELECT row_number() OVER () AS row, ${text} AS v FROM observed) ` +
      `WHERE v IS NOT NULL AND (${condition}) IS NOT TRUE ORDER BY row LIMIT 1`,
  );
  return found === undefined ? undefined : { row: found[0] as number, value: found[1] as string };
}

function wrongValue({ file, name }: Place, other: OtherValue, needed: string): InvalidValueError {
  return new InvalidValueError(
    `${file}, data row ${other.row}, column ${JSON.stringify(name)}: found ${JSON.stringify(other.value)}, needed ` +
      `${needed}, as in the rows that the model was trained on; correct it, or leave it empty`,
  );
}

function orNaN(expression: string): string {
  return `coalesce(CAST(${expression} AS DOUBLE), 'nan'::DOUBLE)`;
}
