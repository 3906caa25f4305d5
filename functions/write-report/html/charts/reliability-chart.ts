import type { Report } from '../../../../contracts/report.ts';
import type { Markup } from '../html.ts';
import { drawChart, type Frame } from './chart.ts';
import { type Encoding, guideLayer, lineLayer, pointLayer, sharePosition } from './layers.ts';
import { seriesStyle } from './series.ts';

type Bins = NonNullable<Report['calibration']>['test']['none']['bins'];

const FRAME: Frame = { width: 310, height: 260, padding: { left: 46, right: 14, top: 30, bottom: 44 } };

/** Observed share by predicted probability: on the diagonal, probabilities are true. A point's area grows with its rows. */
export function reliabilityChart(series: readonly { readonly bins: Bins; readonly style: number }[]): Promise<Markup> {
  const x = sharePosition('meanPredicted', 'predicted probability');
  const y = sharePosition('observedShare', 'share that is of the minority');
  const most = Math.max(1, ...series.flatMap(({ bins }) => bins.map(({ rows }) => rows)));
  const size: Encoding['size'] = {
    field: 'rows',
    type: 'quantitative',
    legend: null,
    scale: { domain: [0, most], range: [14, 220] },
  };
  const diagonal = [0, 1].map((share) => ({ meanPredicted: share, observedShare: share }));
  const layers = [
    guideLayer(diagonal, x, y),
    ...series.flatMap(({ bins, style }) => [
      lineLayer(bins, x, y, seriesStyle(style)),
      pointLayer(bins, x, y, seriesStyle(style), size),
    ]),
  ];
  return drawChart(FRAME, layers, 'Observed share of the minority by predicted probability, on the test rows.');
}
