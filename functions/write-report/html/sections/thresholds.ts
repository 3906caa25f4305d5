import type { Report } from '../../../../contracts/report.ts';
import { operatingChart } from '../charts/operating-chart.ts';
import { seriesStyle, swatch } from '../charts/series.ts';
import { closestPoint, type ExplorerPoint, explorerPoints } from '../explorer-points.ts';
import { commonDigits, count, decimals, percent, significant, UNDEFINED } from '../format.ts';
import { html, type Markup, scriptJson } from '../html.ts';
import { figure, type Section, section } from './section.ts';

const TITLE = 'Where to put the threshold';
const CURVES = [
  { field: 'precision', label: 'Precision', style: 1 },
  { field: 'recall', label: 'Recall', style: 2 },
  { field: 'f1', label: 'F1', style: 0 },
] as const;
const VALUE_STYLE = 3;

/** A threshold that a rule chose, at its place on the slider. */
interface Choice {
  readonly letter: string;
  readonly label: string;
  readonly threshold: number | null;
  readonly index: number;
}

export async function thresholdsSection(report: Report): Promise<Section> {
  const points = explorerPoints(report);
  if (points.length === 0) return section('thresholds', TITLE, 'This report holds no operating points.', html``);
  const start = closestPoint(points, report.thresholds.chosen);
  const choices = report.thresholds.byRule.map(({ label, threshold }, i) => ({
    letter: String.fromCharCode(65 + (i % 26)),
    label,
    threshold,
    index: threshold === null ? -1 : closestPoint(points, threshold),
  }));
  const explorer = { points, texts: points.map(pointTexts(points, report.test.rows)), choices, start };
  const { texts } = explorer;
  const valued = report.thresholds.benefit !== null;
  const body = html`
<div class="explorer">
<div>${await ratesChart(explorer)}
${slider(explorer)}</div>
<div class="consequences">${readings(texts[start], valued)}${valued && (await valueChart(explorer))}</div>
${rules(explorer)}
</div>
<script type="application/json" id="operating-points">${scriptJson({ fields: Object.keys(texts[0]), points: texts.map((text) => Object.values(text)) })}</script>`;
  const lead =
    'The published model calls a row minority where its score reaches the threshold. Move it, and see on the test rows what that does. The marked thresholds were chosen on validation folds; choosing one here, by what the test rows show, would make them worthless as a test.';
  return section('thresholds', TITLE, lead, body);
}

type PointTexts = Readonly<Record<string, string>>;

/** The points that the slider moves through, what is shown at each, and where it stands at first. */
interface Explorer {
  readonly points: readonly ExplorerPoint[];
  readonly texts: readonly PointTexts[];
  readonly choices: readonly Choice[];
  readonly start: number;
}

/** Everything that the explorer shows at a point, as text, so that the page computes nothing. */
function pointTexts(points: readonly ExplorerPoint[], rows: Report['test']['rows']) {
  const value = decimals(commonDigits(points.map(({ expectedValue }) => expectedValue)));
  const orUndefined = (format: (value: number) => string, number: number | null) =>
    number === null ? UNDEFINED : format(number);
  const width = (part: number, whole: number) => String(whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10);
  return (point: ExplorerPoint): PointTexts => ({
    threshold: significant(3)(point.threshold),
    probability: percent(point.probability),
    truePositives: count(point.truePositives),
    falseNegatives: count(point.falseNegatives),
    falsePositives: count(point.falsePositives),
    trueNegatives: count(point.trueNegatives),
    called: count(point.truePositives + point.falsePositives),
    precision: orUndefined(percent, point.precision),
    recall: orUndefined(percent, point.recall),
    f1: orUndefined(decimals(3), point.f1),
    mcc: orUndefined(decimals(3), point.mcc),
    expectedValue: orUndefined(value, point.expectedValue),
    foundBar: width(point.truePositives, rows.minority),
    alarmBar: width(point.falsePositives, rows.majority),
    rightBar: width(point.truePositives, point.truePositives + point.falsePositives),
  });
}

/** Precision, recall and F1, which all lie between 0 and 1, by threshold. */
async function ratesChart({ points, choices, start }: Explorer): Promise<Markup> {
  const thresholds = points.map(({ threshold }) => significant(2)(threshold));
  const curves = CURVES.map(({ field, style }) => ({ values: points.map((point) => point[field]), style }));
  const axis = { title: '', shares: true };
  const label = 'Precision, recall and F1 by threshold.';
  const chart = await operatingChart(thresholds, curves, met(choices), start, axis, label);
  const entries = CURVES.map(
    ({ label, style }) => html`<li>${swatch(seriesStyle(style), { point: false })} ${label}</li>`,
  );
  return html`<ul class="legend">${entries}</ul>${figure(chart, null)}`;
}

async function valueChart({ points, choices, start }: Explorer): Promise<Markup> {
  const thresholds = points.map(({ threshold }) => significant(2)(threshold));
  const curves = [{ values: points.map(({ expectedValue }) => expectedValue), style: VALUE_STYLE }];
  const axis = { title: 'expected value of a row', shares: false };
  const label = 'Expected value of a row by threshold.';
  return figure(await operatingChart(thresholds, curves, met(choices), start, axis, label), null);
}

function met(choices: readonly Choice[]): readonly Choice[] {
  return choices.filter(({ threshold }) => threshold !== null);
}

function slider({ points, texts, start }: Explorer): Markup {
  return html`<div class="controls">
<label for="threshold">Threshold <output for="threshold" data-point="threshold">${texts[start].threshold}</output></label>
<input type="range" id="threshold" min="0" max="${points.length - 1}" step="1" value="${start}" aria-valuetext="threshold ${texts[start].threshold}">
<p class="ends"><span>← more rows called minority</span><span>fewer →</span></p>
<p class="hidden" id="threshold-news" role="status" aria-live="polite"></p>
</div>`;
}

function rules({ texts, choices, start }: Explorer): Markup {
  const jump = (index: number, label: Markup | string) =>
    html`<li><button type="button" data-jump="${index}" aria-pressed="${String(index === start)}">${label} <span class="quiet">${texts[index].threshold}</span></button></li>`;
  const entries = choices.map(({ letter, label, threshold, index }) =>
    threshold === null
      ? html`<li><span class="unmet"><b>${letter}</b> ${label}: no threshold does</span></li>`
      : jump(index, html`<b>${letter}</b> ${label}`),
  );
  return html`<div class="controls rules">
<h3>Chosen on validation folds</h3>
<ul>${jump(start, 'As published')}${entries}</ul>
<p>The letters mark these thresholds in the charts. Steps go from one score to the next, so that the axis is not even.</p>
</div>`;
}

function readings(text: PointTexts, valued: boolean): Markup {
  const cell = (field: string) => html`<b data-point="${field}">${text[field]}</b>`;
  const bar = (field: string) =>
    html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="fill" data-bar="${field}" width="${text[field]}" height="6"/></svg>`;
  const reading = (label: string, field: string, extra: Markup | null = null) =>
    html`<div><dt>${label}</dt><dd>${cell(field)}${extra}</dd></div>`;
  return html`<table class="confusion"><caption>Confusion counts on the test rows</caption>
<thead><tr><td></td><th scope="col">called minority</th><th scope="col">called majority</th></tr></thead>
<tbody><tr><th scope="row">is minority</th><td class="right">${cell('truePositives')}<small>found</small></td><td class="wrong">${cell('falseNegatives')}<small>missed</small></td></tr>
<tr><th scope="row">is majority</th><td class="wrong">${cell('falsePositives')}<small>false alarms</small></td><td class="right">${cell('trueNegatives')}<small>left in peace</small></td></tr></tbody></table>
<dl class="readings">
${reading('Recall', 'recall', bar('foundBar'))}
${reading('Precision', 'precision', bar('rightBar'))}
${reading('F1', 'f1')}
${reading('MCC', 'mcc')}
${reading('Rows called minority', 'called')}
${reading('Calibrated probability at the threshold', 'probability')}
${valued && reading('Expected value of a row', 'expectedValue')}
</dl>${!valued && costOfErrors(text)}`;
}

/** Where the request names no costs: what the errors cost, for costs to try. As printed, every error costs the same. */
function costOfErrors({ falseNegatives, falsePositives }: PointTexts): Markup {
  const errors = [falseNegatives, falsePositives].reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0);
  return html`<div class="costs">
<p><label for="miss-cost">If a missed row costs as much as</label> <input type="number" id="miss-cost" min="0" step="any" value="1" inputmode="decimal"> false alarms, all errors cost as much as <output for="threshold miss-cost" id="cost">${count(errors)}</output> of them.</p>
<p class="note">With <code>--cost-false-positive</code> and <code>--cost-false-negative</code> a run marks the threshold of the lowest cost, chosen on validation folds, and compares cost weights.</p>
</div>`;
}
