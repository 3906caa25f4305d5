import { describe, expect, it } from 'vitest';
import { planStrategies, type StrategyPlan } from '../../../core/strategies/plan-strategies.ts';
import { STRATEGY_TYPES, strategyId } from '../../../core/strategies/strategy.ts';

const planned = (plan: StrategyPlan) => planStrategies(plan).map(strategyId);
const costs = { costFalsePositive: 1, costFalseNegative: 4 };

describe('planStrategies', () => {
  it('tries resampling at each ratio, in order and once', () => {
    expect(planned({ types: STRATEGY_TYPES, ratios: [3, 1, 1], costs })).toEqual([
      'none',
      'class-weights',
      'sqrt-class-weights',
      'cost-weights',
      'threshold',
      'under-sampling@1',
      'under-sampling@3',
      'over-sampling@1',
      'over-sampling@3',
      'algorithm-1@1',
      'algorithm-1@3',
    ]);
  });

  it('weighs by costs only where costs are known', () => {
    expect(planned({ types: ['cost-weights', 'threshold'], ratios: [1] })).toEqual(['none', 'threshold']);
    expect(planned({ types: ['cost-weights', 'threshold'], ratios: [1], costs: null })).toEqual(['none', 'threshold']);
  });

  it('always has what the others are measured against, in whatever order types are named', () => {
    expect(planned({ types: ['algorithm-1', 'class-weights'], ratios: [1] })).toEqual([
      'none',
      'class-weights',
      'algorithm-1@1',
    ]);
  });

  it('adds what is asked for, once and in its place', () => {
    const asked = { type: 'under-sampling', ratio: 1.5 } as const;
    expect(planned({ types: ['under-sampling', 'over-sampling'], ratios: [1, 2], asked })).toEqual([
      'none',
      'under-sampling@1',
      'under-sampling@1.5',
      'under-sampling@2',
      'over-sampling@1',
      'over-sampling@2',
    ]);
    expect(planned({ types: ['under-sampling'], ratios: [1.5], asked })).toEqual(['none', 'under-sampling@1.5']);
    expect(planned({ types: ['threshold'], ratios: [1], asked })).toEqual(['none', 'threshold', 'under-sampling@1.5']);
  });

  it('leaves out the ratios that the rows have already, unless one is asked for', () => {
    const types = ['under-sampling', 'algorithm-1'] as const;
    const ratios = [1, 2, 3];
    expect(planned({ types, ratios, rows: { majority: 300, minority: 100 } })).toEqual([
      'none',
      'under-sampling@1',
      'under-sampling@2',
      'algorithm-1@1',
      'algorithm-1@2',
    ]);
    expect(planned({ types, ratios, rows: { majority: 100, minority: 100 } })).toEqual(['none']);
    const asked = { type: 'algorithm-1', ratio: 3 } as const;
    expect(planned({ types, ratios, rows: { majority: 150, minority: 100 }, asked })).toEqual([
      'none',
      'under-sampling@1',
      'algorithm-1@1',
      'algorithm-1@3',
    ]);
  });

  it('compares nothing where no type is named', () => {
    expect(planned({ types: [], ratios: [1], asked: { type: 'algorithm-1', ratio: 1 } })).toEqual([]);
  });
});
