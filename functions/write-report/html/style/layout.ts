/** The page: contents beside the text where there is room, one column where there is none. */
export const LAYOUT_STYLE = `
.layout { max-width: 1320px; margin: 0 auto; padding: 0 clamp(16px, 4vw, 48px); }
nav { border-bottom: 1px solid var(--line); padding: 0.9rem 5rem 0.9rem 0; font-size: 0.875rem; }
nav ol { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.25rem 1.1rem; }
nav a { color: var(--muted); text-decoration: none; display: inline-block; padding: 0.15rem 0; }
nav a:hover { color: var(--accent); text-decoration: underline; }
main { min-width: 0; }
@media (min-width: 1280px) {
  .layout { display: grid; grid-template-columns: 170px minmax(0, 1fr); gap: 32px; }
  nav { border: 0; position: sticky; top: 0; align-self: start; padding: 3.75rem 0 2rem; }
  nav ol { display: block; }
  nav li { margin: 0 0 0.45rem; line-height: 1.35; }
}
@media (max-width: 700px) {
  nav { padding-bottom: 0.5rem; }
  nav ol { flex-wrap: nowrap; overflow-x: auto; white-space: nowrap; padding-bottom: 0.4rem; }
}
.skip { position: absolute; left: -999px; top: 0; background: var(--paper); padding: 0.5rem 1rem; z-index: 3; }
.skip:focus { left: 0; }
#theme { display: none; }
.live #theme {
  display: block; position: absolute; top: 0.8rem; right: clamp(16px, 4vw, 48px); font: inherit; font-size: 0.8125rem;
  color: var(--muted); background: none; border: 1px solid var(--line-strong); border-radius: 99px; padding: 0.15rem 0.8rem; cursor: pointer;
}
.live #theme:hover { color: var(--ink); }
.verdict { padding: clamp(1.6rem, 4vw, 3.6rem) 0 1rem; }
.eyebrow { color: var(--muted); font-size: 0.9rem; margin: 0 4rem 0 0; }
.eyebrow span { font-weight: 600; color: var(--accent); letter-spacing: 0.02em; margin-right: 0.6rem; }
.verdict h1 { max-width: 34ch; }
.verdict.long h1 { max-width: 46ch; font-size: clamp(1.3rem, 1.05rem + 1.1vw, 1.75rem); line-height: 1.3; }
.reasons { margin: 0 0 1.6rem; padding: 0 0 0 1.1rem; max-width: 72ch; }
.reasons li { margin: 0 0 0.45rem; }
.reasons li::marker { color: var(--line-strong); }
.badges { display: flex; flex-wrap: wrap; gap: 0.7rem 2.4rem; margin: 0 0 2rem; }
.badges dt { font-size: 0.8125rem; color: var(--muted); }
.badges dd { margin: 0; font-weight: 600; }
.tiles-block { border-top: 2px solid var(--ink); padding-top: 0.7rem; }
.tiles-title { font-size: 0.875rem; color: var(--muted); margin-bottom: 0.6rem; max-width: none; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(200px, 45%), 1fr)); gap: 1.2rem clamp(0.8rem, 2vw, 2rem); margin: 0; }
.tile dt { font-size: 0.875rem; }
.tile dd { margin: 0; }
.tile .figures { font-family: var(--serif); font-size: clamp(1.15rem, 0.9rem + 1.2vw, 1.6rem); line-height: 1.35; }
.tile .was, .tile .arrow { color: var(--muted); }
.tile .note { font-size: 0.8125rem; color: var(--muted); }
section { padding: 2.4rem 0 1rem; margin-top: 1.6rem; border-top: 1px solid var(--line); }
.lead { font-size: 1.05rem; color: var(--muted); margin-bottom: 1.4rem; }
.protocol { font-size: 0.9rem; }
.pair, .explorer { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 330px), 1fr)); gap: 1.5rem 3rem; align-items: start; margin: 1.4rem 0; }
.triple { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 230px), 1fr)); gap: 1.5rem; margin: 1rem 0; max-width: 1000px; }
.panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 230px), 1fr)); gap: 1.6rem 2rem; margin: 1rem 0 1.5rem; }
.aside { font-size: 0.9rem; }
.aside h3 { margin-top: 0; font-size: 1rem; }
.facts { margin: 0.5rem 0 1rem; max-width: 900px; }
.facts div { display: grid; grid-template-columns: minmax(8rem, 11rem) 1fr; gap: 0.2rem 1rem; padding: 0.4rem 0; border-top: 1px solid var(--line); }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; min-width: 0; }
@media (max-width: 500px) { .facts div { grid-template-columns: 1fr; } }
details { margin: 1rem 0; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
details + details { margin-top: -1rem; border-top: 0; }
summary { cursor: pointer; padding: 0.6rem 0; color: var(--accent); }
pre { background: var(--raised); border-radius: 6px; padding: 0.9rem 1.1rem; overflow: auto; max-height: 30rem; margin: 0 0 1rem; }
.command { white-space: pre-wrap; }
footer { max-width: 1320px; margin: 2rem auto 0; padding: 1rem clamp(16px, 4vw, 48px) 2rem; color: var(--muted); font-size: 0.8125rem; }
`;
