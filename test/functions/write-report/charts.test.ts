import { describe, expect, it } from 'vitest';
import { precisionRecallChart } from '../../../functions/write-report/html/charts/curves.ts';
import { distributionChart } from '../../../functions/write-report/html/charts/distribution-chart.ts';
import { intervalGraphic } from '../../../functions/write-report/html/charts/interval-graphic.ts';
import { operatingChart } from '../../../functions/write-report/html/charts/operating-chart.ts';
import { projectionPaths } from '../../../functions/write-report/html/charts/projection-panels.ts';
import { tradeOffChart } from '../../../functions/write-report/html/charts/trade-off-chart.ts';
import { fakeReport } from './fake-report.ts';

/** The texts of a drawing, in the order in which they are drawn. */
function texts(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
}

describe('the operating chart', () => {
  const draw = (marks: { index: number; letter: string }[]) =>
    operatingChart(
      ['0.1', '0.2', '0.3'],
      [{ values: [1, null, 0], style: 0 }],
      marks,
      1,
      { title: '', shares: true },
      'label',
    );

  it('gives rules that chose the same threshold one line, and letters that would touch two rows', async () => {
    const { text } = await draw([
      { index: 1, letter: 'A' },
      { index: 0, letter: 'B' },
      { index: 1, letter: 'C' },
    ]);
    expect(texts(text).slice(-2)).toEqual(['B', 'A C']);
    expect(text).toContain('<path class="cursor" data-width="330" data-start="165" d="M165,0V200"/>');
  });

  it('names thresholds below the places of their points', async () => {
    const { text } = await draw([]);
    expect(texts(text).slice(0, 3)).toEqual(['0.1', '0.2', '0.3']);
  });
});

describe('the trade-off chart', () => {
  it('names beside a point those that would lie under it, and never hides the highlighted one', async () => {
    const strategy = (number: number, falsePositiveRate: number, recall: number, highlighted = false) => ({
      number,
      falsePositiveRate,
      recall,
      highlighted,
    });
    const { text } = await tradeOffChart([
      strategy(1, 0.1, 0.5),
      strategy(2, 0.1, 0.5),
      strategy(3, 0.5, 0.9, true),
      strategy(4, 0.1, 0.5),
      strategy(5, 0.5, 0.9),
    ]);
    const numbers = texts(text).filter((each) => /^[\d, ]+$/.test(each));
    expect(numbers).toEqual(['1', '3', '2, 4', '5']);
  });
});

describe('the chart of a column', () => {
  it('has the most frequent levels, and one bar for all others', async () => {
    const levels = Array.from({ length: 10 }, (_, i) => `level ${i}`);
    const observed = levels.map((_, i) => (i + 1) / 55);
    const shares = { observed, synthetic: observed };
    const column = { kind: 'categorical', name: 'column', levels, ...shares, distance: 0 } as const;
    const { text } = await distributionChart(column, 'text');
    expect(texts(text)).toEqual(['level 9', 'level 8', 'level 7', 'level 6', 'level 5', 'level 4', '4 others']);
    expect(text).toContain('aria-label="column: observed minority rows beside synthetic rows."');
  });
});

describe('the axis of a column', () => {
  const draw = async (type: 'date' | 'timestamp' | 'number', low: number, high: number) => {
    const edges = [low, (low + high) / 2, high];
    const shares = { observed: [0.5, 0.5], synthetic: [1, 0] };
    return distributionChart({ kind: 'numeric', name: 'column', edges, ...shares, distance: 0.5 }, type);
  };

  it('has dates where the column has, which are days since 1970', async () => {
    const { text } = await draw('date', 365 * 48 + 12, 365 * 54 + 13);
    expect(texts(text)).toEqual(['2018', '2020', '2022', '2024']);
  });

  it('has months or times of the day where a timestamp, in milliseconds, has no more to tell, wherever it is drawn', async () => {
    const day = 24 * 60 * 60 * 1000;
    expect(texts((await draw('timestamp', 0, 100 * day)).text)).toEqual(['1970', 'Feb 1970', 'Mar 1970', 'Apr 1970']);
    expect(texts((await draw('timestamp', 0.2 * day, 0.8 * day)).text)).toEqual([
      '06:00',
      '09:00',
      '12:00',
      '15:00',
      '18:00',
    ]);
  });

  it('draws dates that are none of a calendar, at its ends', async () => {
    const { text } = await draw('timestamp', -1e300, 1e300);
    expect(text).not.toContain('NaN');
  });

  it('keeps labels at its ends inside of the drawing', async () => {
    const { text } = await draw('number', 0, 2040);
    expect(texts(text)).toEqual(['0', '500', '1000', '1500', '2000']);
    expect(text).toMatch(/<text text-anchor="end"[^>]*>2000</);
  });
});

describe('the curve of precision by recall', () => {
  it('goes in steps, from the precision of the highest scores on, so that its area is the average precision', async () => {
    const { counts, metrics } = fakeReport().test.results[0];
    const precisionRecall = [
      { recall: 0, precision: 1 },
      { recall: 0.5, precision: 0.5 },
      { recall: 1, precision: 0.25 },
    ];
    const { text } = await precisionRecallChart(
      [{ id: 'a', label: 'A', counts, metrics, roc: [], precisionRecall }],
      0,
    );
    const [width, height] = [310, 260];
    const path = [
      `M0,${height / 2}`,
      `L0,${height / 2}`,
      `L${width / 2},${height / 2}`,
      `L${width / 2},${(3 * height) / 4}`,
      `L${width},${(3 * height) / 4}`,
    ].join('');
    expect(text).toContain(`d="${path}"`);
  });
});

describe('the projection', () => {
  it('draws each kind as one path of dots, upwards, and all in the middle where there is but one value', () => {
    const paths = projectionPaths([
      { x: 0, y: 5, kind: 'majority' },
      { x: 10, y: 5, kind: 'minority' },
      { x: 5, y: 5, kind: 'minority' },
    ]);
    expect(paths.majority.text).toBe('<path id="points-majority" d="M8,150h0"/>');
    expect(paths.minority.text).toBe('<path id="points-minority" d="M292,150h0M150,150h0"/>');
    expect(paths.synthetic.text).toBe('<path id="points-synthetic" d=""/>');
  });
});

describe('intervals', () => {
  it('are drawn to one scale from the least bound to the greatest', () => {
    const low = { estimate: 0.25, low: 0, high: 0.5 };
    const high = { estimate: 1, low: null, high: null };
    const none = { estimate: null, low: null, high: null };
    const draw = intervalGraphic([low, high, none], 0.5);
    expect(draw(low).text).toContain('<path class="reference" d="M60,0V18"/><path class="whisker" d="M6,9H60"/>');
    expect(draw(high).text).toContain('d="M60,0V18"/><circle cx="114" cy="9" r="4"/>');
    expect(draw(none).text).toBe('');
  });
});
