import type { Report } from '../../../../contracts/report.ts';
import { reliabilityChart } from '../charts/reliability-chart.ts';
import { seriesStyle, swatch } from '../charts/series.ts';
import { decimals } from '../format.ts';
import { html, type Markup } from '../html.ts';
import type { Show } from '../shown.ts';
import { figure, type Section, section, wideTable } from './section.ts';

type Calibration = NonNullable<Report['calibration']>;
type Way = keyof Calibration['test'];

const TITLE = 'Can the probabilities be trusted?';
const WAYS: readonly { readonly way: Way; readonly used: Calibration['used']; readonly label: string }[] = [
  { way: 'uncalibrated', used: 'none', label: 'As the learner gives them' },
  { way: 'priorCorrected', used: 'prior-corrected', label: 'Corrected for the shifted base rate' },
  { way: 'platt', used: 'platt', label: 'Platt scaling' },
  { way: 'isotonic', used: 'isotonic', label: 'Isotonic regression' },
];
const NOT_COMPARED =
  'Nothing was compared, so there are no held-out scores to calibrate on: the published model’s probabilities are corrected for the shifted base rate alone.';
const BEFORE_STYLE = 1;
const AFTER_STYLE = 2;

export async function calibrationSection({ calibration }: Report, show: Show): Promise<Section> {
  if (calibration === null) {
    return section('calibration', TITLE, NOT_COMPARED, html``);
  }
  const after = WAYS.find(({ used }) => used === calibration.used);
  const series = [{ bins: calibration.test.uncalibrated.bins, style: BEFORE_STYLE }];
  if (after && after.used !== 'none') series.push({ bins: calibration.test[after.way].bins, style: AFTER_STYLE });
  const chart = await reliabilityChart(series);
  const body = html`
<ul class="legend"><li>${swatch(seriesStyle(BEFORE_STYLE))} as the learner gives them</li>${
    series.length > 1 && html`<li>${swatch(seriesStyle(AFTER_STYLE))} after: ${after?.label ?? ''}</li>`
  }<li>${swatch({ colour: 'var(--muted)', dash: [1, 3], shape: 'circle' }, { point: false })} true probabilities</li></ul>
<div class="pair">
${figure(chart, 'Below the diagonal, the minority is promised more often than it comes: the mark of resampling. Larger points stand for more rows.')}
<div class="aside">${wideTable('Calibration errors', errorsTable(calibration, show))}
<p>The expected calibration error is the mean gap between promise and outcome, over ten bins by the rows in them. The Brier score is the mean squared error of the probabilities, the log loss their mean negative log-likelihood. All are better when lower, and all are of the test rows; what calibrates was fitted on validation folds. Those marked “published” are what the published model gives. Brier scores and log losses in all other tables are of probabilities as the learner gives them.</p></div>
</div>`;
  const lead =
    'A model that trained on rebalanced rows believes the minority to be more frequent than it is. Calibration puts that right without changing the ranking of rows much, or at all.';
  return section('calibration', TITLE, lead, body);
}

function errorsTable({ used }: Calibration, show: Show): Markup {
  const rows = WAYS.map(
    (
      way,
    ) => html`<tr><th scope="row">${way.label} ${way.used === used && html`<span class="badge">published</span>`}</th>
<td>${show(`calibration.test.${way.way}.expectedCalibrationError`, decimals(4))}</td>
<td>${show(`calibration.test.${way.way}.brier`, decimals(4))}</td>
<td>${show(`calibration.test.${way.way}.logLoss`, decimals(4))}</td></tr>`,
  );
  return html`<table><caption class="hidden">Calibration errors on the test rows</caption>
<thead><tr><th scope="col">Probabilities</th><th scope="col">Expected calibration error</th><th scope="col">Brier score</th><th scope="col">Log loss</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}
