import type { Markup } from '../html.ts';
import { drawChart, type Frame } from './chart.ts';
import { INK, type Layer, type Position } from './layers.ts';

/** A strategy, by its number in the table. */
export interface TradeOff {
  readonly number: number;
  readonly falsePositiveRate: number;
  readonly recall: number;
  readonly highlighted: boolean;
}

const FRAME: Frame = { width: 320, height: 230, padding: { left: 46, right: 18, top: 30, bottom: 44 } };

/** Discs whose middles are closer than this share of the plot would hide each other. */
const TOO_CLOSE = 0.05;

/** What each strategy finds against what it costs: many are the same model at another operating point. */
export function tradeOffChart(strategies: readonly TradeOff[]): Promise<Markup> {
  const position = (field: string, title: string): Position => ({
    field,
    type: 'quantitative',
    title,
    axis: { format: '~%', tickCount: 5 },
    scale: { zero: false, padding: 14 },
  });
  const x = position('falsePositiveRate', 'false-positive rate');
  const y = position('recall', 'recall');
  const highlighted = (then: string, otherwise: string) => ({
    condition: { test: 'datum.highlighted', value: then },
    value: otherwise,
  });
  const data = { values: gathered(strategies) };
  const discs: Layer = {
    data,
    mark: { type: 'point', filled: true, opacity: 1, size: 330, strokeWidth: 1.5 },
    encoding: { x, y, fill: highlighted(INK.accent, INK.paper), stroke: highlighted(INK.paper, INK.muted) },
  };
  const numbers: Layer = {
    data,
    mark: { type: 'text', fontSize: 11, dy: 0.5, baseline: 'middle' },
    encoding: { x, y, text: { field: 'number' }, color: highlighted(INK.paper, INK.ink) },
  };
  const others: Layer = {
    data,
    mark: { type: 'text', fontSize: 11, dy: 0.5, dx: 13, baseline: 'middle', align: 'left', color: INK.ink },
    encoding: { x, y, text: { field: 'others' } },
  };
  const label = 'Recall by false-positive rate, a numbered point for each strategy.';
  return drawChart(FRAME, [discs, numbers, others], label);
}

/** Strategies in the order of drawing, the highlighted one last; one that would hide another is named beside it instead. */
function gathered(strategies: readonly TradeOff[]) {
  const span = (values: readonly number[]) => Math.max(...values) - Math.min(...values) || 1;
  const width = span(strategies.map(({ falsePositiveRate }) => falsePositiveRate));
  const height = span(strategies.map(({ recall }) => recall));
  const groups: TradeOff[][] = [];
  for (const strategy of strategies.toSorted((a, b) => Number(b.highlighted) - Number(a.highlighted))) {
    const near = groups.find(([first]) => {
      const across = (strategy.falsePositiveRate - first.falsePositiveRate) / width;
      const up = (strategy.recall - first.recall) / height;
      return Math.hypot(across, up) < TOO_CLOSE;
    });
    if (near) near.push(strategy);
    else groups.push([strategy]);
  }
  return groups
    .map(([first, ...rest]) => ({ ...first, others: rest.map(({ number }) => number).join(', ') }))
    .toReversed();
}
