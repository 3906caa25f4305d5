/** On paper: dark ink on white, everything unfolded, controls left out, wide tables on wide pages. */
export const PRINT_STYLE = `
@page { size: A4; margin: 16mm 14mm; }
@page wide { size: A4 landscape; }
@media print {
  :root, :root[data-theme] { color-scheme: light; --paper: #fff; }
  body { font-size: 10pt; }
  nav, .skip, .live #theme, .live .controls, footer { display: none; }
  .layout { display: block; padding: 0; max-width: none; }
  .verdict { padding-top: 0; }
  section { padding-top: 1.2rem; }
  h2, h3, summary, .lead { break-after: avoid; }
  figure, tr, .flow li, .confusion, .facts div, .tile { break-inside: avoid; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  summary { list-style: none; color: var(--ink); }
  .scroll { overflow: visible; background: none; }
  .scroll table { font-size: 7pt; line-height: 1.3; }
  .scroll th, .scroll td { padding: 0.2rem 0.15rem; position: static; min-width: 0; }
  tbody th[scope='row'] { min-width: 0; position: static; }
  thead th { min-width: 0; }
  td .interval { font-size: 6pt; white-space: normal; }
  .scroll tbody th[scope='row'] { min-width: 4.5rem; overflow-wrap: break-word; }
  .scroll .badge { font-size: 6pt; }
  .interval-graphic { width: 70px; }
  .triple { grid-template-columns: repeat(3, 1fr); }
  .panels { grid-template-columns: repeat(3, 1fr); }
  .pair, .explorer { grid-template-columns: 1fr 1fr; }
  #strategies, #test { page: wide; }
  pre { white-space: pre-wrap; max-height: none; border: 1px solid var(--line); }
  a { color: inherit; text-decoration: none; }
}
`;
