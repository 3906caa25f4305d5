import { identifier, literal, type Session } from './session.ts';

/** The different texts of a column and the rows that hold each: a temporary table with the columns v and n. */
export interface Tally {
  readonly table: string;
}

/**
 * Counts the different texts that `expression`, a VARCHAR over the observed rows, takes, for as long as `work` needs
 * them.
 */
export async function withTally<T>(
  session: Session,
  index: number,
  expression: string,
  work: (tally: Tally) => Promise<T>,
): Promise<T> {
  const table = `tally_${index}`;
  await session.run(
    `CREATE TEMP TABLE ${table} AS SELECT ${expression} AS v, count(*) AS n FROM observed WHERE ${expression} IS ` +
      `NOT NULL GROUP BY 1`,
  );
  const result = await work({ table });
  await session.run(`DROP TABLE ${table}`);
  return result;
}

/** Levels sorted by code unit, and how to read their codes. */
export interface LevelCodes {
  readonly levels: readonly string[];
  /** SQL over the observed rows: the code as DuckDB sorts (by code point), -1 where missing */
  readonly expression: string;
  /** from DuckDB's code to the index in `levels`; absent where they are the same */
  readonly recode?: Int32Array;
}

/** Makes an ENUM of the tallied texts, which DuckDB looks values up in faster than we could. */
export async function createLevels(
  session: Session,
  index: number,
  tally: Tally,
  expression: string,
): Promise<LevelCodes> {
  const texts: string[] = [];
  await session.visitChunks(`SELECT v FROM ${tally.table} ORDER BY v`, (chunk) => {
    chunk.visitColumnValues(0, (text) => texts.push(text as string));
  });
  if (texts.length === 0) {
    return { levels: texts, expression: 'CAST(-1 AS INTEGER)' };
  }
  const type = identifier(`levels_${index}`);
  await session.run(`CREATE TYPE ${type} AS ENUM (SELECT v FROM ${tally.table} ORDER BY v)`);
  const levels = texts.toSorted();
  const code = `coalesce(CAST(enum_code(CAST(${expression} AS ${type})) AS INTEGER), -1)`;
  if (levels.every((level, i) => level === texts[i])) {
    return { levels, expression: code };
  }
  const rank = new Map(levels.map((level, i) => [level, i]));
  return { levels, expression: code, recode: Int32Array.from(texts, (text) => rank.get(text)!) };
}

/** SQL that is true where the whole of `value` matches `pattern`. */
export function matches(value: string, pattern: string): string {
  return `regexp_full_match(${value}, ${literal(pattern)})`;
}
