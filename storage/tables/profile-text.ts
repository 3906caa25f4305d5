import { InvalidValueError } from '../../contracts/errors.ts';
import { type DateFormat, possibleFormats } from './date-formats.ts';
import { createLevels, matches, type Tally, withTally } from './levels.ts';
import type { ColumnProfile, ColumnType } from './profile.ts';
import type { ColumnPlan } from './read-columns.ts';
import { internalName, literal, type Session } from './session.ts';

/** No zeros in front: 007 is a text, as its zeros would be lost on a number. */
const WHOLE = '[+-]?(0|[1-9][0-9]*)';
/** Regular expression of a number as a whole text. */
export const NUMBER = '[+-]?((0|[1-9][0-9]*)([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?';
const NOT_FINITE = '(?i)[+-]?(inf|infinity|nan)';
const DECIMAL_COMMA = '[+-]?[0-9]+,[0-9]+';

/** A column of a CSV file, profiled. */
export type TextColumn = ColumnPlan & {
  /** the name is one of the values */
  readonly nameOccurs: boolean;
  /** the only value that is no number, where all others are and it occurs once */
  readonly onlyText: string | undefined;
};

export interface TextColumnSource {
  /** what messages call the file */
  readonly file: string;
  readonly name: string;
  readonly index: number;
  readonly rows: number;
  readonly delimiter: string;
  /** the place of a row, counted from 0, for messages */
  readonly lineOf: (row: number) => Promise<string>;
}

/**
 * Finds the type that every value of a text column has, in the order boolean, integer, number, date, timestamp, text.
 *
 * @throws InvalidValueError where a column of numbers has an infinite value, or decimal commas
 */
export async function profileTextColumn(session: Session, source: TextColumnSource): Promise<TextColumn> {
  return withTally(session, source.index, internalName(source.index), (tally) => profileTally(session, source, tally));
}

async function profileTally(session: Session, source: TextColumnSource, tally: Tally): Promise<TextColumn> {
  const { index, name, rows } = source;
  const column = internalName(index);
  const facts = await readFacts(session, tally, name);
  await checkNumbers(session, source, tally, facts);
  const missing = rows - facts.observed;
  const base = { name, missing, distinct: facts.texts };
  const shared = { nameOccurs: facts.nameOccurs, onlyText: facts.onlyText };
  const numeric = (profile: ColumnProfile, expression: string) =>
    ({
      profile,
      kind: 'numeric',
      expression: `coalesce(CAST(${expression} AS DOUBLE), 'nan'::DOUBLE)`,
      ...shared,
    }) as const;
  const categorical = async (type: ColumnType, sqlType: string) =>
    ({
      profile: { ...base, type, sqlType },
      kind: 'categorical',
      ...(await createLevels(session, index, tally, column)),
      ...shared,
    }) as const;
  if (facts.texts === 0) {
    return categorical('text', 'VARCHAR');
  }
  if (facts.boolean) {
    return categorical('boolean', 'BOOLEAN');
  }
  if (facts.numbers === facts.texts) {
    if (facts.wholes === facts.texts) {
      return facts.exact
        ? numeric({ ...base, type: 'integer', sqlType: 'BIGINT', distinct: facts.values }, column)
        : categorical('text', 'VARCHAR');
    }
    return numeric({ ...base, type: 'number', sqlType: 'DOUBLE', distinct: facts.values }, column);
  }
  const date = await findDateFormat(session, tally, facts.sample);
  if (date !== undefined) {
    const { type, format, sqlType } = date;
    const instant = `try_strptime(${column}, ${literal(format)})`;
    const expression = type === 'date' ? `epoch_us(${instant}) / 86400000000` : `epoch_us(${instant}) / 1000`;
    return numeric({ ...base, type, sqlType, format }, expression);
  }
  return categorical('text', 'VARCHAR');
}

interface Facts {
  /** rows with a value */
  readonly observed: number;
  /** different spellings, and how many of them are numbers, and whole */
  readonly texts: number;
  readonly numbers: number;
  readonly wholes: number;
  readonly notFinite: number;
  readonly commas: number;
  /** different numbers */
  readonly values: number;
  /** every whole number is below 2^53 in size, where doubles begin to skip some */
  readonly exact: boolean;
  /** true and false, each spelled in one way */
  readonly boolean: boolean;
  readonly nameOccurs: boolean;
  readonly onlyText: string | undefined;
  /** some value */
  readonly sample: string;
}

async function readFacts(session: Session, tally: Tally, name: string): Promise<Facts> {
  const [row] = await session.rows(
    `WITH kinds AS (
       SELECT v, n, ${matches('v', NUMBER)} AS number, ${matches('v', WHOLE)} AS whole, TRY_CAST(v AS DOUBLE) AS value
       FROM ${tally.table})
     SELECT CAST(coalesce(sum(n), 0) AS DOUBLE), CAST(count(*) AS DOUBLE),
       CAST(count(*) FILTER (number) AS DOUBLE), CAST(count(*) FILTER (whole) AS DOUBLE),
       CAST(count(*) FILTER ((number AND isinf(value)) OR (NOT number AND ${matches('v', NOT_FINITE)})) AS DOUBLE),
       CAST(count(*) FILTER (${matches('v', DECIMAL_COMMA)}) AS DOUBLE),
       CAST(count(DISTINCT value) FILTER (number) AS DOUBLE),
       coalesce(max(abs(value)) FILTER (whole), 0) <= ${Number.MAX_SAFE_INTEGER},
       bool_and(lower(v) IN ('true', 'false')) AND count(DISTINCT lower(v)) = count(*),
       coalesce(bool_or(v = ${literal(name)}), false),
       CASE WHEN sum(n) FILTER (NOT number) = 1 AND bool_or(number) THEN any_value(v) FILTER (NOT number) END,
       min(v)
     FROM kinds`,
  );
  const [observed, texts, numbers, wholes, notFinite, commas, values, exact, boolean, nameOccurs, onlyText, sample] =
    row;
  return {
    observed: observed as number,
    texts: texts as number,
    numbers: numbers as number,
    wholes: wholes as number,
    notFinite: notFinite as number,
    commas: commas as number,
    values: values as number,
    exact: exact === true,
    boolean: boolean === true,
    nameOccurs: nameOccurs === true,
    onlyText: (onlyText as string | null) ?? undefined,
    sample: (sample as string | null) ?? '',
  };
}

async function checkNumbers(session: Session, source: TextColumnSource, tally: Tally, facts: Facts): Promise<void> {
  if (facts.notFinite > 0 && facts.numbers > 0) {
    const finite = `${matches('v', NUMBER)} AND NOT isinf(TRY_CAST(v AS DOUBLE))`;
    const others = await session.rows(
      `SELECT 1 FROM ${tally.table} WHERE NOT ${matches('v', `${NOT_FINITE}|${NUMBER}`)} LIMIT 1`,
    );
    if (others.length === 0) {
      throw new InvalidValueError(
        `${await describeFirst(session, source, `NOT (${finite})`)}, needed a finite number, as the column holds ` +
          'numbers; correct it, leave it empty, or list it under the missing values',
      );
    }
  }
  if (source.delimiter !== ',' && facts.commas > 0 && facts.commas + facts.wholes === facts.texts) {
    throw new InvalidValueError(
      `${await describeFirst(session, source, matches('v', DECIMAL_COMMA))}, needed a number with a decimal ` +
        'point; export the table with points instead of decimal commas',
    );
  }
}

/** "file, line 7, column "price": found "1,5"" for the first row whose value v meets `condition`. */
async function describeFirst(session: Session, source: TextColumnSource, condition: string): Promise<string> {
  const column = internalName(source.index);
  const [[row, value]] = await session.rows(
    `SELECT CAST(row AS DOUBLE), v FROM (SELECT row_number() OVER () - 1 AS row, ${column} AS v FROM observed) ` +
      `WHERE v IS NOT NULL AND ${condition} ORDER BY row LIMIT 1`,
  );
  const place = await source.lineOf(row as number);
  return `${source.file}, ${place}, column ${JSON.stringify(source.name)}: found ${JSON.stringify(value)}`;
}

/** The first format that reads every value and writes it as it was; else the first that reads every value. */
async function findDateFormat(session: Session, tally: Tally, sample: string): Promise<DateFormat | undefined> {
  let readable: DateFormat | undefined;
  for (const candidate of possibleFormats(sample)) {
    const instant = `try_strptime(v, ${literal(candidate.format)})`;
    const fails = async (condition: string) =>
      (await session.rows(`SELECT 1 FROM ${tally.table} WHERE (${condition}) IS NOT TRUE LIMIT 1`)).length > 0;
    if (await fails(`${matches('v', candidate.pattern)} AND ${instant} IS NOT NULL`)) {
      continue;
    }
    if (!(await fails(`strftime(${instant}, ${literal(candidate.format)}) = v`))) {
      return candidate;
    }
    readable ??= candidate;
  }
  return readable;
}
