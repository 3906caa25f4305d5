import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

/** Gives a text a style, or leaves it as it is where the stream shows none. */
export type Paint = (style: Style, text: string) => string;

/** Colours for `stream`: none where it is no terminal, or where NO_COLOR asks for none; FORCE_COLOR asks for them. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return (style, text) => styleText(style, text, { stream });
}
