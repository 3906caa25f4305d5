import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slimSvg } from '../../../functions/write-report/html/charts/slim-svg.ts';
import { escapeHtml, html, Markup, scriptJson } from '../../../functions/write-report/html/html.ts';
import { chartLabel, dataName, fileName } from '../../../functions/write-report/html/names.ts';
import { shower, shownInterval } from '../../../functions/write-report/html/shown.ts';
import { fakeReport } from './fake-report.ts';
import { HOSTILE_NAMES } from './fake-variants.ts';

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom(...HOSTILE_NAMES));

describe('html', () => {
  it('escapes what is put into it, but not what is HTML already', () => {
    const inner = html`<b>${'<&>'}</b>`;
    expect(html`<p title="${'"\''}">${inner}${[1, '<']}${null}${false}</p>`.text).toBe(
      '<p title="&quot;&#39;"><b>&lt;&amp;&gt;</b>1&lt;</p>',
    );
  });

  it('lets no text out of its place', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']/);
        expect(escapeHtml(text).isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('scriptJson', () => {
  it('says the same as JSON, in characters that a script element can hold', () => {
    fc.assert(
      fc.property(fc.dictionary(anyText, fc.array(anyText)), (value) => {
        const { text } = scriptJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(text).not.toMatch(/[<>&\u2028\u2029]/);
      }),
    );
  });

  it('cannot end the script, nor open a comment in it', () => {
    expect(scriptJson(['</script>', '<!--']).text).toBe('["\\u003c/script\\u003e","\\u003c!--"]');
  });
});

describe('names that came from data', () => {
  it('keep their own direction, are cut where they are too long, and are told of where they are empty', () => {
    expect(dataName('a<b').text).toBe('<bdi>a&lt;b</bdi>');
    expect(dataName(' ').text).toBe('<i class="empty">(empty)</i>');
    expect(dataName('x'.repeat(200)).text).toContain(`>${'x'.repeat(119)}…</bdi>`);
    expect([chartLabel('', 5), chartLabel('short', 5), chartLabel('longer', 5), chartLabel('😀😀😀', 2)]).toEqual([
      '(empty)',
      'short',
      'long…',
      '😀…',
    ]);
  });

  it('are those of files', () => {
    expect(fileName('file:///data/my%20rows.csv')).toBe('my rows.csv');
    expect(fileName('file:///data/100%.csv')).toBe('100%.csv');
    expect(fileName('s3://bucket/incoming/a%20b.csv')).toBe('a%20b.csv');
  });
});

describe('numbers of the report', () => {
  const report = fakeReport();
  const show = shower(report);
  const format = (value: number) => value.toFixed(2);

  it('are read from where they say', () => {
    expect(show('test.rows.majority', String).text).toBe(
      '<data value="4545" data-field="test.rows.majority">4545</data>',
    );
    expect(show('comparison.strategies.0.metrics.expected-value.estimate', String).text).toBe(
      '<span data-field="comparison.strategies.0.metrics.expected-value.estimate" title="not defined">–</span>',
    );
    expect(() => show('test.rows.neither', String)).toThrow(
      'test.rows.neither: found undefined, needed a number to show',
    );
  });

  it('have their interval where it is defined', () => {
    const place = 'domain.testInside.observed';
    expect(shownInterval(() => new Markup('~'), place, format, { estimate: 1, low: null, high: 2 }).text).toBe('~');
    expect(shownInterval(() => new Markup('~'), place, format, { estimate: 1, low: 0, high: 2 }).text).toBe(
      '~ <small class="interval">~ to ~</small>',
    );
  });
});

describe('slimSvg', () => {
  it('leaves out what draws nothing and shortens numbers, but never touches a text', () => {
    const text = 'd="M1.23456" class="a" &lt;path display="none"/&gt;';
    const svg = [
      '<svg xmlns="http://www.w3.org/2000/svg" class="marks" width="9"><g class="mark-text" role="none">',
      '<path class="background" d="M0,0h9" pointer-events="none"/><path class="foreground" d="" display="none"/>',
      '<path d="M0.123,-0.04L10.987,20.5" stroke="var(--ink)" opacity="1"/>',
      `<text transform="translate(0,86.33333)" font-family="inherit" fill="black">${text}</text></g></svg>`,
    ].join('');
    expect(slimSvg(svg)).toBe(
      `<g><path d="M0.1,0L11,20.5" stroke="var(--ink)"/><text transform="translate(0,86.3)" fill="black">${text}</text></g>`,
    );
  });
});
