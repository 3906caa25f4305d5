import type { Report } from '../../../../contracts/report.ts';
import { count, percent } from '../format.ts';
import { html, type Markup } from '../html.ts';
import type { Show } from '../shown.ts';
import { type Section, section } from './section.ts';

const METHODS: Readonly<Record<Report['domain']['method'], string>> = {
  'nearest-neighbours': 'the distance to their nearest observed training rows',
  'standardized-distance': 'their standardized distance from the observed training rows',
  'isolation-forest': 'an isolation forest of the observed training rows',
  'one-class-svm': 'a one-class SVM of the observed training rows',
};

export function domainSection(report: Report, show: Show): Section {
  const { domain } = report;
  const { rows, outside } = domain.synthetic;
  const shares = [
    ['observed', 'of all observed training rows'],
    ['undersampled', 'of the rows that under-sampling leaves'],
    ['published', 'of the rows that the published model trained on'],
  ] as const;
  const body = html`
<h3>Test rows inside the domain</h3>
<ul class="shares">${shares.map(([which, label]) => html`<li><span>${label}</span>${bar(domain.testInside[which])}<b>${show(`domain.testInside.${which}`, percent)}</b></li>`)}</ul>
<p>The less of the test rows lie inside, the more of what the model will meet is unlike anything it was shown.</p>
<h3>Synthetic rows outside of it</h3>
<p>${
    rows === 0
      ? 'There are no synthetic rows.'
      : html`${show('domain.synthetic.outside', count)} of ${show('domain.synthetic.rows', count)} synthetic rows (${percent(outside / rows)}) lie outside the domain of the observed rows. They are flagged <code>in_domain=false</code>, and deserve less trust.`
  }</p>`;
  const lead = html`A model may be believed about rows like those it learned from. Rows are judged by ${METHODS[domain.method]}; the boundary holds ${show('domain.coverage', percent)} of those.`;
  return section('domain', 'Where the model is at home', lead, body);
}

function bar(share: number): Markup {
  const width = Math.round(1000 * share) / 10;
  return html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="fill" width="${width}" height="6"/></svg>`;
}
