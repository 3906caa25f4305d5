import type { Report } from '../../../contracts/report.ts';
import { type Format, UNDEFINED } from './format.ts';
import { html, type Markup } from './html.ts';

/** Shows what stands at a place of the report, `test.rows.majority`, and marks it with that place and its full value. */
export type Show = (place: string, format: Format) => Markup;

interface Interval {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The only way for a number of the report into the page: read from the report by its place, so that what is shown cannot be
 * another number than report.json's.
 */
export function shower(report: Report): Show {
  return (place, format) => {
    const value = valueAt(report, place);
    if (value === null) return html`<span data-field="${place}" title="not defined">${UNDEFINED}</span>`;
    if (typeof value !== 'number') throw new TypeError(`${place}: found ${typeof value}, needed a number to show`);
    return html`<data value="${value}" data-field="${place}">${format(value)}</data>`;
  };
}

/** An estimate with its interval below. */
export function shownInterval(show: Show, place: string, format: Format, { estimate, low, high }: Interval): Markup {
  const bounds = estimate !== null && low !== null && high !== null;
  return html`${show(`${place}.estimate`, format)}${
    bounds && html` <small class="interval">${show(`${place}.low`, format)} to ${show(`${place}.high`, format)}</small>`
  }`;
}

function valueAt(report: Report, place: string): unknown {
  return place
    .split('.')
    .reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], report);
}
