import { describe, expect, it } from 'vitest';
import { planOverSampling } from '../../../core/samplers/over-sampling-plan.ts';

const added = (majority: number, minority: number, ratio: number) =>
  planOverSampling({ majority, minority }, ratio).rowsToAdd;

describe('planOverSampling', () => {
  it('adds so many minority rows that the classes stand in the ratio', () => {
    expect(added(100, 10, 1)).toEqual({ majority: 0, minority: 100 - 10 });
    expect(added(100, 10, 4)).toEqual({ majority: 0, minority: 100 / 4 - 10 });
    expect(added(100, 10, 0.5)).toEqual({ majority: 0, minority: 100 / 0.5 - 10 });
  });

  it('rounds to whole rows, and adds none where there are enough', () => {
    expect(added(100, 10, 3).minority).toBe(Math.round(100 / 3) - 10);
    expect(added(100, 50, 2).minority).toBe(0);
    expect(added(100, 51, 2).minority).toBe(0);
    expect(added(5, 10, 1).minority).toBe(0);
  });

  it('refuses one class', () => {
    expect(() => added(3, 0, 1)).toThrowErrorMatchingInlineSnapshot(
      `[OneClassError: over-sampling: found 3 majority and 0 minority rows, needed at least one of each]`,
    );
  });
});
