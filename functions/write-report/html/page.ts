import { createHash } from 'node:crypto';
import type { Report } from '../../../contracts/report.ts';
import { html, Markup } from './html.ts';
import { fileName } from './names.ts';
import { PAGE_SCRIPT } from './script.ts';
import type { Section } from './sections/section.ts';
import { PAGE_STYLE } from './style.ts';

/**
 * Nothing is fetched, and nothing runs but the page's own script: what came from data could do no harm even where escaping
 * had failed.
 */
const POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(PAGE_STYLE)}`,
  `script-src ${hashOf(PAGE_SCRIPT)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

export function page(report: Report, header: Markup, sections: readonly Section[]): string {
  const links = sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Counterpoise ${report.counterpoise}">
<title>${fileName(report.dataset.uri)} – Counterpoise report</title>
<link rel="icon" href="data:,">
<style>${new Markup(PAGE_STYLE)}</style>
</head>
<body>
<a class="skip" href="#strategies">Skip to the comparison</a>
<button type="button" id="theme" title="Switch between light and dark">Dark</button>
<div class="layout">
<nav aria-label="Contents"><ol>${links}</ol></nav>
<main>
${header}
${sections.map(({ markup }) => markup)}
</main>
</div>
<footer><p>Written by Counterpoise ${report.counterpoise}. This page loads nothing and sends nothing.</p></footer>
<script>${new Markup(PAGE_SCRIPT)}</script>
</body>
</html>
`.text;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}
