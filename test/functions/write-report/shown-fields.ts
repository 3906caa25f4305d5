/** A number on the page: the place in the report that it names, the value it carries, and what people read. */
export interface ShownNumber {
  readonly place: string;
  readonly value: number;
  /** the number read, and half of the last digit's worth: how far rounding may take it from the value */
  readonly text: { readonly number: number; readonly halfStep: number };
}

const NUMBER = /<data value="([^"]*)" data-field="([^"]*)">([^<]*)<\/data>/g;
const TEXT = /<(h1|li|code|span|b) data-field="([^"]*)">([^<]*)<\/\1>/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

export function shownNumbers(page: string): ShownNumber[] {
  return [...page.matchAll(NUMBER)].map(([, value, place, text]) => ({
    place,
    value: Number(value),
    text: readNumber(text),
  }));
}

/** Texts that name their place. */
export function shownTexts(page: string): { place: string; text: string }[] {
  return [...page.matchAll(TEXT)].map(([, , place, text]) => ({
    place,
    text: text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]),
  }));
}

export function valueAt(report: object, place: string): unknown {
  return place.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], report);
}

/** What a reader takes a text for: 1,234, −0.05, +3, 12.5%. */
function readNumber(text: string): ShownNumber['text'] {
  const [, sign, digits, fraction = '', percent] = /^([+−]?)([\d,]+)(?:\.(\d+))?(%?)$/.exec(text) ?? [];
  if (digits === undefined) throw new Error(`found ${JSON.stringify(text)}, needed a number`);
  const unit = percent ? 0.01 : 1;
  const size = Number(`${digits.replaceAll(',', '')}.${fraction || 0}`) * unit;
  return { number: sign === '−' ? -size : size, halfStep: 0.5000001 * unit * 10 ** -fraction.length };
}
