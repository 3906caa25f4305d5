import type { Report } from '../../../../contracts/report.ts';
import { html, Markup } from '../html.ts';

type Points = Report['projection']['points'];
export type PointKind = Points[number]['kind'];

const SIZE = 300;
const MARGIN = 8;

/** All points of a kind as one path of dots, which takes a tenth of the bytes that an element each would. */
export function projectionPaths(points: Points): Readonly<Record<PointKind, Markup>> {
  const x = scale(points.map((point) => point.x));
  const y = scale(points.map((point) => point.y));
  const path = (kind: PointKind) =>
    points
      .filter((point) => point.kind === kind)
      .map((point) => `M${x(point.x)},${SIZE - y(point.y)}h0`)
      .join('');
  const element = (kind: PointKind) => html`<path id="points-${kind}" d="${new Markup(path(kind))}"/>`;
  return { majority: element('majority'), minority: element('minority'), synthetic: element('synthetic') };
}

/** The points of one kind in its colour, over all others in grey. The paths are in the page once, and used by their ids. */
export function projectionPanel(kind: PointKind, others: readonly PointKind[], label: string): Markup {
  const background = others.map((other) => html`<use href="#points-${other}" class="dots others"/>`);
  return html`<svg class="panel" viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-label="${label}">${background}<use href="#points-${kind}" class="dots ${kind}"/></svg>`;
}

/** Onto the panel's pixels; all in the middle where all are equal. */
function scale(values: readonly number[]): (value: number) => number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const room = SIZE - 2 * MARGIN;
  return (value) => (high === low ? SIZE / 2 : Math.round(10 * (MARGIN + (room * (value - low)) / (high - low))) / 10);
}
