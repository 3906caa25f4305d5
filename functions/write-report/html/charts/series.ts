import { html, type Markup } from '../html.ts';

/** How the n-th of several things is drawn: colour is never the only sign, there are dashes and shapes too. */
export interface SeriesStyle {
  readonly colour: string;
  readonly dash: readonly number[];
  readonly shape: 'circle' | 'square' | 'triangle-up' | 'diamond';
}

/** After Okabe & Ito 2008, Color Universal Design, which people with any colour vision can tell apart. */
const STYLES: readonly SeriesStyle[] = [
  { colour: 'var(--series-1)', dash: [2, 3], shape: 'square' },
  { colour: 'var(--series-2)', dash: [7, 4], shape: 'triangle-up' },
  { colour: 'var(--series-3)', dash: [1, 0], shape: 'circle' },
  { colour: 'var(--series-4)', dash: [9, 3, 2, 3], shape: 'diamond' },
];

export function seriesStyle(index: number): SeriesStyle {
  return STYLES[index % STYLES.length];
}

const SHAPES: Readonly<Record<SeriesStyle['shape'], string>> = {
  circle: 'M12,5a5,5 0 1,0 10,0a5,5 0 1,0 -10,0Z',
  square: 'M12.5,.5h9v9h-9Z',
  'triangle-up': 'M17,0l5.5,9.6h-11Z',
  diamond: 'M17,-1l6,6l-6,6l-6,-6Z',
};

/** A line with its point, for a legend in HTML. */
export function swatch({ colour, dash, shape }: SeriesStyle, { point = true } = {}): Markup {
  return html`<svg class="swatch" viewBox="0 -2 34 14" aria-hidden="true"><path d="M0,5H34" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash.join(' ')}"/>${
    point && html`<path d="${SHAPES[shape]}" fill="${colour}"/>`
  }</svg>`;
}
