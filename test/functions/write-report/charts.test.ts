import { describe, expect, it } from 'vitest';
import { distributionChart } from '../../../functions/write-report/html/charts/distribution-chart.ts';
import { intervalGraphic } from '../../../functions/write-report/html/charts/interval-graphic.ts';
import { operatingChart } from '../../../functions/write-report/html/charts/operating-chart.ts';
import { projectionPaths } from '../../../functions/write-report/html/charts/projection-panels.ts';
import { tradeOffChart } from '../../../functions/write-report/html/charts/trade-off-chart.ts';

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
    const { text } = await distributionChart({ kind: 'categorical', name: 'column', levels, ...shares, distance: 0 });
    expect(texts(text)).toEqual(['level 9', 'level 8', 'level 7', 'level 6', 'level 5', 'level 4', '4 others']);
    expect(text).toContain('aria-label="column: observed minority rows beside synthetic rows."');
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
