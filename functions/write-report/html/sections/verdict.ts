import type { Report } from '../../../../contracts/report.ts';
import { count, decimals, percent } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { dataName, fileName } from '../names.ts';
import type { Show } from '../shown.ts';

/** Characters from which on a headline is set smaller: one with its figures has about 150, and is to leave the figures room. */
const LONG_HEADLINE = 90;

/** The first screen: what is to be done, what it rests on, and what the published model does on the test rows. */
export function verdictHeader(report: Report, show: Show): Markup {
  const { verdict, dataset, target, request } = report;
  return html`<header class="verdict${verdict.headline.length > LONG_HEADLINE && ' long'}">
<p class="eyebrow"><span>Counterpoise report</span> ${dataName(fileName(dataset.uri))}</p>
<h1 data-field="verdict.headline">${verdict.headline}</h1>
${verdict.reasons.length > 0 && html`<ul class="reasons">${verdict.reasons.map((reason, i) => html`<li data-field="verdict.reasons.${i}">${reason}</li>`)}</ul>`}
<dl class="badges">
<div><dt>Recommended</dt><dd>${recommended(report)}</dd></div>
<div><dt>Published by this run</dt><dd>${published(report)}</dd></div>
<div><dt>Learner</dt><dd>${request.learner.type}</dd></div>
<div><dt>Looked for</dt><dd>${dataName(target.column)} = ${dataName(target.minority)}</dd></div>
</dl>
${beforeAndAfter(report, show)}
</header>`;
}

function recommended({ verdict, comparison }: Report): Markup | string {
  if (comparison === null) return 'Not known';
  if (verdict.prefer === null) return 'Leave the data as they are';
  return comparison?.strategies.find(({ id }) => id === verdict.prefer)?.label ?? verdict.prefer;
}

function published({ comparison, test }: Report): string {
  const strategy = comparison?.strategies.find(({ id }) => id === comparison.published);
  return strategy?.label ?? test.results.find(({ id }) => id === test.published)?.label ?? test.published;
}

/** The published model beside the learner on the rows as they are: the four numbers that most decisions rest on. */
function beforeAndAfter({ test }: Report, show: Show): Markup | null {
  const before = test.results.findIndex(({ id }) => id === 'observed');
  const after = test.results.findIndex(({ id }) => id === test.published);
  if (before < 0 || after < 0) return null;
  const columns = before === after ? [after] : [before, after];
  const tile = (title: string, place: string, format: typeof count, note: Markup | string) => {
    const values = columns.map((i) => show(`test.results.${i}.${place}`, format));
    const [first, second] = values;
    return html`<div class="tile"><dt>${title}</dt><dd class="figures">${
      second
        ? html`<span class="was">${first}</span> <span class="arrow" aria-label="became">→</span> <b>${second}</b>`
        : html`<b>${first}</b>`
    }</dd><dd class="note">${note}</dd></div>`;
  };
  return html`<div class="tiles-block">
<p class="tiles-title">On ${count(test.rows.majority + test.rows.minority)} test rows that nothing was fitted to: ${
    before === after ? 'the published model' : 'the learner on the data as they are, then the published model'
  }</p>
<dl class="tiles">
${tile('Minority rows found', 'counts.truePositives', count, html`of ${show('test.rows.minority', count)}`)}
${tile('False alarms', 'counts.falsePositives', count, html`among ${show('test.rows.majority', count)} majority rows`)}
${tile('Precision', 'metrics.precision.estimate', percent, 'of the rows called minority are')}
${tile('MCC', 'metrics.mcc.estimate', decimals(3), '0 is chance, 1 is perfect')}
</dl></div>`;
}
