/** Charts, their legends, the explorer's controls, the flow. */
export const CHART_STYLE = `
figure { margin: 0; min-width: 0; }
figure > svg { display: block; width: 100%; max-width: 470px; height: auto; }
figcaption { font-size: 0.875rem; color: var(--muted); margin-top: 0.4rem; max-width: 56ch; }
figcaption b { color: var(--ink); }
svg text { font-family: var(--sans); }
.small > svg { max-width: 320px; }
.small figcaption, .triple figcaption { margin: 0 0 0.4rem; display: flex; flex-wrap: wrap; gap: 0 0.6rem; align-items: baseline; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 0.3rem 1.4rem; margin: 0 0 0.8rem; padding: 0; font-size: 0.875rem; }
.legend li { display: flex; align-items: center; gap: 0.5rem; }
.swatch { width: 34px; height: 14px; flex: none; vertical-align: -2px; }
.key { display: inline-block; width: 14px; height: 14px; border-radius: 3px; flex: none; align-self: center; }
.key.majority { background: var(--majority); }
.key.minority { background: var(--minority); }
.key.synthetic { background: var(--synthetic); }
.key.soft { opacity: 0.45; }
.key.outline { height: 3px; }
.interval-graphic { width: 120px; height: 18px; display: block; margin-top: 2px; }
.interval-graphic .reference { stroke: var(--line-strong); stroke-width: 1; }
.interval-graphic .whisker { stroke: var(--accent); stroke-width: 2; }
.interval-graphic circle { fill: var(--accent); }
.panel { border: 1px solid var(--line); border-radius: 4px; }
.dots { fill: none; stroke-linecap: round; stroke-width: 4; }
.dots.others { stroke: var(--line); stroke-width: 3; }
.dots.majority { stroke: var(--majority); }
.dots.minority { stroke: var(--minority); }
.dots.synthetic { stroke: var(--synthetic); }
.defs { position: absolute; }
.cursor { stroke: var(--ink); stroke-width: 2; }
.bar { display: block; width: 100%; height: 6px; border-radius: 3px; }
.bar .track { fill: var(--line); }
.bar .fill { fill: var(--minority); }
.controls { display: none; max-width: 470px; margin-top: 0.4rem; }
.live .controls { display: block; }
@media (min-width: 760px) {
  .explorer { grid-template: auto 1fr / 1fr 1fr; }
  .consequences { grid-column: 2; grid-row: 1 / 3; }
}
.controls label { font-weight: 600; }
.controls output { font-variant-numeric: tabular-nums; margin-left: 0.4rem; }
.controls input { display: block; width: calc(84.6% + 16px); height: 28px; margin: 0.3rem 0 0 calc(11.8% - 8px); accent-color: var(--accent); cursor: pointer; }
.costs { font-size: 0.9rem; }
.costs input { width: 5.5rem; font: inherit; font-variant-numeric: tabular-nums; color: var(--ink); background: var(--raised); border: 1px solid var(--line-strong); border-radius: 4px; padding: 0.1rem 0.4rem; }
.costs output { font-weight: 600; }
.costs .note { font-size: 0.8125rem; color: var(--muted); }
.ends { display: flex; justify-content: space-between; font-size: 0.8125rem; color: var(--muted); margin: 0 0 0.8rem; max-width: none; }
.rules h3 { margin: 0 0 0.5rem; font-size: 1rem; }
.rules p { font-size: 0.8125rem; color: var(--muted); margin-top: 0.8rem; }
.rules ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.45rem; font-size: 0.8125rem; }
.rules button, .rules .unmet { display: inline-block; font: inherit; color: var(--ink); background: none; border: 1px solid var(--line-strong); border-radius: 99px; padding: 0.25rem 0.75rem; }
.rules button { cursor: pointer; }
.rules button:hover { border-color: var(--accent); }
.rules button[aria-pressed='true'] { background: var(--accent); border-color: var(--accent); color: var(--paper); }
.rules button[aria-pressed='true'] .quiet { color: var(--paper); }
.rules .unmet { border-style: dashed; color: var(--muted); }
.flow { list-style: none; margin: 0; padding: 0; max-width: 980px; }
.flow li { display: grid; grid-template-columns: minmax(11rem, 17rem) minmax(0, 1fr); gap: 0 1.5rem; align-items: stretch; min-height: 78px; }
.flow .step { padding: 0.6rem 0; align-self: center; font-size: 0.875rem; line-height: 1.35; }
.flow .step b, .flow .step span { display: block; }
.flow svg { width: 100%; height: 100%; display: block; }
.flow path.majority { fill: var(--majority); }
.flow path.minority { fill: var(--minority); }
.flow path.synthetic { fill: var(--synthetic); }
.flow path.ribbon { fill-opacity: 0.22; }
.flow .axis { fill: none; stroke: var(--paper); stroke-width: 2; vector-effect: non-scaling-stroke; }
@media (max-width: 560px) { .flow li { grid-template-columns: 8.6rem minmax(0, 1fr); gap: 0 0.8rem; } }
.shares { list-style: none; margin: 0 0 1rem; padding: 0; max-width: 760px; font-size: 0.9rem; }
.shares li { display: grid; grid-template-columns: minmax(9rem, 20rem) minmax(0, 1fr) 4rem; gap: 1rem; align-items: center; padding: 0.35rem 0; }
.shares b { text-align: right; }
@media (max-width: 560px) { .shares li { grid-template-columns: 1fr 4rem; } .shares span { grid-column: 1 / -1; } .shares li { gap: 0.2rem 1rem; } }
`;
