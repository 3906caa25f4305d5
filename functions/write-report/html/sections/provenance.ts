import type { Report } from '../../../../contracts/report.ts';
import { count, decimals } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { dataName } from '../names.ts';
import type { Show } from '../shown.ts';
import { definitions, type Section, section, wideTable } from './section.ts';

export function provenanceSection(report: Report, show: Show): Section {
  const { dataset, provenance, request, command } = report;
  const text = (place: string, value: string) => html`<code data-field="${place}">${value}</code>`;
  const body = html`
<h3>The command</h3>
<pre class="command" tabindex="0" aria-label="Command"><code data-field="command">${command}</code></pre>
<h3>What went in</h3>
${definitions([
  ['Table', text('dataset.uri', dataset.uri)],
  ['Version', dataset.versionId === undefined ? null : text('dataset.versionId', dataset.versionId)],
  ['Size', html`${show('dataset.bytes', count)} bytes`],
  ['SHA-256', text('dataset.sha256', dataset.sha256)],
  [
    'Label',
    html`${dataName(report.target.column)}: minority ${dataName(report.target.minority)}, majority ${dataName(report.target.majority)}`,
  ],
  ['Seed', html`<code>${show('provenance.seed', String)}</code>`],
  ['Run', text('execution', report.execution)],
  ['Counterpoise', text('counterpoise', report.counterpoise)],
])}
<h3>Where synthetic rows come from</h3>
${
  provenance.rows === 0
    ? html`<p>The published training set holds no synthetic rows.</p>`
    : html`${definitions([
        ['Generator', provenance.generator],
        ['Synthetic rows', show('provenance.rows', count)],
        ['Reconstruction loss', show('provenance.reconstructionLoss', decimals(4))],
        ['Row by row', provenance.file === null ? null : text('provenance.file', provenance.file)],
      ])}
<p>Each of them can be traced: its generator, noise seed and index, the discriminator’s score, the observed rows closest to it, and its place in or out of the domain.</p>`
}
${columnsTable(report.columns, show)}
<details><summary>The request in full, with every default</summary><pre tabindex="0" aria-label="Request"><code>${JSON.stringify(request, null, 2)}</code></pre></details>`;
  const lead =
    'The same table, command and version give the same bytes, on any machine. All numbers on this page are in report.json, which lies beside it.';
  return section('provenance', 'How to get this again', lead, body);
}

function columnsTable(columns: Report['columns'], show: Show): Markup {
  const rows = columns.map(
    ({ name, type, role, treatment }, i) =>
      html`<tr><th scope="row">${dataName(name)}</th><td>${type}</td><td>${role}</td><td>${show(`columns.${i}.missing`, count)}</td><td>${show(`columns.${i}.distinct`, count)}</td><td class="words">${treatment}</td></tr>`,
  );
  const heads = ['Column', 'Type', 'Role', 'Missing', 'Distinct', 'Treatment'];
  const table = html`<table><caption class="hidden">Columns and their treatment</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`;
  return html`<details><summary>How each of the ${count(columns.length)} columns was treated</summary>${wideTable('Columns', table)}</details>`;
}
