import { maximum, median, minimum } from './series.ts';

/** How large a result may be: as a multiple of the peer's, or as such. */
export type Bar = { readonly ratio: number } | { readonly absolute: number } | undefined;

/** One comparison: the same work by this project and by a named peer, in the same run. */
export interface Row {
  readonly what: string;
  readonly unit: 's' | 'MB';
  readonly ours: readonly number[];
  readonly peer: string;
  readonly theirs: readonly number[];
  readonly bar: Bar;
  /** how far the two sides' test scores are apart, where they are held to be the same */
  readonly scoreGap?: number;
  readonly note?: string;
}

/** The test scores of two fits of the same model may differ by this much. */
const LARGEST_SCORE_GAP = 0.01;

/** A Markdown table: minimum (median) of each side's seconds, maximum (median) of its memory, and the ratio of the firsts. */
export function toMarkdown(rows: readonly Row[]): string {
  const header = ['measured', 'Counterpoise', 'peer', 'its figure', 'ratio', 'bar', 'remark'];
  const lines = rows.map((row) => [
    row.what,
    figure(row.ours, row.unit),
    row.peer,
    figure(row.theirs, row.unit),
    ratio(row).toFixed(2),
    barText(row),
    row.note ?? '',
  ]);
  return [header, header.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Whether the row misses its bar, or its scores theirs. */
export function missesBar(row: Row): boolean {
  return exceedsBar(row) || missesScores(row);
}

function missesScores({ scoreGap = 0 }: Row): boolean {
  return !(scoreGap <= LARGEST_SCORE_GAP);
}

function exceedsBar(row: Row): boolean {
  if (row.bar === undefined) return false;
  return 'ratio' in row.bar ? ratio(row) > row.bar.ratio : maximum(row.ours) > row.bar.absolute;
}

function ratio(row: Row): number {
  const figureOf = row.unit === 'MB' ? maximum : minimum;
  return figureOf(row.ours) / figureOf(row.theirs);
}

function barText(row: Row): string {
  const verdict = (missed: boolean) => (missed ? '**missed**' : 'met');
  const bars: string[] = [];
  if (row.bar !== undefined) {
    const limit = 'ratio' in row.bar ? `ratio ≤ ${row.bar.ratio}` : `≤ ${row.bar.absolute} ${row.unit}`;
    bars.push(`${limit}: ${verdict(exceedsBar(row))}`);
  }
  if (row.scoreGap !== undefined) bars.push(`scores within ${LARGEST_SCORE_GAP}: ${verdict(missesScores(row))}`);
  return bars.join('; ');
}

function figure(values: readonly number[], unit: Row['unit']): string {
  if (unit === 'MB') return `${maximum(values).toFixed(0)} MB (${median(values).toFixed(0)})`;
  const digits = minimum(values) < 0.1 ? 3 : 2;
  const least = `${minimum(values).toFixed(digits)} ${unit}`;
  return values.length === 1 ? least : `${least} (${median(values).toFixed(digits)})`;
}
