import type { Comparison } from '../../../../contracts/comparison.ts';
import { METRIC_NAMES } from '../../../../core/evaluation/metric-names.ts';
import { METRICS } from '../../../../core/evaluation/metrics.ts';
import { html, type Markup } from '../html.ts';
import { metricFormat } from '../metric-words.ts';
import { type Show, shownInterval } from '../shown.ts';
import { wideTable } from './section.ts';

interface Result {
  readonly label: string;
  readonly metrics: Comparison['strategies'][number]['metrics'];
}

/** A column head that sorts its table. */
export function sortHead(label: string): Markup {
  return html`<th scope="col"><button type="button">${label}</button></th>`;
}

/** Every metric that is defined for any of the results, with its interval; folded away. */
export function fullMetricsTable(place: string, results: readonly Result[], title: string, show: Show): Markup {
  const metrics = METRIC_NAMES.filter((name) => results.some((result) => result.metrics[name].estimate !== null));
  const formats = metrics.map((name) =>
    metricFormat(
      name,
      results.map((result) => result.metrics[name]),
    ),
  );
  const rows = results.map(
    (result, i) =>
      html`<tr><th scope="row">${result.label}</th>${metrics.map(
        (name, m) =>
          html`<td>${shownInterval(show, `${place}.${i}.metrics.${name}`, formats[m], result.metrics[name])}</td>`,
      )}</tr>`,
  );
  const table = html`<table class="sortable"><caption class="hidden">${title}, with intervals</caption>
<thead><tr>${sortHead('Model')}${metrics.map((name) => sortHead(METRICS[name].label))}</tr></thead>
<tbody>${rows}</tbody></table>`;
  return html`<details><summary>${title}, with intervals</summary>${wideTable(title, table)}</details>`;
}
