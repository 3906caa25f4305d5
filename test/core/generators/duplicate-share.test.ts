import { describe, expect, it } from 'vitest';
import { duplicateShare } from '../../../core/generators/duplicate-share.ts';
import { takeRows } from '../../../core/table/table.ts';
import { minorityRows } from './generator-contract.ts';

const observed = minorityRows(30, 0);
const others = minorityRows(30, 1);

describe('duplicateShare', () => {
  it('is 1 for copies, in whatever order, and 0 for other rows', () => {
    expect(duplicateShare(takeRows(observed, [5, 5, 0, 29]), observed)).toBe(1);
    expect(duplicateShare(others, observed)).toBe(0);
  });

  it('counts a row as a duplicate only where every column is equal', () => {
    const [height, ...rest] = takeRows(observed, [0, 1, 2, 3]).columns;
    const moved = {
      ...height,
      values: Float64Array.from({ length: 4 }, (_, row) => (row === 1 ? 99 : observedHeight(row))),
    };
    expect(duplicateShare({ rows: 4, columns: [moved, ...rest] } as typeof observed, observed)).toBe(3 / 4);
  });

  it('is 0 where there are no rows', () => {
    expect(duplicateShare(takeRows(observed, []), observed)).toBe(0);
  });
});

function observedHeight(row: number): number {
  const [height] = observed.columns;
  return height.kind === 'numeric' ? height.values[row] : Number.NaN;
}
