import type { Page } from 'puppeteer-core';

/**
 * What makes a page hard to read or to use for some: texts of too little contrast (WCAG 2.2, 1.4.3: 4.5, large ones 3),
 * controls and pictures without a name (4.1.2, 1.1.1), tables without a caption, headings that skip a level, ids used twice,
 * what is broader than the page. It runs in the page, hence as text: these sources know no browser's types.
 */
const AUDIT = `(() => {
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const name = (element) => element.tagName.toLowerCase() + (element.id ? '#' + element.id : '') + ' ' + (element.textContent ?? '').trim().slice(0, 40);
  const drawn = (element) => element.checkVisibility({ checkVisibilityCSS: true, contentVisibilityAuto: true });

  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const parse = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return { rgb: [r, g, b], alpha: a / 255 };
  };
  const over = (top, bottom) => top.rgb.map((c, i) => c * top.alpha + bottom[i] * (1 - top.alpha));
  const ground = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const layer = parse(getComputedStyle(e).backgroundColor);
      if (layer.alpha > 0) layers.unshift(layer);
      if (layer.alpha === 1) break;
    }
    return layers.reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || ['SCRIPT', 'STYLE'].includes(element.tagName) || !drawn(element)) continue;
    if (element.closest('.hidden, .skip')) continue;
    texts++;
    const style = getComputedStyle(element);
    const drawing = element.closest('svg');
    // In drawings, texts stand on the page's ground, but for the number on the disc that is filled.
    const painted = drawing?.querySelector('[fill="var(--accent)"]') && element.getAttribute('fill') === 'var(--paper)';
    const below = painted ? over(parse(getComputedStyle(drawing.querySelector('[fill="var(--accent)"]')).fill), [255, 255, 255]) : ground(drawing ?? element);
    const text = over(parse(drawing ? style.fill : style.color), below);
    const [light, dark] = [luminance(text), luminance(below)].sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (large ? 3 : 4.5)) faults.push('contrast ' + contrast.toFixed(2) + ': ' + name(element));
  }
  if (texts < 100) faults.push('only ' + texts + ' texts were looked at');

  for (const control of all('button, input, summary')) {
    const label = control.getAttribute('aria-label') ?? control.labels?.[0]?.textContent ?? control.textContent;
    if (!label?.trim()) faults.push('no name: ' + name(control));
  }
  for (const svg of all('svg')) {
    const hidden = svg.closest('[aria-hidden="true"]');
    if (!hidden && !(svg.getAttribute('role') === 'img' && svg.getAttribute('aria-label')?.trim())) faults.push('no name: ' + svg.outerHTML.slice(0, 80));
  }
  for (const table of all('table')) if (!table.caption?.textContent.trim()) faults.push('no caption: ' + name(table));
  for (const head of all('th')) if (!head.scope) faults.push('no scope: ' + name(head));
  for (const part of all('.scroll')) if (part.tabIndex !== 0 || !part.ariaLabel) faults.push('not to be scrolled by keyboard: ' + name(part));
  if (all('h1').length !== 1) faults.push('h1: ' + all('h1').length);
  let level = 0;
  for (const heading of all('h1, h2, h3, h4')) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) faults.push('skips a level: ' + name(heading));
    level = next;
  }
  for (const landmark of ['main', 'nav[aria-label]', 'footer']) if (all(landmark).length !== 1) faults.push('landmark: ' + landmark);
  if (!document.documentElement.lang) faults.push('no language');
  const ids = all('[id]').map((element) => element.id);
  for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) faults.push('id twice: ' + id);

  if (document.documentElement.scrollWidth > innerWidth) faults.push('broader than the page: ' + document.documentElement.scrollWidth);
  const scrolls = (element) => element.closest('.scroll, pre, nav ol, .hidden, .skip');
  for (const element of all('main *')) {
    const { right, width } = element.getBoundingClientRect();
    if (width > 0 && right > innerWidth + 1 && drawn(element) && !scrolls(element)) faults.push('leaves the page: ' + name(element));
  }
  return faults;
})()`;

/** All that the audit finds, of everything on the page: what is folded away is unfolded before. */
export async function audit(page: Page): Promise<string[]> {
  await page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
  return (await page.evaluate(AUDIT)) as string[];
}
