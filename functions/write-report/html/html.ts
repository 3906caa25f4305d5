/** Text that is HTML already: only what `html` has built, or what this program wrote itself, is ever wrapped in it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: texts and numbers are escaped, markup goes in as it is, null and false leave nothing. */
export type Child = Markup | string | number | null | false | readonly Child[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Controls that a page may not hold (a parser replaces or refuses them); tab and line feed are not among them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/g;

/** A template for HTML: all that is put into it is escaped, for text and for quoted attributes alike. */
export function html(strings: TemplateStringsArray, ...children: readonly Child[]): Markup {
  return new Markup(strings.reduce((text, string, i) => text + render(children[i - 1]) + string));
}

export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(UNPRINTABLE, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/** JSON that can stand in a script element: no `</script>`, no `<!--`, and no line separator that ends a line of JavaScript. */
export function scriptJson(value: unknown): Markup {
  const json = JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return new Markup(json);
}

function render(child: Child): string {
  if (child === null || child === false) return '';
  if (child instanceof Markup) return child.text;
  if (typeof child === 'object') return child.map(render).join('');
  return escapeHtml(String(child));
}
