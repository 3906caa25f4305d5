/** The first few of `texts`, quoted, for a message. */
export function quoteSome(texts: readonly string[]): string {
  const shown = texts.slice(0, 4).map((text) => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text));
  return shown.join(', ') + (texts.length > 4 ? ', …' : '');
}
