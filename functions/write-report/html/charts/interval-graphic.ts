import { html, type Markup } from '../html.ts';

interface Interval {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

const WIDTH = 120;
const HEIGHT = 18;
const MARGIN = 6;

/** Draws intervals of one table column to one scale: a dot, its interval, and a thin line where doing nothing stands. */
export function intervalGraphic(
  intervals: readonly Interval[],
  reference: number | null,
): (interval: Interval) => Markup {
  const values = intervals
    .flatMap(({ estimate, low, high }) => [estimate, low, high])
    .filter((value) => value !== null);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = WIDTH - 2 * MARGIN;
  const x = (value: number) =>
    Math.round(10 * (MARGIN + (high > low ? (room * (value - low)) / (high - low) : room / 2))) / 10;
  const middle = HEIGHT / 2;
  return (interval) => {
    if (interval.estimate === null) return html``;
    const bounded = interval.low !== null && interval.high !== null;
    return html`<svg class="interval-graphic" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">${
      reference !== null && html`<path class="reference" d="M${x(reference)},0V${HEIGHT}"/>`
    }${
      bounded && html`<path class="whisker" d="M${x(interval.low ?? 0)},${middle}H${x(interval.high ?? 0)}"/>`
    }<circle cx="${x(interval.estimate)}" cy="${middle}" r="4"/></svg>`;
  };
}
