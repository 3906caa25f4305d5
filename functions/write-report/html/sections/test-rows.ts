import type { Report } from '../../../../contracts/report.ts';
import { METRICS } from '../../../../core/evaluation/metrics.ts';
import { precisionRecallChart, rocChart } from '../charts/curves.ts';
import { seriesStyle, swatch } from '../charts/series.ts';
import { count, percent } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { metricFormat } from '../metric-words.ts';
import { type Show, shownInterval } from '../shown.ts';
import { fullMetricsTable } from './metrics-table.ts';
import { figure, type Section, section, wideTable } from './section.ts';

const SHOWN_COUNTS = [
  ['truePositives', 'Found'],
  ['falseNegatives', 'Missed'],
  ['falsePositives', 'False alarms'],
] as const;
const SHOWN_METRICS = ['recall', 'precision', 'f1', 'mcc', 'pr-auc'] as const;

export async function testRowsSection(report: Report, show: Show): Promise<Section> {
  const { results, rows, bootstrap } = report.test;
  const all = rows.majority + rows.minority;
  const share = all === 0 ? 0 : rows.minority / all;
  const [precisionRecall, roc] = await Promise.all([precisionRecallChart(results, share), rocChart(results)]);
  const body = html`
<p class="protocol"><span data-field="test.bootstrap.intervals">${bootstrap.intervals}</span></p>
${wideTable('Models on the test rows', resultsTable(report, show))}
<ul class="legend">${results.map(({ label }, i) => html`<li>${swatch(seriesStyle(i))} ${label}</li>`)}<li>${guess()} guessing</li></ul>
<div class="pair">
${figure(precisionRecall, html`<b>Precision and recall.</b> The curve is the ranking, the point on it the threshold in use. Where the minority is rare, this is the plot to look at: guessing gives a precision of ${percent(share)}.`)}
${figure(roc, html`<b>ROC.</b> Recall against the share of the majority that is disturbed for it.`)}
</div>
${fullMetricsTable('test.results', results, 'All metrics on the test rows', show)}`;
  const lead = html`${show('test.rows.majority', count)} majority and ${show('test.rows.minority', count)} minority rows, as they came. Nothing was fitted to them, chosen on them, or resampled from them.`;
  return section('test', 'On the test rows', lead, body);
}

function resultsTable({ test }: Report, show: Show): Markup {
  const rows = test.results.map(({ id, label, metrics }, i) => {
    const place = `test.results.${i}`;
    return html`<tr><th scope="row">${swatch(seriesStyle(i))} ${label} ${id === test.published && html`<span class="badge">published</span>`}</th>
${SHOWN_COUNTS.map(([name]) => html`<td>${show(`${place}.counts.${name}`, count)}</td>`)}
${SHOWN_METRICS.map((name) => html`<td>${shownInterval(show, `${place}.metrics.${name}`, metricFormat(name, []), metrics[name])}</td>`)}</tr>`;
  });
  return html`<table><caption class="hidden">Models on the test rows, each at its threshold</caption>
<thead><tr><th scope="col">Model</th>${SHOWN_COUNTS.map(([, head]) => html`<th scope="col">${head}</th>`)}${SHOWN_METRICS.map(
    (name) => html`<th scope="col">${METRICS[name].label}</th>`,
  )}</tr></thead>
<tbody>${rows}</tbody></table>`;
}

function guess(): Markup {
  return swatch({ colour: 'var(--muted)', dash: [1, 3], shape: 'circle' }, { point: false });
}
