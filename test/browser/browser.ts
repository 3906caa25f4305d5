import { existsSync } from 'node:fs';
import chromium from '@sparticuz/chromium';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';

/** How a page is opened. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly theme: 'light' | 'dark';
}

/** A page, with all that went wrong in it, and all that it asked the network for. */
export interface OpenedPage {
  readonly page: Page;
  readonly faults: readonly string[];
  readonly requests: readonly string[];
}

/**
 * Headless Chromium: that of CHROME_PATH, else the one that comes with the development dependencies. Where none can start,
 * the answer is null and the reason is printed; on a build server, which has to have one, it is thrown.
 *
 * Whoever starts it ends it: `await browser?.close()`.
 */
export async function startBrowser(): Promise<Browser | null> {
  try {
    const own = process.env.CHROME_PATH;
    if (own && !existsSync(own)) throw new Error(`CHROME_PATH: there is no file ${own}`);
    const args = await puppeteer.defaultArgs({ args: chromium.args, headless: 'shell' });
    return await puppeteer.launch({
      args,
      executablePath: own ?? (await chromium.executablePath()),
      headless: 'shell',
      timeout: 60_000,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (process.env.CI) throw new Error(`No browser starts, and CI is set: ${reason}`, { cause: error });
    console.warn(`No browser starts, so pages are not tried in one: ${reason.split('\n')[0]}`);
    return null;
  }
}

/** Opens a file as a person would who double-clicks it. */
export async function openFile(browser: Browser, path: string, { width, height, theme }: View): Promise<OpenedPage> {
  const page = await browser.newPage();
  const faults: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => requests.push(request.url()));
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
  await page.goto(`file://${path}`, { waitUntil: 'load' });
  return { page, faults, requests };
}
