import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../contracts/report.ts';
import type { MetricName } from '../../core/evaluation/metric-names.ts';
import { count, percent } from '../../functions/write-report/html/format.ts';
import { renderReport } from '../../functions/write-report/html/render-report.ts';
import { fakeReport } from '../functions/write-report/fake-report.ts';
import { HOSTILE_NAMES, hostileReport, VARIANTS } from '../functions/write-report/fake-variants.ts';
import { audit } from './audit.ts';
import { type OpenedPage, openFile, startBrowser, type View } from './browser.ts';

const VIEWS: Readonly<Record<string, View>> = {
  light: { width: 1280, height: 900, theme: 'light' },
  dark: { width: 1280, height: 900, theme: 'dark' },
  phone: { width: 360, height: 800, theme: 'light' },
  'phone-dark': { width: 360, height: 800, theme: 'dark' },
};

/** In CSS pixels: 182 mm of the sheet's 210. */
const A4_WITHOUT_MARGINS = { width: 688, height: 1000 };

const folder = mkdtempSync(join(tmpdir(), 'report-'));
let browser: Browser | null = null;

beforeAll(async () => {
  browser = await startBrowser();
}, 90_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** Runs `look` on the report's page, which has to open without a fault and without a request for anything but itself. */
async function inBrowser(
  report: Report,
  view: View,
  skip: (reason: string) => void,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  if (browser === null) return skip('no browser starts here');
  const file = join(folder, 'report.html');
  writeFileSync(file, await renderReport(report));
  const { page, faults, requests }: OpenedPage = await openFile(browser, file, view);
  try {
    await look(page);
    expect(faults).toEqual([]);
    expect(requests.filter((url) => url !== 'data:,')).toEqual([`file://${file}`]);
  } finally {
    await page.close();
  }
}

/** A comparison with the longest numbers that there may be in a table. */
function wideReport(metric: MetricName): Report {
  const { comparison } = fakeReport();
  const long = { estimate: -0.008, low: -0.999, high: -0.888 };
  const strategies = comparison!.strategies.map((strategy) => ({
    ...strategy,
    counts: { ...strategy.counts, truePositives: 12_345, falsePositives: 123_456 },
    metrics: { ...strategy.metrics, [metric]: long },
    differences: { ...strategy.differences, [metric]: { estimate: -0.9, low: -0.999, high: -0.888 } },
    recallAtMatchedFpr: { estimate: 0.5, low: 0.123, high: 0.888 },
  }));
  return fakeReport({ comparison: { ...comparison!, metric, strategies, best: strategies.at(-1)!.id } });
}

const read = (page: Page, field: string) => page.$eval(`[data-point="${field}"]`, (element) => element.textContent);

/** The operating points in the order of the slider. */
function points(report: Report): Report['thresholds']['points'] {
  return report.thresholds.points.toSorted((a, b) => a.threshold - b.threshold);
}

async function expectPoint(page: Page, report: Report, index: number): Promise<void> {
  const { truePositives, falsePositives } = points(report)[index];
  const { majority, minority } = report.test.rows;
  const called = truePositives + falsePositives;
  const shown = ['truePositives', 'falseNegatives', 'falsePositives', 'trueNegatives', 'precision', 'recall'];
  expect(await Promise.all(shown.map((field) => read(page, field)))).toEqual([
    count(truePositives),
    count(minority - truePositives),
    count(falsePositives),
    count(majority - falsePositives),
    called === 0 ? '–' : percent(truePositives / called),
    percent(truePositives / minority),
  ]);
}

describe('report.html in Chromium', () => {
  for (const [name, view] of Object.entries(VIEWS)) {
    it(`opens in ${name} without a fault, a request, a lack of contrast or of names, or a scroll to the side`, async ({
      skip,
    }) => {
      await inBrowser(fakeReport(), view, skip, async (page) => {
        if (process.env.SCREENSHOTS) await takeScreenshot(page, name);
        expect(await audit(page)).toEqual([]);
      });
    });
  }

  it('would not pass the audit with faint texts, nameless controls or parts that are too broad', async ({ skip }) => {
    await inBrowser(fakeReport(), VIEWS.phone, skip, async (page) => {
      await page.evaluate(`(() => {
        document.documentElement.style.setProperty('--muted', '#bbb');
        document.getElementById('theme').textContent = '';
        document.querySelector('.flow').style.width = '500px';
      })()`);
      const faults = await audit(page);
      expect(faults).toContain('no name: button#theme ');
      expect(faults.filter((fault) => fault.startsWith('contrast 1.')).length).toBeGreaterThan(20);
      expect(faults).toContainEqual(expect.stringMatching(/^leaves the page: ol/));
    });
  });

  for (const [kind, make] of Object.entries({ ...VARIANTS, 'with hostile names': hostileReport })) {
    it(`opens a report ${kind} as well, on a phone`, async ({ skip }) => {
      await inBrowser(make(), VIEWS.phone, skip, async (page) => {
        expect(await audit(page)).toEqual([]);
      });
    });
  }

  it('has room for the strategies beside the contents, whatever they are compared by', async ({ skip }) => {
    for (const metric of ['mcc', 'expected-value'] as const) {
      await inBrowser(wideReport(metric), VIEWS.light, skip, async (page) => {
        const widths =
          '[...document.querySelectorAll(".scroll:has(.strategies)")].map((e) => [e.scrollWidth, e.clientWidth])';
        const [[needed, there]] = (await page.evaluate(widths)) as [number, number][];
        expect(needed, metric).toBe(there);
      });
    }
  });

  it('shows a shadow where a table goes on beyond the edge, and none at its end', async ({ skip }) => {
    await inBrowser(fakeReport(), VIEWS.phone, skip, async (page) => {
      const table = (await page.$('.scroll:has(.strategies)'))!;
      /** A strip along the right edge, as a picture of the table without its texts and lines. */
      const edge = async () => {
        const { width } = (await table.boundingBox())!;
        return table.screenshot({ clip: { x: width - 12, y: 0, width: 12, height: 60 }, encoding: 'base64' });
      };
      await page.evaluate("document.querySelector('.strategies').style.opacity = '0'");
      const before = await edge();
      await page.evaluate("document.querySelector('.scroll:has(.strategies)').scrollLeft = 10000");
      const atEnd = await edge();
      await page.evaluate("document.querySelector('.scroll:has(.strategies)').style.background = 'none'");
      expect(atEnd).toBe(await edge());
      expect(before).not.toBe(atEnd);
    });
  });

  it('shows hostile names as texts, and none of them does anything', async ({ skip }) => {
    await inBrowser(hostileReport(), VIEWS.light, skip, async (page) => {
      let dialogs = 0;
      page.on('dialog', (dialog) => {
        dialogs++;
        void dialog.dismiss();
      });
      const text = (await page.evaluate('document.body.textContent')) as string;
      const plain = HOSTILE_NAMES.filter((name) => name.length < 100 && !/\p{Cc}|\p{Cs}/u.test(name));
      expect(plain.filter((name) => !text.includes(name))).toEqual([]);
      const foreign = `[...document.querySelectorAll('*')].flatMap((element) => element.getAttributeNames()).filter((name) => name.startsWith('on'))`;
      expect(await page.evaluate(foreign)).toEqual([]);
      expect(await page.evaluate(`document.querySelectorAll('img, iframe, object, embed, form').length`)).toBe(0);
      expect(dialogs).toBe(0);
    });
  });
});

describe('the threshold explorer', () => {
  it('starts at the published threshold, with the counts of the published model', async ({ skip }) => {
    const report = fakeReport();
    await inBrowser(report, VIEWS.light, skip, async (page) => {
      const published = report.test.results.find(({ id }) => id === report.test.published);
      expect(await read(page, 'truePositives')).toBe(count(published?.counts.truePositives ?? -1));
      expect(await read(page, 'falsePositives')).toBe(count(published?.counts.falsePositives ?? -1));
      const start = points(report).findIndex(({ threshold }) => threshold === report.thresholds.chosen);
      await expectPoint(page, report, start);
    });
  });

  it('moves by keyboard, one point at a time and to both ends, and tells it to those who do not see it', async ({
    skip,
  }) => {
    const report = fakeReport();
    await inBrowser(report, VIEWS.light, skip, async (page) => {
      const start = points(report).findIndex(({ threshold }) => threshold === report.thresholds.chosen);
      await page.focus('#threshold');
      const steps = [
        ['ArrowRight', start + 1],
        ['ArrowRight', start + 2],
        ['ArrowLeft', start + 1],
        ['Home', 0],
        ['End', points(report).length - 1],
      ] as const;
      for (const [key, index] of steps) {
        await page.keyboard.press(key);
        await expectPoint(page, report, index);
      }
      const spoken = '#threshold-news';
      await page.waitForFunction(`document.querySelector('${spoken}').textContent !== ''`);
      const { truePositives } = points(report)[points(report).length - 1];
      expect(await page.$eval(spoken, (element) => element.textContent)).toContain(`${count(truePositives)} found`);
      expect(await page.$eval('#threshold', (element) => element.getAttribute('aria-valuetext'))).toMatch(
        /^threshold /,
      );
    });
  });

  it('moves by pointer, and takes its charts and bars along', async ({ skip }) => {
    const report = fakeReport();
    await inBrowser(report, VIEWS.light, skip, async (page) => {
      const last = points(report).length - 1;
      const index = Math.round(last / 4);
      await page.evaluate(
        `(() => { const slider = document.getElementById('threshold'); slider.value = '${index}'; slider.dispatchEvent(new Event('input', { bubbles: true })); })()`,
      );
      await expectPoint(page, report, index);
      const places = await page.$$eval('.cursor', (cursors) =>
        cursors.map((cursor) => {
          const data = (name: string) => Number(cursor.getAttribute(`data-${name}`));
          const moved = Number(/\((.*),0\)/.exec(cursor.getAttribute('transform') ?? '')?.[1]);
          return (data('start') + moved) / data('width');
        }),
      );
      expect(places).toHaveLength(2);
      for (const place of places) expect(place).toBeCloseTo(index / last, 3);
      const recall = points(report)[index].truePositives / report.test.rows.minority;
      const bar = await page.$eval('[data-bar="foundBar"]', (element) => Number(element.getAttribute('width')));
      expect(bar).toBeCloseTo(100 * recall, 1);
    });
  });

  it('tells what errors cost at the price that is typed in, where the request names none', async ({ skip }) => {
    const { thresholds } = fakeReport();
    const report = fakeReport({ thresholds: { ...thresholds, benefit: null } });
    await inBrowser(report, VIEWS.light, skip, async (page) => {
      const { truePositives, falsePositives } = points(report)[points(report).length - 1];
      const missed = report.test.rows.minority - truePositives;
      await page.focus('#threshold');
      await page.keyboard.press('End');
      const cost = () => page.$eval('#cost', (element) => element.textContent);
      expect(await cost()).toBe(count(falsePositives + missed));
      const type = (text: string) =>
        page.evaluate(
          `(() => { const price = document.getElementById('miss-cost'); price.value = '${text}'; price.dispatchEvent(new Event('input', { bubbles: true })); })()`,
        );
      await type('25');
      expect(await cost()).toBe(count(falsePositives + 25 * missed));
      for (const none of ['', '-1']) {
        await type(none);
        expect(await cost()).toBe('–');
      }
    });
  });

  it('has no price to type in where the request names costs: it shows what a row is worth', async ({ skip }) => {
    await inBrowser(fakeReport(), VIEWS.light, skip, async (page) => {
      expect(await page.$('#miss-cost')).toBeNull();
      expect(await read(page, 'expectedValue')).toMatch(/\d/);
    });
  });

  it('jumps to what each rule chose', async ({ skip }) => {
    const report = fakeReport();
    await inBrowser(report, VIEWS.phone, skip, async (page) => {
      const buttons = await page.$$('[data-jump]');
      const thresholds = report.thresholds.byRule.flatMap(({ threshold }) => threshold ?? []);
      expect(buttons).toHaveLength(1 + thresholds.length);
      for (const [i, threshold] of thresholds.entries()) {
        await buttons[i + 1].click();
        await expectPoint(
          page,
          report,
          points(report).findIndex((point) => point.threshold === threshold),
        );
        expect(await buttons[i + 1].evaluate((button) => button.getAttribute('aria-pressed'))).toBe('true');
      }
    });
  });
});

describe('the rest of the page', () => {
  it('sorts a table by the column whose head is pressed, the greatest first and then the least', async ({ skip }) => {
    const report = fakeReport();
    await inBrowser(report, VIEWS.light, skip, async (page) => {
      const numbers = () => page.$$eval('.strategies tbody .number', (cells) => cells.map((cell) => cell.textContent));
      const found = report.comparison?.strategies.map(({ counts }) => counts.truePositives) ?? [];
      const rising = found.map((_, i) => i).sort((a, b) => found[a] - found[b]);
      const head = await page.$('.strategies th ::-p-text(Found)');
      await head?.click();
      expect(await numbers()).toEqual(rising.toReversed().map((i) => String(i + 1)));
      await head?.press('Enter');
      expect(await numbers()).toEqual(rising.map((i) => String(i + 1)));
    });
  });

  it('goes from light to dark at a press, in all that is drawn', async ({ skip }) => {
    await inBrowser(fakeReport(), VIEWS.light, skip, async (page) => {
      const colour = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
      const light = await colour();
      await page.click('#theme');
      expect(await colour()).not.toBe(light);
      expect(await page.$eval('#theme', (button) => button.textContent)).toBe('Light');
      expect(await audit(page)).toEqual([]);
    });
  });

  it('prints, with what is folded away', async ({ skip }) => {
    await inBrowser(fakeReport(), VIEWS.dark, skip, async (page) => {
      const pdf = await page.pdf({ preferCSSPageSize: true });
      expect(Buffer.from(pdf.slice(0, 5)).toString()).toBe('%PDF-');
      await page.emulateMediaType('print');
      const { width } = A4_WITHOUT_MARGINS;
      await page.setViewport(A4_WITHOUT_MARGINS);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      const shown = (selector: string) => page.$eval(selector, (element) => element.getBoundingClientRect().height > 0);
      expect(await shown('details table')).toBe(true);
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    });
  });
});

/** For whoever changes how the page looks: SCREENSHOTS=<folder> npx vitest run test/browser */
async function takeScreenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS ?? '.';
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) as `${string}.png`, fullPage: true });
}
