/** `12,345`. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 minority row`, `1,204 more false positives`. */
export function countOf(value: number, singular: string, plural = `${singular}s`): string {
  return `${count(value)} ${value === 1 ? singular : plural}`;
}

/** A share as a percentage of two digits: `2.3%`, `27%`, `0.77%`. */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))}%`;
}

/** To one digit after the point: `43.3`. */
export function tenths(value: number): string {
  return value.toFixed(1);
}
