import type { PairedDifference, Spread } from './statistics.ts';

const UNDEFINED = '–';

/** A real minus sign, and none before what rounds to zero. */
export function number(value: number | null, digits: number): string {
  if (value === null) return UNDEFINED;
  const fixed = Math.abs(value).toFixed(digits);
  return value < 0 && Number(fixed) !== 0 ? `−${fixed}` : fixed;
}

/** As `number`, with a plus sign before what is above zero. */
export function signed(value: number, digits: number): string {
  const sign = Number(value.toFixed(digits)) > 0 ? '+' : '';
  return `${sign}${number(value, digits)}`;
}

/** `1318.2 ± 12.3` */
export function withDeviation({ mean, deviation }: Spread, digits: number): string {
  return deviation === null ? number(mean, digits) : `${number(mean, digits)} ± ${number(deviation, digits)}`;
}

/** `+20.1 ± 4.2`; the error is the standard error. */
export function withStandardError({ mean, standardError }: PairedDifference, digits: number): string {
  if (mean === null) return UNDEFINED;
  const error = standardError === null ? '' : ` ± ${number(standardError, digits)}`;
  return `${signed(mean, digits)}${error}`;
}

/** A table of Markdown; the first column to the left, and the others where they are words, else to the right. */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  others: 'numbers' | 'words' = 'numbers',
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, i) => (i === 0 || others === 'words' ? '---' : '---:'));
  return [line(header), line(rule), ...rows.map(line)].join('\n');
}
