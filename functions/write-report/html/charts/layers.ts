import type { TopLevelSpec } from 'vega-lite';
import type { SeriesStyle } from './series.ts';

/** A layer of a chart, as Vega-Lite's types have it. */
export type Layer = Extract<Extract<TopLevelSpec, { layer: unknown }>['layer'][number], { mark: unknown }>;
export type Encoding = NonNullable<Layer['encoding']>;
export type Position = NonNullable<Encoding['x']>;
type Value = Readonly<Record<string, number | string | boolean | null>>;

/** Shared with every chart whose two axes are shares. */
const SHARE_TICKS = [0, 0.25, 0.5, 0.75, 1];

/** Colours by name, as the page defines them for light and for dark. */
export const INK = {
  ink: 'var(--ink)',
  muted: 'var(--muted)',
  strong: 'var(--line-strong)',
  paper: 'var(--paper)',
  accent: 'var(--accent)',
  minority: 'var(--minority)',
  synthetic: 'var(--synthetic)',
} as const;

/** For axes of any size: 0, 0.25, 2005, 20k, 1.5M. */
export const PLAIN_LABELS = "abs(datum.value) < 10000 ? format(datum.value, '~r') : format(datum.value, '.4~s')";

/** A position on an axis from 0 to 100%. */
export function sharePosition(field: string, title: string): Position {
  const axis = { values: SHARE_TICKS, format: '.0%' };
  return { field, type: 'quantitative', title: title === '' ? null : title, scale: { domain: [0, 1] }, axis };
}

/** A line through the values in their order: straight from one to the next, or first up or down and then across. */
export function lineLayer(
  values: readonly Value[],
  x: Position,
  y: Position,
  style: SeriesStyle,
  interpolate: 'linear' | 'step-before' = 'linear',
): Layer {
  return {
    data: { values: values.map((value, order) => ({ ...value, order })) },
    mark: {
      type: 'line',
      color: style.colour,
      strokeDash: [...style.dash],
      strokeWidth: 2,
      strokeJoin: 'round',
      interpolate,
    },
    encoding: { x, y, order: { field: 'order', type: 'quantitative' } },
  };
}

/** A thin dotted line between two points: what chance, or the truth, would give. */
export function guideLayer(values: readonly Value[], x: Position, y: Position): Layer {
  return {
    data: { values: [...values] },
    mark: { type: 'line', color: INK.muted, strokeWidth: 1, strokeDash: [1, 3] },
    encoding: { x, y },
  };
}

/** Points in the series' own shape, all of one area unless `size` says otherwise. */
export function pointLayer(
  values: readonly Value[],
  x: Position,
  y: Position,
  { shape, colour }: SeriesStyle,
  size: NonNullable<Encoding['size']> = { value: 90 },
): Layer {
  return {
    data: { values: [...values] },
    mark: { type: 'point', filled: true, opacity: 1, shape, fill: colour, stroke: INK.paper, strokeWidth: 1 },
    encoding: { x, y, size },
  };
}
