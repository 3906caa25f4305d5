import { html, type Markup } from '../html.ts';
import { drawChart, type Frame } from './chart.ts';
import { INK, lineLayer, PLAIN_LABELS, type Position, sharePosition } from './layers.ts';
import { seriesStyle } from './series.ts';

/** A curve over the operating points; null where it is not defined. */
export interface OperatingCurve {
  readonly values: readonly (number | null)[];
  readonly style: number;
}

/** A point that a rule chose. */
export interface OperatingMark {
  readonly index: number;
  readonly letter: string;
}

const FRAME: Frame = { width: 330, height: 200, padding: { left: 46, right: 14, top: 46, bottom: 44 } };
/** In pixels, with the space beside it; letters that would touch go into two rows. */
const LETTER_WIDTH = 9;
const TICKS = 5;

/**
 * Curves by threshold, one step per operating point (thresholds crowd where scores do: an axis of thresholds would show
 * little more than its ends), the rules' points by letter, and the line that the slider moves.
 *
 * @param thresholds as shown, in the order of the points
 * @param axis of the curves: shares, or an axis of their own
 */
export function operatingChart(
  thresholds: readonly string[],
  curves: readonly OperatingCurve[],
  marks: readonly OperatingMark[],
  start: number,
  axis: { readonly title: string; readonly shares: boolean },
  label: string,
): Promise<Markup> {
  const last = Math.max(1, thresholds.length - 1);
  const xOf = (index: number) => Math.round((10 * FRAME.width * index) / last) / 10;
  const ticks = [...new Set(Array.from({ length: TICKS }, (_, i) => Math.round((i * last) / (TICKS - 1))))];
  const x: Position = {
    field: 'index',
    type: 'quantitative',
    title: 'threshold',
    scale: { domain: [0, last], nice: false },
    axis: {
      values: ticks,
      grid: false,
      labelExpr: `${JSON.stringify(thresholds)}[datum.value]`,
      labelFlush: true,
      labelOverlap: false,
    },
  };
  const values: Position = {
    field: 'value',
    type: 'quantitative',
    title: axis.title,
    scale: { zero: false },
    axis: { tickCount: 5, labelExpr: PLAIN_LABELS },
  };
  const y = axis.shares ? sharePosition('value', axis.title) : values;
  const layers = curves.map((curve) => {
    const defined = curve.values.map((value, index) => ({ index, value })).filter(({ value }) => value !== null);
    return lineLayer(defined, x, y, seriesStyle(curve.style));
  });
  return drawChart(FRAME, layers, label, overlay(marks, start, xOf));
}

function overlay(marks: readonly OperatingMark[], start: number, xOf: (index: number) => number): Markup {
  const byIndex = Map.groupBy(marks, ({ index }) => index);
  const indexes = [...byIndex.keys()].sort((a, b) => a - b);
  const ends = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const lines = indexes.map((index) => {
    const letters = (byIndex.get(index) ?? []).map(({ letter }) => letter).join(' ');
    const x = xOf(index);
    const half = (letters.length * LETTER_WIDTH) / 2;
    const row = x - half >= ends[0] ? 0 : 1;
    ends[row] = x + half;
    return html`<path d="M${x},${-4 - 12 * row}V${FRAME.height}" stroke="${INK.strong}" stroke-dasharray="2 3"/><text x="${x}" y="${-7 - 12 * row}" text-anchor="middle" font-size="11" fill="${INK.muted}">${letters}</text>`;
  });
  return html`${lines}<path class="cursor" data-width="${FRAME.width}" data-start="${xOf(start)}" d="M${xOf(start)},0V${FRAME.height}"/>`;
}
