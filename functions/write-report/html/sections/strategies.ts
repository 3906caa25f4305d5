import type { Comparison } from '../../../../contracts/comparison.ts';
import type { Report } from '../../../../contracts/report.ts';
import { guessName } from '../../../../core/comparison/about-guess.ts';
import type { MetricName } from '../../../../core/evaluation/metric-names.ts';
import { METRICS } from '../../../../core/evaluation/metrics.ts';
import { intervalGraphic } from '../charts/interval-graphic.ts';
import { type TradeOff, tradeOffChart } from '../charts/trade-off-chart.ts';
import { count, decimals } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { differenceFormat, metricFormat } from '../metric-words.ts';
import { dataName } from '../names.ts';
import { type Show, shownInterval } from '../shown.ts';
import { fullMetricsTable, sortHead } from './metrics-table.ts';
import { figure, type Section, section, wideTable } from './section.ts';

const TITLE = 'The alternatives, side by side';
const TRADE_OFF_CAPTION =
  'Each strategy by its number in the table; the best is filled, and a number beside a point is a strategy that would lie under it. To the upper left is better. Points along one arc are much the same model at another operating point.';
const BESIDE: readonly MetricName[] = ['mcc', 'recall', 'precision', 'pr-auc'];

export async function strategiesSection(report: Report, show: Show): Promise<Section> {
  const { comparison } = report;
  if (comparison === null) {
    const why =
      report.request.evaluation.strategies.length === 0
        ? 'This run was asked to compare nothing.'
        : 'The training rows are too few to be dealt into folds, so nothing is compared.';
    const lead = `${why} What rebalancing did is told by the test rows below.`;
    return section('strategies', TITLE, lead, html``);
  }
  const points = tradeOffs(comparison);
  const chart = points.length > 0 && figure(await tradeOffChart(points), TRADE_OFF_CAPTION);
  const label = METRICS[comparison.metric].label;
  const body = html`
<p class="protocol">${protocol(comparison, show)}</p>
${wideTable('Strategies compared', strategiesTable(comparison, report.verdict.prefer, show))}
<div class="pair">
${chart}
<div class="aside"><h3>How to read the table</h3>
<p>The dot is the ${label}, the line its interval, the thin upright line what doing nothing gives. “Change” is taken fold by fold against doing nothing, on the same rows; <b class="better">▲</b> and <b class="worse">▼</b> mark changes whose interval leaves out zero.</p>
<p>“Recall at equal false alarms” moves every strategy’s threshold to the false-positive rate of plain under-sampling at 1:1. What is left of a gain there is a better model, and not just a bolder one.</p></div>
</div>
${fullMetricsTable('comparison.strategies', comparison.strategies, 'All metrics of all strategies', show)}
${trainedOnTable(comparison, show)}`;
  const lead =
    'The same learner on the same folds, each time with another answer to the imbalance. Every row was scored by a model that had never seen it, resampled or not.';
  return section('strategies', TITLE, lead, body);
}

function protocol({ protocol: asked, metric, strategies, noSkill }: Comparison, show: Show): Markup {
  const { kind, column, repeats, rows, ofRows } = asked;
  const of = (place: string) => show(`comparison.protocol.${place}`, count);
  const by = column === null ? '' : html` by ${dataName(column)}`;
  const format = metricFormat(
    metric,
    strategies.map(({ metrics }) => metrics[metric]),
  );
  const guessed = noSkill && html`, of which ${guessName(noSkill)} has ${show('comparison.noSkill.value', format)}`;
  const all = rows.majority + rows.minority === ofRows.majority + ofRows.minority;
  return html`${of('folds')} ${kind} folds${by}${repeats > 1 && html`, dealt ${of('repeats')} times`}, of ${of('rows.majority')} majority and ${of('rows.minority')} minority training rows${
    !all && html` (a sample of ${of('ofRows.majority')} and ${of('ofRows.minority')})`
  }. The best is chosen by ${METRICS[metric].label}${guessed}. <span data-field="comparison.protocol.intervals">${asked.intervals}</span>`;
}

function strategiesTable(comparison: Comparison, prefer: string | null, show: Show): Markup {
  const { metric, strategies } = comparison;
  const own = strategies.map(({ metrics }) => metrics[metric]);
  const none = strategies.find(({ type }) => type === 'none')?.metrics[metric].estimate ?? null;
  const draw = intervalGraphic(own, none);
  const format = metricFormat(metric, own);
  const beside = BESIDE.filter((name) => name !== metric);
  const rows = strategies.map((strategy, i) => {
    const place = `comparison.strategies.${i}`;
    const badges = [
      strategy.id === comparison.best && html`<span class="badge best">best</span>`,
      strategy.id === prefer && html`<span class="badge preferred">recommended</span>`,
      strategy.id === comparison.published && html`<span class="badge">published</span>`,
    ];
    return html`<tr${strategy.id === comparison.best && html` class="best-row"`}>
<th scope="row"><span class="number">${i + 1}</span> ${strategy.label} ${badges}</th>
<td class="graphic">${draw(strategy.metrics[metric])}</td>
<td>${shownInterval(show, `${place}.metrics.${metric}`, format, strategy.metrics[metric])}</td>
<td>${change(strategy, metric, place, show)}</td>
${beside.map((name) => html`<td>${show(`${place}.metrics.${name}.estimate`, decimals(3))}</td>`)}
<td>${show(`${place}.counts.truePositives`, count)}</td>
<td>${show(`${place}.counts.falsePositives`, count)}</td>
<td>${shownInterval(show, `${place}.recallAtMatchedFpr`, decimals(3), strategy.recallAtMatchedFpr)}</td></tr>`;
  });
  const heads = [
    METRICS[metric].label,
    'Change',
    ...beside.map((name) => METRICS[name].label),
    'Found',
    'False alarms',
    'Recall at equal false alarms',
  ];
  return html`<table class="sortable strategies"><caption class="hidden">Strategies on the held-out rows of all folds</caption>
<thead><tr>${sortHead('Strategy')}<td class="graphic"></td>${heads.map(sortHead)}</tr></thead>
<tbody>${rows}</tbody></table>`;
}

function change(strategy: Comparison['strategies'][number], metric: MetricName, place: string, show: Show): Markup {
  const difference = strategy.differences[metric];
  if (strategy.type === 'none') return html`<span class="quiet">the reference</span>`;
  const format = differenceFormat(metric, [strategy.metrics[metric]]);
  const { low, high } = difference;
  const apart = low !== null && high !== null && (low > 0 || high < 0);
  const better = apart && low > 0 === METRICS[metric].higherIsBetter;
  return html`${apart && (better ? html`<b class="better" title="better">▲</b> ` : html`<b class="worse" title="worse">▼</b> `)}${shownInterval(show, `${place}.differences.${metric}`, format, difference)}`;
}

/** How many rows each strategy learned from: what resampling leaves, and what it adds. */
function trainedOnTable({ strategies }: Comparison, show: Show): Markup {
  const counts = ['majority', 'minority', 'synthetic'] as const;
  const rows = strategies.map(
    ({ label }, i) =>
      html`<tr><th scope="row">${label}</th>${counts.map((name) => html`<td>${show(`comparison.strategies.${i}.trainedOn.${name}`, count)}</td>`)}</tr>`,
  );
  const title = 'What each strategy was trained on';
  const table = html`<table class="sortable"><caption class="hidden">${title}, mean rows over the folds</caption>
<thead><tr>${['Strategy', 'Majority', 'Minority', 'Synthetic'].map(sortHead)}</tr></thead><tbody>${rows}</tbody></table>`;
  return html`<details><summary>${title}</summary>${wideTable(title, table)}</details>`;
}

function tradeOffs({ strategies, best }: Comparison): TradeOff[] {
  return strategies.flatMap(({ id, metrics }, i) => {
    const { recall, specificity } = metrics;
    if (recall.estimate === null || specificity.estimate === null) return [];
    const falsePositiveRate = 1 - specificity.estimate;
    return [{ number: i + 1, falsePositiveRate, recall: recall.estimate, highlighted: id === best }];
  });
}
