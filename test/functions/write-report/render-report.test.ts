import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../contracts/report.ts';
import { renderReport } from '../../../functions/write-report/html/render-report.ts';
import { fakeReport } from './fake-report.ts';
import { HOSTILE_NAMES, hostileReport, VARIANTS } from './fake-variants.ts';
import { shownNumbers, shownTexts, valueAt } from './shown-fields.ts';

const KILOBYTE = 1000;

function expectItsNumbers(page: string, report: Report): void {
  for (const { place, value, text } of shownNumbers(page)) {
    const stored = valueAt(report, place);
    expect(stored, place).toBeTypeOf('number');
    expect(value, place).toBe(stored);
    const { number, halfStep } = text;
    expect(Math.abs(number - value), `${place}: ${value} is shown as ${number}`).toBeLessThanOrEqual(halfStep);
  }
}

describe('the numbers of the page', () => {
  it('are those of the report, to the digits shown', async () => {
    const report = fakeReport();
    const page = await renderReport(report);
    expect(shownNumbers(page).length).toBeGreaterThan(900);
    expectItsNumbers(page, report);
  });

  it('leave none out: every metric, count and distance that the report holds is on the page', async () => {
    const report = fakeReport();
    const places = new Set(shownNumbers(await renderReport(report)).map(({ place }) => place));
    const expected = [
      ...(report.comparison?.strategies ?? []).flatMap(({ metrics }, i) =>
        intervalPlaces(`comparison.strategies.${i}.metrics`, metrics),
      ),
      ...report.test.results.flatMap(({ metrics }, i) => intervalPlaces(`test.results.${i}.metrics`, metrics)),
      ...report.flow.flatMap((_, i) => [`flow.${i}.majority`, `flow.${i}.observedMinority`]),
      ...report.distributions.map((_, i) => `distributions.${i}.distance`),
      ...['none', 'prior-corrected', 'platt', 'isotonic'].flatMap((way) =>
        ['expectedCalibrationError', 'brier', 'logLoss'].map((error) => `calibration.test.${way}.${error}`),
      ),
      ...['observed', 'undersampled', 'published'].map((rows) => `domain.testInside.${rows}`),
      'domain.synthetic.rows',
      'domain.synthetic.outside',
      'provenance.seed',
      'dataset.bytes',
    ];
    expect(expected.filter((place) => !places.has(place))).toEqual([]);
  });

  it('stand beside the texts of the report, unchanged', async () => {
    const report = fakeReport();
    const texts = shownTexts(await renderReport(report));
    expect(texts.map(({ place }) => place)).toEqual(
      expect.arrayContaining([
        'verdict.headline',
        'verdict.reasons.2',
        'test.bootstrap.intervals',
        'command',
        'dataset.uri',
        'dataset.sha256',
      ]),
    );
    for (const { place, text } of texts) expect(text, place).toBe(valueAt(report, place));
  });
});

function intervalPlaces(place: string, metrics: Report['test']['results'][number]['metrics']): string[] {
  return Object.entries(metrics).flatMap(([name, { estimate }]) =>
    estimate === null ? [] : ['estimate', 'low', 'high'].map((part) => `${place}.${name}.${part}`),
  );
}

describe('the page', () => {
  it('is the same bytes for the same report', async () => {
    const [first, second] = [await renderReport(fakeReport()), await renderReport(fakeReport())];
    expect(first === second).toBe(true);
  });

  it('is small: a report of the size of Adult’s takes less than 600 kB', async () => {
    const page = await renderReport(fakeReport());
    expect(Buffer.byteLength(page)).toBeLessThan(600 * KILOBYTE);
  });

  it('fetches nothing, and says so to the browser', async () => {
    const page = await renderReport(fakeReport());
    const addresses = [...page.matchAll(/\s(?:src|href|xlink:href|action|data)="([^"]*)"/g)].map(
      ([, address]) => address,
    );
    expect(addresses.filter((address) => !address.startsWith('#'))).toEqual(['data:,']);
    expect(found(page, /.{0,40}(?:url\(|@import|https?:).{0,40}/)).toBeUndefined();
    const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${hash(style)}`,
      `script-src ${hash(script)}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('has ids that are its own alone, and points to no other', async () => {
    const page = await renderReport(fakeReport());
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...page.matchAll(/\s(?:href="#|for="|aria-labelledby=")([^"]*)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !ids.includes(id))).toEqual([]);
  });
});

/** The first match, to be shown in place of the whole page. */
function found(page: string, pattern: RegExp): string | undefined {
  return pattern.exec(page)?.[0];
}

describe('a report', () => {
  for (const [kind, make] of Object.entries(VARIANTS)) {
    it(`${kind} becomes a page without a sign of what is missing`, async () => {
      const report = make();
      const page = await renderReport(report);
      // Programs may speak of what is not a number, and a request of what stands for a missing value.
      const told = page.replace(/<pre[^>]*aria-label="Request">[\s\S]*?<\/pre>|<script>[\s\S]*?<\/script>/g, '');
      expect(found(told, /.{0,60}(?:NaN|undefined|Infinity|\[object|>null<).{0,20}/)).toBeUndefined();
      expectItsNumbers(page, report);
    });
  }

  it('says what a report without comparison or synthetic rows has to say instead', async () => {
    const said = async (kind: string, text: string) => (await renderReport(VARIANTS[kind]())).includes(text);
    expect(await said('without a comparison', 'was asked to compare nothing')).toBe(true);
    expect(await said('without a comparison', '<dt>Recommended</dt><dd>Not known</dd>')).toBe(true);
    expect(await said('of too few rows to compare', 'are too few to be dealt into folds')).toBe(true);
    expect(await said('without synthetic rows', 'holds no synthetic rows')).toBe(true);
  });

  it('says that rows which are given again are not to be split again, and says nothing where there are none', async () => {
    const warning = 'Do not split that file again';
    expect(await renderReport(fakeReport())).not.toContain(warning);
    const { flow } = fakeReport();
    const given = { step: 'Published: Random over-sampling (1:1)', majority: 18_109, syntheticMinority: 0 };
    const again = [...flow.slice(0, 3), { ...given, observedMinority: 18_109 }];
    const page = await renderReport(fakeReport({ flow: again }));
    expect(page.replace(/<[^>]*>/g, '')).toContain(
      'The 18,109 published minority rows are 1,505 rows, given again and again. Nothing in train.csv marks the copies: ' +
        'is_synthetic is false for them, for they were observed. Do not split that file again, as cross-validation does: copies ' +
        'of a row would lie on both sides, and every score would be too good.',
    );
    expectItsNumbers(page, fakeReport({ flow: again }));
  });

  it('with hostile names keeps its structure: not one more element, attribute or script', async () => {
    const page = await renderReport(hostileReport());
    const usual = await renderReport(fakeReport());
    expect(page.match(/<script/g)).toEqual(usual.match(/<script/g));
    expect(page.match(/<style/g)).toEqual(usual.match(/<style/g));
    expect(found(page, /.{0,40}(?:<!--|<img|\]\]>).{0,40}/)).toBeUndefined();
    expect(found(page.replace(/="[^"]*"/g, '=""'), /<[^>]*\son\w+=[^>]*>/)).toBeUndefined();
    expect(HOSTILE_NAMES.filter((name) => name.includes('<') && page.includes(name))).toEqual([]);
  });

  it('with hostile names tells its texts as they are', async () => {
    const report = hostileReport();
    const page = await renderReport(report);
    const told = [
      '&lt;script&gt;alert(1)&lt;/script&gt;',
      'שלום עולם مرحبا',
      'null\ufffd bell\ufffd escape\ufffd[31m delete\ufffd',
    ];
    expect(told.filter((text) => !page.includes(text))).toEqual([]);
    expectItsNumbers(page, report);
  });
});
