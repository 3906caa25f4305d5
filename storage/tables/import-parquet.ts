import {
  EmptyTableError,
  InvalidHeaderError,
  UnreadableTableError,
  UnsupportedColumnTypeError,
} from '../../contracts/errors.ts';
import { checkNames } from './names.ts';
import { type ImportedTable, LEAST_COLUMNS, type TableSource } from './profile.ts';
import { isSupported, observedExpression, profileTypedColumn } from './profile-typed.ts';
import { quoteSome } from './quote-some.ts';
import { type ColumnPlan, readColumns } from './read-columns.ts';
import { fileToRead, fileToWrite, internalName, ROW_GROUP_ROWS, type Session, withSession } from './session.ts';

/** Reads a Parquet file; the types are its own. */
export async function importParquet(source: TableSource, observedPath: string): Promise<ImportedTable> {
  return withSession(async (session) => {
    const { names, types } = await readSchema(session, source);
    checkSchema(source, names, types);
    const columns = types.map((type, index) => ({ name: names[index], sqlType: type, index }));
    const values = columns.map(
      ({ sqlType, index }) => `${observedExpression(sqlType, index)} AS ${internalName(index)}`,
    );
    const [[copied]] = await reading(source, () =>
      session.rows(
        `COPY (SELECT ${values.join(', ')} FROM read_parquet(${fileToRead(source.path)}, hive_partitioning = false) ` +
          `AS t(${columns.map(({ index }) => internalName(index)).join(', ')})) TO ${fileToWrite(observedPath)} ` +
          `(FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE ${ROW_GROUP_ROWS})`,
      ),
    );
    const rows = Number(copied);
    if (rows === 0) {
      throw new EmptyTableError(`${source.name}: found the columns ${quoteSome(names)} and no rows, needed rows`);
    }
    await session.run(`CREATE TEMP VIEW observed AS SELECT * FROM read_parquet(${fileToRead(observedPath)})`);
    const plans: ColumnPlan[] = [];
    for (const column of columns) {
      plans.push(await profileTypedColumn(session, { ...column, file: source.name, rows }));
    }
    return { rows, columns: await readColumns(session, rows, plans) };
  });
}

interface Schema {
  readonly names: string[];
  readonly types: string[];
}

async function readSchema(session: Session, source: TableSource): Promise<Schema> {
  const file = fileToRead(source.path);
  return reading(source, async () => {
    const described = await session.rows(
      `SELECT column_type FROM (DESCRIBE SELECT * FROM read_parquet(${file}, hive_partitioning = false))`,
    );
    const nodes = await session.rows(
      `SELECT name, CAST(coalesce(num_children, 0) AS DOUBLE) FROM parquet_schema(${file})`,
    );
    return { names: topLevelNames(nodes as [string, number][]), types: described.map(([type]) => type as string) };
  });
}

/**
 * The names as they are in the file (DESCRIBE renames `a` beside `A`), from its schema, a tree in depth-first order.
 */
function topLevelNames(nodes: readonly (readonly [name: string, children: number])[]): string[] {
  const names: string[] = [];
  let at = 1;
  while (at < nodes.length) {
    names.push(nodes[at][0]);
    for (let open = 1; open > 0; at++) {
      open += nodes[at][1] - 1;
    }
  }
  return names;
}

function checkSchema(source: TableSource, names: readonly string[], types: readonly string[]): void {
  if (source.columns !== undefined) {
    throw new InvalidHeaderError(
      `${source.name}: found a Parquet file, which names its columns itself (${quoteSome(names)}), and given names; ` +
        `leave out --columns`,
    );
  }
  checkNames(source.name, names);
  if (names.length < (source.leastColumns ?? LEAST_COLUMNS)) {
    throw new InvalidHeaderError(
      `${source.name}: found one column (${quoteSome(names)}), needed two at the least, one to predict and one to ` +
        `learn from`,
    );
  }
  const unsupported = types.findIndex((type) => !isSupported(type));
  if (unsupported >= 0) {
    throw new UnsupportedColumnTypeError(
      `${source.name}, column ${JSON.stringify(names[unsupported])}: found the type ${types[unsupported]}, needed ` +
        `numbers, text, ` +
        'booleans, dates or times; remove the column, or convert it before (a nested one to a column for each part)',
    );
  }
}

/** What DuckDB cannot read is a fault of the file. */
async function reading<T>(source: TableSource, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const reason = (error as Error).message.split('\n', 1)[0].replaceAll(source.path, source.name);
    throw new UnreadableTableError(
      `${source.name}: found a Parquet file that cannot be read (${reason}), needed a whole one; write it again`,
      {
        cause: error,
      },
    );
  }
}
