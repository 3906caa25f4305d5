/**
 * Tables scroll inside of themselves; the first column stays. A shadow at the right edge shows that there is more: it stands still,
 * and a cover at the end of the table, which moves with it, hides it where there is not.
 */
export const TABLE_STYLE = `
.scroll {
  overflow-x: auto; max-width: 100%; overflow-wrap: normal; margin: 0 0 1rem;
  background: linear-gradient(to left, var(--paper) 40%, transparent) right / 3.5rem 100% no-repeat local,
    linear-gradient(to left, var(--shadow), transparent) right / 1.4rem 100% no-repeat scroll;
}
table { border-collapse: collapse; font-size: 0.875rem; line-height: 1.4; }
.scroll table { min-width: 100%; }
caption { text-align: left; color: var(--muted); font-size: 0.875rem; padding: 0 0 0.5rem; }
th, td { text-align: right; vertical-align: top; padding: 0.45rem 0.6rem; border-bottom: 1px solid var(--line); font-weight: 400; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
tbody th[scope='row'] {
  position: sticky; left: 0; background: var(--paper); min-width: 9.5rem; max-width: 17rem; text-align: left; overflow-wrap: anywhere; z-index: 1;
}
thead th { color: var(--muted); vertical-align: bottom; border-bottom: 1px solid var(--line-strong); white-space: normal; }
thead td { border-bottom: 1px solid var(--line-strong); }
thead button { all: unset; cursor: default; }
.live .sortable thead button { cursor: pointer; }
.live .sortable thead button:hover { color: var(--ink); text-decoration: underline; text-underline-offset: 3px; }
.live .sortable thead button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
th[aria-sort='descending'] button::after { content: ' ↓'; }
th[aria-sort='ascending'] button::after { content: ' ↑'; }
@media screen {
  .strategies :is(th, td):not(:first-child) { padding-left: 0.35rem; padding-right: 0.35rem; }
  .strategies tbody th[scope='row'] { min-width: 8rem; }
  .strategies .interval-graphic { width: 80px; }
}
td data, td .quiet { white-space: nowrap; }
td .interval { display: block; white-space: nowrap; font-size: 0.75rem; }
td.words, td.words + td { text-align: left; }
.number { display: inline-block; min-width: 1.5em; color: var(--muted); }
.best-row > * { background: var(--raised); }
tbody .best-row th[scope='row'] { background: var(--raised); font-weight: 600; }
.badge { display: inline-block; font-size: 0.72rem; font-weight: 600; line-height: 1.5; padding: 0 0.45em; border: 1px solid var(--line-strong); border-radius: 99px; color: var(--muted); white-space: nowrap; }
.badge.best { color: var(--paper); background: var(--accent); border-color: var(--accent); }
.badge.preferred { color: var(--accent); border-color: var(--accent); }
.better { color: var(--good); }
.worse { color: var(--bad); }
@media (max-width: 700px) {
  tbody th[scope='row'] { min-width: 8.5rem; max-width: 9.5rem; }
  .strategies .graphic { display: none; }
}
.confusion { width: 100%; font-size: 0.9rem; table-layout: fixed; }
.confusion td, .confusion th { text-align: center; vertical-align: middle; border: 0; padding: 0.5rem 0.3rem; position: static; min-width: 0; }
.confusion thead th { vertical-align: bottom; }
.confusion tbody th { text-align: left; color: var(--muted); }
.confusion tbody td { border: 3px solid var(--paper); }
.confusion td b { display: block; font: 600 1.35rem/1.3 var(--serif); font-variant-numeric: tabular-nums; }
.confusion .right { background: var(--good-ground); }
.confusion .wrong { background: var(--bad-ground); }
.confusion td small { color: var(--ink); }
.readings { margin: 1rem 0; }
.readings div { display: grid; grid-template-columns: 1fr auto; padding: 0.35rem 0; border-bottom: 1px solid var(--line); font-size: 0.9rem; }
.readings dd { margin: 0; text-align: right; display: contents; }
.readings b { font-variant-numeric: tabular-nums; }
.readings .bar { grid-column: 1 / -1; margin: 0.3rem 0 0.1rem; }
`;
