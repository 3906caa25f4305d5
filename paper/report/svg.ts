import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

/** A plot as the text of an SVG file: the same specification gives the same bytes. */
export async function renderSvg(spec: TopLevelSpec): Promise<string> {
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return `${svg}\n`;
}
