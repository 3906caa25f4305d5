import { SYNTHETIC_FLAG } from '../../../../contracts/layout.ts';
import type { Report } from '../../../../contracts/report.ts';
import { count, ratio } from '../format.ts';
import { html, type Markup } from '../html.ts';
import type { Show } from '../shown.ts';
import { type Section, section } from './section.ts';

type FlowStep = Report['flow'][number];

/** Of a step's drawing, which stretches to the room that the page has for it. */
const WIDTH = 1000;
const HEIGHT = 100;
const BAR = { top: 30, bottom: 70 };
/** Each side of the scales has at least this share of the width. */
const LEAST_SIDE = 0.08;
/** So much of the width has whatever is there at all: a few rows beside a million are still seen. */
const LEAST_BAND = 4;

const KINDS = [
  ['majority', 'majority'],
  ['minority', 'observed minority'],
  ['synthetic', 'synthetic minority'],
] as const;

/** From where to where each class reaches at a step: the majority to the left of the middle, the minority to the right. */
interface Extent {
  readonly majority: number;
  readonly observed: number;
  readonly synthetic: number;
}

export function flowSection(report: Report, show: Show): Section {
  const { flow } = report;
  const middle = axis(flow);
  const extents = flow.map(extent(flow, middle));
  const steps = flow.map((step, i) => {
    const place = `flow.${i}`;
    const minority = step.observedMinority + step.syntheticMinority;
    return html`<li><div class="step"><b data-field="${place}.step">${step.step}</b>
<span>${show(`${place}.majority`, count)} majority, ${show(`${place}.observedMinority`, count)} minority${
      step.syntheticMinority > 0 && html`, ${show(`${place}.syntheticMinority`, count)} synthetic`
    }</span><span class="quiet">${ratio(step.majority, minority)}</span></div>
${drawStep(extents, i, middle)}</li>`;
  });
  const legend = html`<ul class="legend">${KINDS.map(([kind, label]) => html`<li><span class="key ${kind}"></span> ${label}</li>`)}</ul>`;
  const lead =
    'The scales, step by step: majority rows to the left, minority rows to the right, all drawn to one scale. Balanced classes reach equally far.';
  return section(
    'flow',
    'What happened to the rows',
    lead,
    html`${legend}<ol class="flow">${steps}</ol>${copies(report, show)}`,
  );
}

/** More observed rows than there were: over-sampling has drawn them again. Whoever splits such rows is to know. */
function copies({ flow, request }: Report, show: Show): Markup | null {
  const last = flow.length - 1;
  if (last < 1 || flow[last].observedMinority <= flow[last - 1].observedMinority) return null;
  const at = (step: number) => show(`flow.${step}.observedMinority`, count);
  return html`<p>The ${at(last)} published minority rows are ${at(last - 1)} rows, given again and again. Nothing in <code>train.${request.output.format}</code> marks the copies: <code>${SYNTHETIC_FLAG}</code> is false for them, for they were observed. Do not split that file again, as cross-validation does: copies of a row would lie on both sides, and every score would be too good.</p>`;
}

function axis(flow: readonly FlowStep[]): number {
  const left = Math.max(1, ...flow.map(({ majority }) => majority));
  const right = Math.max(1, ...flow.map((step) => step.observedMinority + step.syntheticMinority));
  return WIDTH * Math.min(1 - LEAST_SIDE, Math.max(LEAST_SIDE, left / (left + right)));
}

function extent(flow: readonly FlowStep[], middle: number): (step: FlowStep) => Extent {
  const left = Math.max(1, ...flow.map(({ majority }) => majority));
  const right = Math.max(1, ...flow.map((step) => step.observedMinority + step.syntheticMinority));
  const scale = Math.min(middle / left, (WIDTH - middle) / right);
  const band = (rows: number) => (rows === 0 ? 0 : Math.max(LEAST_BAND, rows * scale));
  return ({ majority, observedMinority, syntheticMinority }) => {
    const observed = middle + band(observedMinority);
    return { majority: middle - band(majority), observed, synthetic: observed + band(syntheticMinority) };
  };
}

/** The step's bar, with half of the ribbons that lead from the step before and to the next. */
function drawStep(extents: readonly Extent[], index: number, middle: number): Markup {
  const here = extents[index];
  const above = halfway(here, extents[index - 1]);
  const below = halfway(here, extents[index + 1]);
  const bands = [
    { kind: 'majority', from: (e: Extent) => e.majority, to: () => middle },
    { kind: 'minority', from: () => middle, to: (e: Extent) => e.observed },
    { kind: 'synthetic', from: (e: Extent) => e.observed, to: (e: Extent) => e.synthetic },
  ];
  const shapes = bands.map(({ kind, from, to }) => {
    const empty = [above, here, below].every((each) => each === null || from(each) === to(each));
    if (empty) return null;
    const bar = quadrilateral(from(here), to(here), BAR.top, from(here), to(here), BAR.bottom);
    const ribbons = [
      above && quadrilateral(from(above), to(above), 0, from(here), to(here), BAR.top),
      below && quadrilateral(from(here), to(here), BAR.bottom, from(below), to(below), HEIGHT),
    ];
    const drawn = from(here) !== to(here) && html`<path class="${kind}" d="${bar}"/>`;
    return html`<path class="ribbon ${kind}" d="${ribbons.filter((d) => d !== null).join('')}"/>${drawn}`;
  });
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${shapes}<path class="axis" d="M${tenths(middle)},0V${HEIGHT}"/></svg>`;
}

function halfway(here: Extent, there: Extent | undefined): Extent | null {
  if (!there) return null;
  const mean = (a: number, b: number) => (a + b) / 2;
  return {
    majority: mean(here.majority, there.majority),
    observed: mean(here.observed, there.observed),
    synthetic: mean(here.synthetic, there.synthetic),
  };
}

function quadrilateral(a: number, b: number, top: number, c: number, d: number, bottom: number): string {
  return `M${tenths(a)},${top}H${tenths(b)}L${tenths(d)},${bottom}H${tenths(c)}Z`;
}

function tenths(value: number): number {
  return Math.round(10 * value) / 10;
}
