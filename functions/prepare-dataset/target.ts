import { UnknownTargetError, UnsupportedTargetError } from '../../contracts/errors.ts';
import type { ResolvedRequest } from '../../contracts/request.ts';
import type { Labels } from '../../core/learners/learner.ts';
import type { Column } from '../../core/table/table.ts';
import { describeMissingColumn } from './missing-column.ts';

/** The label column of a table, understood: which of its two labels is the minority. */
export interface Target {
  /** position of the label column */
  readonly index: number;
  readonly column: string;
  readonly minority: string;
  readonly majority: string;
  /** one per row: 1 where the label is the minority's */
  readonly labels: Labels;
}

/** The most labels that a message about too many of them lists. */
const LISTED_LABELS = 5;

/**
 * Finds the label column (by default the last) and its rarer label.
 *
 * @param name what to call the table in messages
 * @throws UnknownTargetError, UnsupportedTargetError
 */
export function resolveTarget(columns: readonly Column[], asked: ResolvedRequest['target'], name: string): Target {
  const index = findColumn(columns, asked.column, name);
  const column = columns[index];
  const where = `${name}, column ${JSON.stringify(column.name)}`;
  const texts = labelTexts(column, where);
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  // A numeric label is compared as a number: 1, 1.0 and 01 are the same one.
  const named = column.kind === 'numeric' && asked.minority ? String(Number(asked.minority)) : asked.minority;
  const [majority, minority] = orderLabels(counts, named, where);
  return {
    index,
    column: column.name,
    minority,
    majority,
    labels: Uint8Array.from(texts, (t) => Number(t === minority)),
  };
}

function findColumn(columns: readonly Column[], asked: string | undefined, name: string): number {
  if (asked === undefined) return columns.length - 1;
  const names = columns.map((column) => column.name);
  const index = names.indexOf(asked);
  if (index >= 0) return index;
  throw new UnknownTargetError(`${name}: ${describeMissingColumn(asked, names, 'the label column')}`);
}

function labelTexts(column: Column, where: string): string[] {
  const rows = column.kind === 'numeric' ? column.values.length : column.codes.length;
  return Array.from({ length: rows }, (_, row) => {
    const known = column.kind === 'numeric' ? !Number.isNaN(column.values[row]) : column.codes[row] >= 0;
    if (!known) {
      throw new UnsupportedTargetError(
        `${where}: found no label in data row ${row + 1}, needed one in every row; remove the rows without a label`,
      );
    }
    return column.kind === 'numeric' ? String(column.values[row]) : column.levels[column.codes[row]];
  });
}

/** The two labels, the more frequent first. */
function orderLabels(counts: Map<string, number>, asked: string | undefined, where: string): [string, string] {
  const ranked = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const listed = ranked.slice(0, LISTED_LABELS).map(([label, rows]) => `${JSON.stringify(label)} (${rows} rows)`);
  const found = `${listed.join(', ')}${ranked.length > LISTED_LABELS ? ` and ${ranked.length - LISTED_LABELS} more` : ''}`;
  if (ranked.length !== 2) {
    const advice =
      ranked.length === 1
        ? 'there is nothing to tell apart: is this the label column, and is the table whole?'
        : 'is this the label column? If so, leave two classes in the table, or make one of all but the rare one';
    throw new UnsupportedTargetError(`${where}: found ${ranked.length} labels, ${found}; needed two; ${advice}`);
  }
  const [[majority, most], [minority, least]] = ranked;
  if (asked === undefined && most === least) {
    throw new UnsupportedTargetError(`${where}: found as many rows of ${found}; needed a rarer label, or name one`);
  }
  if (asked === undefined || asked === minority) return [majority, minority];
  if (asked !== majority) {
    throw new UnknownTargetError(`${where}: found labels ${found}, needed the minority label ${JSON.stringify(asked)}`);
  }
  if (most === least) return [minority, majority];
  throw new UnsupportedTargetError(
    `${where}: found ${found}; ${JSON.stringify(asked)} was named as the minority, but is not`,
  );
}
