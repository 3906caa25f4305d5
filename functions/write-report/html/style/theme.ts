/** Colours for light and dark, and type. Text meets WCAG's AA on every ground that it stands on; lines reach 3 : 1. */
export const THEME_STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fcfbf8, #15171a);
  --raised: light-dark(#f4f2ec, #1d2024);
  --ink: light-dark(#1d1e20, #e9e7e2);
  --muted: light-dark(#5d5e5f, #a9a8a4);
  --line: light-dark(#e5e2da, #2d3136);
  --line-strong: light-dark(#96938b, #6d7177);
  --shadow: light-dark(#1d1e2033, #e9e7e233);
  --accent: light-dark(#0a5c94, #7cc0f2);
  --good: light-dark(#0b6b4a, #5fd0a5);
  --bad: light-dark(#a8430a, #ff9c66);
  --good-ground: light-dark(#e4f0ea, #17302a);
  --bad-ground: light-dark(#f9ebe2, #38251b);
  --majority: light-dark(#7d7f83, #8d9197);
  --minority: light-dark(#0072b2, #56b4e9);
  --synthetic: light-dark(#d55e00, #ff9440);
  --series-1: light-dark(#6b6d70, #a6a8ab);
  --series-2: light-dark(#d55e00, #ff9440);
  --series-3: light-dark(#0072b2, #56b4e9);
  --series-4: light-dark(#00785a, #2fc79d);
  --serif: Charter, 'Bitstream Charter', 'Iowan Old Style', 'Sitka Text', Cambria, Georgia, serif;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace;
}
:root[data-theme='light'] { color-scheme: light; }
:root[data-theme='dark'] { color-scheme: dark; }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 var(--sans); font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
h1, h2, h3 { font-family: var(--serif); font-weight: 600; line-height: 1.2; text-wrap: balance; }
h1 { font-size: clamp(1.6rem, 1.2rem + 1.8vw, 2.3rem); letter-spacing: -0.01em; margin: 0.3rem 0 1.2rem; }
h2 { font-size: clamp(1.4rem, 1.2rem + 0.8vw, 1.8rem); margin: 0 0 0.5rem; }
h3 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
p { margin: 0 0 0.8rem; max-width: 68ch; }
a { color: var(--accent); }
small { font-size: 0.8125rem; color: var(--muted); }
code, pre { font-family: var(--mono); font-size: 0.875rem; font-variant-ligatures: none; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.quiet, .empty { color: var(--muted); font-weight: 400; }
.hidden {
  position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; border: 0;
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`;
