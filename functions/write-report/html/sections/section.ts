import { html, type Markup } from '../html.ts';

/** A part of the page, with its entry in the table of contents. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly markup: Markup;
}

export function section(id: string, title: string, lead: Markup | string, body: Markup | null): Section {
  const markup = html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
<p class="lead">${lead}</p>
${body}
</section>`;
  return { id, title, markup };
}

/** A table that scrolls inside of itself where it is wider than the page; by keyboard too. */
export function wideTable(label: string, table: Markup): Markup {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${table}</div>`;
}

export function figure(chart: Markup, caption: Markup | string | null): Markup {
  return html`<figure>${chart}${caption !== null && html`<figcaption>${caption}</figcaption>`}</figure>`;
}

export function definitions(entries: readonly (readonly [Markup | string, Markup | string | null])[]): Markup {
  const shown = entries.filter(([, value]) => value !== null);
  return html`<dl class="facts">${shown.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
}
