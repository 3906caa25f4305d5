import { describe, expect, it } from 'vitest';
import { type Strategy, strategyFromId, strategyId } from '../../../core/strategies/strategy.ts';
import { strategyLabel } from '../../../core/strategies/strategy-label.ts';

describe('strategies by name', () => {
  it.each<[Strategy, string, string]>([
    [{ type: 'none', ratio: null }, 'none', 'Nothing'],
    [{ type: 'sqrt-class-weights', ratio: null }, 'sqrt-class-weights', 'Square-root class weights'],
    [{ type: 'under-sampling', ratio: 1 }, 'under-sampling@1', 'Random under-sampling (1:1)'],
    [{ type: 'algorithm-1', ratio: 2.5 }, 'algorithm-1@2.5', 'Algorithm 1 (2.5:1)'],
  ])('%o is %s, in words %s', (strategy, id, label) => {
    expect(strategyId(strategy)).toBe(id);
    expect(strategyLabel(strategy)).toBe(label);
    expect(strategyFromId(id)).toEqual(strategy);
  });

  it.each(['', 'nothing', 'algorithm-1@', 'algorithm-1@two', 'algorithm-1@1@2', 'none@01'])('refuses %j', (id) => {
    expect(() => strategyFromId(id)).toThrow(
      `strategy: found ${JSON.stringify(id)}, needed one of none, class-weights, sqrt-class-weights, cost-weights, threshold, ` +
        'under-sampling, over-sampling, algorithm-1, with a ratio as in algorithm-1@2',
    );
  });
});
