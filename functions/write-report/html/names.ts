import { html, type Markup } from './html.ts';

const LONGEST_NAME = 120;

/** A name that came from data: in its own direction of writing, cut where it would fill the page, told where it is empty. */
export function dataName(name: string): Markup {
  if (name.trim() === '') return html`<i class="empty">(empty)</i>`;
  const short = shortened(name, LONGEST_NAME);
  return short === name ? html`<bdi>${name}</bdi>` : html`<bdi title="${name.slice(0, 1000)}">${short}</bdi>`;
}

/** The same as plain text, for charts: at most `length` characters. */
export function chartLabel(name: string, length: number): string {
  return name.trim() === '' ? '(empty)' : shortened(name, length);
}

/** `file:///data/adult%20new.csv` -> `adult new.csv` */
export function fileName(uri: string): string {
  const last = uri.split('/').findLast((part) => part !== '') ?? uri;
  if (!uri.startsWith('file:')) return last;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function shortened(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
