import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { html, Markup } from '../html.ts';
import type { Layer } from './layers.ts';
import { slimSvg } from './slim-svg.ts';

// Vega measures text on a canvas where the package `canvas` happens to be installed, and guesses widths where it is not. It
// always guesses here, so that the bytes do not depend on the computer. Its types leave this part out.
(vega as unknown as { readonly textMetrics: { canvas(use: boolean): void } }).textMetrics.canvas(false);

/** The plot inside of a chart, in pixels at the size that it is drawn for; pages scale it. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly padding: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

/** Colours are the page's, so that one drawing serves light, dark and print. */
const CONFIG = {
  background: 'transparent',
  font: 'inherit',
  aria: false,
  view: { stroke: null },
  axis: {
    domainColor: 'var(--line-strong)',
    tickColor: 'var(--line-strong)',
    gridColor: 'var(--line)',
    labelColor: 'var(--muted)',
    titleColor: 'var(--ink)',
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    tickSize: 4,
    labelPadding: 4,
    labelLimit: 0,
    titleLimit: 0,
  },
} as const;

/** Titles of vertical axes, as one reads: beside the axis, their place would hang on how wide its labels are taken to be. */
const TITLE_ABOVE = { titleY: -14, titleAngle: 0, titleAlign: 'left', titleBaseline: 'alphabetic' } as const;

/**
 * Draws a chart as inline SVG: named by `label` for those who do not see it, scaled by its container, without ids, styles or
 * anything else that could meet what another chart brings.
 *
 * @param overlay more of the drawing, in the plot's own pixels
 */
export async function drawChart(
  frame: Frame,
  layer: readonly Layer[],
  label: string,
  overlay: Markup | null = null,
): Promise<Markup> {
  const { width, height, padding } = frame;
  const config = { ...CONFIG, axisY: { ...TITLE_ABOVE, titleX: 2 - padding.left } };
  const spec: TopLevelSpec = { layer: [...layer], width, height, padding, autosize: 'none', config };
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' });
  const inner = slimSvg(await view.toSVG());
  view.finalize();
  const whole = `0 0 ${padding.left + width + padding.right} ${padding.top + height + padding.bottom}`;
  return html`<svg viewBox="${whole}" role="img" aria-label="${label}">${new Markup(inner)}${
    overlay && html`<g transform="translate(${padding.left},${padding.top})">${overlay}</g>`
  }</svg>`;
}
