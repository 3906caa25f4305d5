import type { Report } from '../../../../contracts/report.ts';
import { distributionChart } from '../charts/distribution-chart.ts';
import { decimals, percent } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { type ColumnType, valueText } from '../moments.ts';
import { dataName } from '../names.ts';
import type { Show } from '../shown.ts';
import { projection } from './projection.ts';
import { type Section, section, wideTable } from './section.ts';

const TITLE = 'Synthetic rows beside observed ones';
/** Columns that are drawn; the others are in the table. */
const MOST_DRAWN = 24;

export async function syntheticRowsSection(report: Report, show: Show): Promise<Section> {
  const { distributions, provenance } = report;
  if (distributions.length === 0) {
    const lead = 'What this run publishes holds no synthetic rows: there is nothing to set beside the observed ones.';
    return section('synthetic', TITLE, lead, projection(report, show));
  }
  const places = distributions
    .map((_, i) => i)
    .toSorted((a, b) => (distributions[b].distance ?? -1) - (distributions[a].distance ?? -1));
  const drawn = await Promise.all(places.slice(0, MOST_DRAWN).map((i) => panel(report, i, show)));
  const body = html`
<p class="protocol">${quality(provenance, show)}</p>
<h3>Column by column</h3>
<ul class="legend"><li><span class="key minority soft"></span> observed minority</li><li><span class="key synthetic outline"></span> synthetic</li></ul>
<div class="panels">${drawn}</div>
${distancesTable(distributions, places, show)}
${projection(report, show)}`;
  const lead =
    'Good synthetic rows fill the columns as observed minority rows do. The columns that differ most come first; a distance of 0 is no difference, of 1 no overlap.';
  return section('synthetic', TITLE, lead, body);
}

function quality({ discriminability, duplicateShare }: Report['provenance'], show: Show): Markup {
  return html`${
    discriminability !== null &&
    html`A learner of this run’s kind, asked to tell synthetic from observed minority rows, reaches a ROC-AUC of ${show('provenance.discriminability', decimals(3))}: 0.5 is guessing, 1 is never wrong. `
  }${
    duplicateShare !== null &&
    html`${show('provenance.duplicateShare', percent)} of the synthetic rows repeat an observed one exactly.`
  }`;
}

async function panel({ distributions, columns }: Report, index: number, show: Show): Promise<Markup> {
  const distribution = distributions[index];
  const type = columns.find(({ name }) => name === distribution.name)?.type ?? 'number';
  const words = inWords(distribution, type);
  const chart = words ? html`<p class="quiet">${words}</p>` : await distributionChart(distribution, type);
  return html`<figure class="small"><figcaption><b>${dataName(distribution.name)}</b> <span class="quiet">distance ${show(`distributions.${index}.distance`, decimals(3))}</span></figcaption>${chart}</figure>`;
}

/** Of a column that there is nothing to draw of. */
function inWords(distribution: Report['distributions'][number], type: ColumnType): string | null {
  if (distribution.observed.length === 0) return 'no values';
  if (distribution.kind === 'categorical') return null;
  const [low, high] = [distribution.edges[0], distribution.edges.at(-1)];
  return low === high ? `always ${valueText(low, type)}` : null;
}

function distancesTable(distributions: Report['distributions'], places: readonly number[], show: Show): Markup {
  const rows = places.map((i) => {
    const { name, kind } = distributions[i];
    const measure = kind === 'numeric' ? 'Kolmogorov–Smirnov' : 'total variation';
    return html`<tr><th scope="row">${dataName(name)}</th><td>${kind}</td><td>${measure}</td><td>${show(`distributions.${i}.distance`, decimals(4))}</td></tr>`;
  });
  const table = html`<table><caption class="hidden">Distance of synthetic from observed minority rows by column</caption>
<thead><tr><th scope="col">Column</th><th scope="col">Kind</th><th scope="col">Measure</th><th scope="col">Distance</th></tr></thead><tbody>${rows}</tbody></table>`;
  return html`<details><summary>Distances of all columns</summary>${wideTable('Distances by column', table)}</details>`;
}
