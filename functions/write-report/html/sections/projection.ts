import type { Report } from '../../../../contracts/report.ts';
import { type PointKind, projectionPanel, projectionPaths } from '../charts/projection-panels.ts';
import { count, percent } from '../format.ts';
import { html, type Markup } from '../html.ts';
import type { Show } from '../shown.ts';

const TITLES: Readonly<Record<PointKind, string>> = {
  majority: 'Majority',
  minority: 'Minority',
  synthetic: 'Synthetic',
};

/** A sample of rows in two dimensions, one panel for each kind so that none hides another. */
export function projection({ projection: { points } }: Report, show: Show): Markup | null {
  if (points.length === 0) return null;
  const kinds = (Object.keys(TITLES) as PointKind[]).filter((kind) => points.some((point) => point.kind === kind));
  const paths = projectionPaths(points);
  const panels = kinds.map((kind) => {
    const rows = points.filter((point) => point.kind === kind).length;
    const others = kinds.filter((other) => other !== kind);
    const label = `${TITLES[kind]} rows on the first two principal components.`;
    return html`<figure><figcaption><span class="key ${kind}"></span> <b>${TITLES[kind]}</b> <span class="quiet">${count(rows)} rows of the sample</span></figcaption>${projectionPanel(kind, others, label)}</figure>`;
  });
  return html`<h3>All columns at once</h3>
<p>A sample of rows on the first two principal components of the encoded training rows, which keep ${show('projection.explained.0', percent)} (across) and ${show('projection.explained.1', percent)} (upwards) of the variance. Each panel colours one kind and leaves the others grey.</p>
<svg class="defs" width="0" height="0" aria-hidden="true"><defs>${kinds.map((kind) => paths[kind])}</defs></svg>
<div class="triple">${panels}</div>`;
}
