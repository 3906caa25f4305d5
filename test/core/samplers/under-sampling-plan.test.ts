import { describe, expect, it } from 'vitest';
import { planUnderSampling } from '../../../core/samplers/under-sampling-plan.ts';

const plan = (majority: number, minority: number, ratio: number) => planUnderSampling({ majority, minority }, ratio);

describe('planUnderSampling', () => {
  it('keeps the minority and so many majority rows for each of its rows', () => {
    expect(plan(100, 10, 1)).toEqual({ rowsToKeep: { majority: 10, minority: 10 }, keepsWholeMajority: false });
    expect(plan(100, 10, 3)).toEqual({ rowsToKeep: { majority: 30, minority: 10 }, keepsWholeMajority: false });
    expect(plan(100, 10, 0.1)).toEqual({ rowsToKeep: { majority: 1, minority: 10 }, keepsWholeMajority: false });
  });

  it('rounds to whole rows, one at least', () => {
    expect(plan(100, 3, 1.5).rowsToKeep.majority).toBe(Math.round(1.5 * 3));
    expect(plan(100, 100, 0.29).rowsToKeep.majority).toBe(29);
    expect(plan(100, 1, 0.1).rowsToKeep.majority).toBe(1);
  });

  it('says where the majority has no more rows than asked for', () => {
    expect(plan(30, 10, 3)).toEqual({ rowsToKeep: { majority: 30, minority: 10 }, keepsWholeMajority: true });
    expect(plan(29, 10, 3)).toEqual({ rowsToKeep: { majority: 29, minority: 10 }, keepsWholeMajority: true });
    expect(plan(5, 10, 1)).toEqual({ rowsToKeep: { majority: 5, minority: 10 }, keepsWholeMajority: true });
  });

  it('refuses one class', () => {
    expect(() => plan(3, 0, 1)).toThrowErrorMatchingInlineSnapshot(
      `[OneClassError: under-sampling: found 3 majority and 0 minority rows, needed at least one of each]`,
    );
    expect(() => plan(0, 3, 1)).toThrowErrorMatchingInlineSnapshot(
      `[OneClassError: under-sampling: found 0 majority and 3 minority rows, needed at least one of each]`,
    );
  });
});
