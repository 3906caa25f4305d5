import { describe, expect, it } from 'vitest';
import { compareColumn, OTHER_LEVELS } from '../../../core/table/column-distribution.ts';
import type { CategoricalColumn, NumericColumn } from '../../../core/table/table.ts';

function numbers(...values: number[]): NumericColumn {
  return { kind: 'numeric', name: 'amount', integer: false, values: Float64Array.from(values) };
}

function levels(names: readonly string[], ...codes: number[]): CategoricalColumn {
  return { kind: 'categorical', name: 'colour', levels: names, codes: Int32Array.from(codes) };
}

describe('compareColumn', () => {
  it('bins numbers of both sides alike, the highest into the last bin, and leaves missing ones out', () => {
    const found = compareColumn(numbers(0, 24, Number.NaN), numbers(0, 1, 1, 12));
    expect(found).toMatchObject({ kind: 'numeric', name: 'amount' });
    if (found.kind !== 'numeric') return;
    expect(found.edges).toEqual(Array.from({ length: 25 }, (_, i) => i));
    expect([found.observed[0], found.observed[23]]).toEqual([1 / 2, 1 / 2]);
    expect([found.synthetic[0], found.synthetic[1], found.synthetic[12]]).toEqual([1 / 4, 2 / 4, 1 / 4]);
  });

  it('measures the largest gap between the cumulative shares of numbers', () => {
    expect(compareColumn(numbers(1, 2, 3, 4), numbers(1, 2, 3, 4)).distance).toBe(0);
    expect(compareColumn(numbers(1, 2), numbers(5, 6)).distance).toBe(1);
    // Up to 2: 1/2 of the one side, 2/3 of the other. Up to 1: 1/4 and 2/3.
    expect(compareColumn(numbers(1, 2, 3, 4), numbers(1, 1, 3)).distance).toBe(2 / 3 - 1 / 4);
  });

  it('has one bin for one number, and none for none', () => {
    expect(compareColumn(numbers(7, 7), numbers(7))).toMatchObject({ edges: [7, 7], observed: [1], synthetic: [1] });
    const none = compareColumn(numbers(Number.NaN), numbers());
    expect(none).toMatchObject({ edges: [], observed: [], synthetic: [], distance: null });
  });

  it('takes the levels in the order of their shares, and half the sum of the gaps as their distance', () => {
    const names = ['blue', 'green', 'red'];
    const found = compareColumn(levels(names, 2, 2, 2, 0, -1), levels(names, 2, 1));
    expect(found).toEqual({
      kind: 'categorical',
      name: 'colour',
      levels: ['red', 'green', 'blue'],
      observed: [3 / 4, 0, 1 / 4],
      synthetic: [1 / 2, 1 / 2, 0],
      distance: (1 / 4 + 1 / 2 + 1 / 4) / 2,
    });
  });

  it('takes rare levels together where there are many', () => {
    const names = Array.from({ length: 40 }, (_, i) => `level ${String(i).padStart(2, '0')}`);
    const codes = names.flatMap((_, i) => new Array<number>(40 - i).fill(i));
    const found = compareColumn(levels(names, ...codes), levels(names, ...codes));
    if (found.kind !== 'categorical') throw new TypeError('needed levels');
    expect(found.levels).toEqual([...names.slice(0, 15), OTHER_LEVELS]);
    expect(found.observed.reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
    expect(found.distance).toBe(0);
  });
});
