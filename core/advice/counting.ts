/** `12,345`. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `18 minority rows`, `1 minority row`. */
export function countOf(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** A share as a percentage of two digits: `2.3%`, `27%`, `0.77%`. */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))}%`;
}

/** To one digit after the point: `43.3`. */
export function tenths(value: number): string {
  return value.toFixed(1);
}
