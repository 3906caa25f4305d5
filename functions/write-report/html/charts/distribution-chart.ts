import type { Report } from '../../../../contracts/report.ts';
import type { Markup } from '../html.ts';
import { type ColumnType, isMoment, milliseconds } from '../moments.ts';
import { chartLabel } from '../names.ts';
import { drawChart, type Frame } from './chart.ts';
import { INK, type Layer, PLAIN_LABELS, type Position } from './layers.ts';

type Distribution = Report['distributions'][number];
type Numeric = Extract<Distribution, { kind: 'numeric' }>;
type Categorical = Extract<Distribution, { kind: 'categorical' }>;

const NUMERIC_FRAME: Frame = { width: 236, height: 96, padding: { left: 4, right: 10, top: 4, bottom: 24 } };
const LEVELS_FRAME = { width: 128, padding: { left: 114, right: 8, top: 2, bottom: 4 } };
const LEVEL_HEIGHT = 20;
const LEVEL_LABEL = 16;
/** In pixels: labels whose ticks are as close to an end of the axis as this are kept inside of it. */
const LABEL_ROOM = 24;
/** Labels of dates and times by what they tell, in strftime's letters. */
const MOMENTS = {
  year: '%Y',
  quarter: '%b %Y',
  month: '%b %Y',
  week: '%-d %b',
  date: '%-d %b',
  hours: '%H:%M',
  minutes: '%H:%M',
  seconds: '%H:%M:%S',
};
const MOST_LEVELS = 7;
/** Opacity of what is observed, which lies below what is synthetic. */
const SOFT = 0.45;

/**
 * Observed beside synthetic rows: filled beneath a line, or bars by twos.
 *
 * @param type of the column: dates and timestamps are numbers that are not to be read as such
 */
export function distributionChart(distribution: Distribution, type: ColumnType): Promise<Markup> {
  const label = `${chartLabel(distribution.name, 80)}: observed minority rows beside synthetic rows.`;
  return distribution.kind === 'numeric' ? histogram(distribution, type, label) : bars(distribution, label);
}

function histogram({ edges, observed, synthetic }: Numeric, type: ColumnType, label: string): Promise<Markup> {
  const places = edges.map((edge) => milliseconds(edge, type) ?? edge);
  const steps = (shares: readonly number[]) =>
    [...shares, shares.at(-1) ?? 0].map((share, i) => ({ edge: places[i], share }));
  const domain = [places[0], places.at(-1) ?? places[0]];
  const axis = { grid: false, tickCount: 4, labelFlush: LABEL_ROOM, labelOverlap: true } as const;
  const x: Position = isMoment(type)
    ? {
        field: 'edge',
        type: 'temporal',
        title: null,
        scale: { type: 'utc', domain, nice: false },
        axis: { ...axis, format: MOMENTS },
      }
    : {
        field: 'edge',
        type: 'quantitative',
        title: null,
        scale: { domain, nice: false, zero: false },
        axis: { ...axis, labelExpr: PLAIN_LABELS },
      };
  const y: Position = { field: 'share', type: 'quantitative', scale: { zero: true }, axis: null, stack: null };
  const filled: Layer = {
    data: { values: steps(observed) },
    mark: { type: 'area', interpolate: 'step-after', color: INK.minority, opacity: SOFT },
    encoding: { x, y },
  };
  const line: Layer = {
    data: { values: steps(synthetic) },
    mark: { type: 'line', interpolate: 'step-after', color: INK.synthetic, strokeWidth: 2 },
    encoding: { x, y },
  };
  return drawChart(NUMERIC_FRAME, [filled, line], label);
}

function bars(distribution: Categorical, label: string): Promise<Markup> {
  const rows = mostFrequent(distribution);
  const most = Math.max(1e-9, ...rows.flatMap(({ observed, synthetic }) => [observed, synthetic]));
  const x: Position = { field: 'share', type: 'quantitative', scale: { domain: [0, most], nice: false }, axis: null };
  const levels = { domain: [rows.length, 0], nice: false, zero: false };
  const y: Position = { field: 'place', type: 'quantitative', scale: levels, axis: null };
  const bar = (side: 'observed' | 'synthetic', from: number, to: number, color: string, opacity: number): Layer => ({
    data: { values: rows.map((row) => ({ place: row.place + from, end: row.place + to, share: row[side] })) },
    mark: { type: 'rect', color, opacity },
    encoding: { x, x2: { datum: 0 }, y, y2: { field: 'end' } },
  });
  // Levels are texts of the data's, as data: in an axis' expression they would be a program.
  const names: Layer = {
    data: { values: rows.map(({ place, text }) => ({ place: place + 0.5, text })) },
    mark: { type: 'text', align: 'right', baseline: 'middle', fontSize: 11, color: INK.muted },
    encoding: { x: { value: -6 }, y, text: { field: 'text' } },
  };
  const frame = { ...LEVELS_FRAME, height: rows.length * LEVEL_HEIGHT };
  const layers = [bar('observed', 0.12, 0.5, INK.minority, SOFT), bar('synthetic', 0.5, 0.82, INK.synthetic, 1), names];
  return drawChart(frame, layers, label);
}

/** The levels that either side has most of, and the sum of all others. */
function mostFrequent({ levels, observed, synthetic }: Categorical) {
  const rows = levels
    .map((level, i) => ({ text: chartLabel(level, LEVEL_LABEL), observed: observed[i], synthetic: synthetic[i] }))
    .toSorted((a, b) => Math.max(b.observed, b.synthetic) - Math.max(a.observed, a.synthetic));
  const shown = rows.length > MOST_LEVELS ? rows.slice(0, MOST_LEVELS - 1) : rows;
  const rest = rows.slice(shown.length);
  const sum = (side: 'observed' | 'synthetic') => rest.reduce((total, row) => total + row[side], 0);
  const others = { text: `${rest.length} others`, observed: sum('observed'), synthetic: sum('synthetic') };
  return [...shown, ...(rest.length > 0 ? [others] : [])].map((row, place) => ({ ...row, place }));
}
