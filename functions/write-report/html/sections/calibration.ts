import type { Report } from '../../../../contracts/report.ts';
import { CALIBRATIONS } from '../../../../core/evaluation/calibration/calibrations.ts';
import { reliabilityChart } from '../charts/reliability-chart.ts';
import { seriesStyle, swatch } from '../charts/series.ts';
import { decimals } from '../format.ts';
import { html, type Markup } from '../html.ts';
import type { Show } from '../shown.ts';
import { figure, type Section, section, wideTable } from './section.ts';

type Calibration = NonNullable<Report['calibration']>;

const TITLE = 'Can the probabilities be trusted?';
const LABELS: Readonly<Record<Calibration['used'], string>> = {
  none: 'As the learner gives them',
  'prior-corrected': 'Corrected for the shifted base rate',
  platt: 'Platt scaling',
  isotonic: 'Isotonic regression',
};
const NOT_COMPARED =
  'Nothing was compared, so there are no held-out scores to calibrate on: the published model’s probabilities are corrected for the shifted base rate alone.';
const BEFORE_STYLE = 1;
const AFTER_STYLE = 2;

export async function calibrationSection({ calibration }: Report, show: Show): Promise<Section> {
  if (calibration === null) {
    return section('calibration', TITLE, NOT_COMPARED, html``);
  }
  const { used, test } = calibration;
  const series = [{ bins: test.none.bins, style: BEFORE_STYLE }];
  if (used !== 'none') series.push({ bins: test[used].bins, style: AFTER_STYLE });
  const chart = await reliabilityChart(series);
  const body = html`
<ul class="legend"><li>${swatch(seriesStyle(BEFORE_STYLE))} as the learner gives them</li>${
    series.length > 1 && html`<li>${swatch(seriesStyle(AFTER_STYLE))} after: ${LABELS[used]}</li>`
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
  const rows = CALIBRATIONS.map(
    (
      name,
    ) => html`<tr><th scope="row">${LABELS[name]} ${name === used && html`<span class="badge">published</span>`}</th>
<td>${show(`calibration.test.${name}.expectedCalibrationError`, decimals(4))}</td>
<td>${show(`calibration.test.${name}.brier`, decimals(4))}</td>
<td>${show(`calibration.test.${name}.logLoss`, decimals(4))}</td></tr>`,
  );
  return html`<table><caption class="hidden">Calibration errors on the test rows</caption>
<thead><tr><th scope="col">Probabilities</th><th scope="col">Expected calibration error</th><th scope="col">Brier score</th><th scope="col">Log loss</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}
