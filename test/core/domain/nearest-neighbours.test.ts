import { describe, expect, it } from 'vitest';
import { domainShare, fitDomain } from '../../../core/domain/domain.ts';
import { createRng } from '../../../core/random/rng.ts';
import { fitFeatureEncoder } from '../../../core/table/feature-encoder.ts';
import { createTable, type Table, takeRows } from '../../../core/table/table.ts';
import { drawRows } from './domain-contract.ts';

const settings = { method: 'nearest-neighbours', coverage: 0.5 } as const;
const rng = () => createRng(0, 'nearest-neighbours');

function mixedTable(numbers: readonly number[], codes: readonly number[]): Table {
  return createTable([
    { kind: 'numeric', name: 'x', integer: true, values: Float64Array.from(numbers) },
    { kind: 'categorical', name: 'level', levels: ['a', 'b', 'c'], codes: Int32Array.from(codes) },
  ]);
}

describe('the domain of nearest neighbours', () => {
  // Mean 0 and deviation 2, so that 2 in the table is 1 deviation.
  const training = mixedTable([-2, 2, -2, 2, -2, 2], [0, 0, 0, 0, 0, 1]);
  const domain = fitDomain(settings, training, { ...fitFeatureEncoder(training) }, rng());

  it('has its boundary where the share of training rows, each without itself, lies inside', () => {
    // Of the deviations -1, 1, -1, 1, -1 and 1 with another level, the mean distances to the five other rows:
    const ofLow = (0 + 0 + 2 + 2 + Math.sqrt(5)) / 5;
    const ofHigh = (0 + 1 + 2 + 2 + 2) / 5;
    const ofOther = (1 + 1 + 3 * Math.sqrt(5)) / 5;
    // Half of them are the low ones (1.247) or nearer: the high ones (1.4) are the second half, the other (1.742) is last.
    expect([ofHigh, ofLow, ofOther].toSorted()).toEqual([ofLow, ofHigh, ofOther]);
    expect((domain.toJSON() as { boundary: number }).boundary).toBeCloseTo(ofLow, 15);
  });

  it('scores by how much nearer than the boundary a row is to the five nearest rows', () => {
    const { boundary } = domain.toJSON() as { boundary: number };
    const [score] = domain.score(mixedTable([6], [1]));
    // 3 deviations: 2 from the high rows, 4 from the low ones, of which all but one have another level.
    expect(score).toBeCloseTo(boundary - (2 + 2 * Math.sqrt(5) + 2 * Math.sqrt(17)) / 5, 14);
  });

  it('adds 1 to the squared distance of every row for a level that none has', () => {
    const { boundary } = domain.toJSON() as { boundary: number };
    const [score] = domain.score(mixedTable([2], [2]));
    expect(score).toBeCloseTo(boundary - (1 + 1 + 1 + 2 * Math.sqrt(5)) / 5, 14);
  });

  it('holds less of the same rows where it is refitted to fewer, and no boundary moves', () => {
    const rows = drawRows(1000, 0);
    const wide = fitDomain({ ...settings, coverage: 0.95 }, rows, fitFeatureEncoder(rows), rng());
    const north = Int32Array.from({ length: 1000 }, (_, row) => row).filter(
      (row) => (rows.columns[1] as { codes: Int32Array }).codes[row] === 0,
    );
    const narrow = wide.refit(takeRows(rows, north), rng());
    const others = drawRows(1000, 1);
    expect(domainShare(narrow, others)).toBeLessThan(0.6);
    expect((narrow.toJSON() as { boundary: number }).boundary).toBe((wide.toJSON() as { boundary: number }).boundary);
  });

  it('keeps 10,000 rows, fewer where they are wide, and the same share of other rows', () => {
    const saved = (rows: number, columns: number) => {
      const table = normals(rows, columns);
      const fitted = fitDomain(settings, table, fitFeatureEncoder(table), rng());
      const half = takeRows(
        table,
        Int32Array.from({ length: rows / 2 }, (_, row) => row),
      );
      const [all, some] = [fitted, fitted.refit(half, rng())].map((each) => each.toJSON() as { rows: number });
      return [all.rows, some.rows];
    };
    expect(saved(10_000, 2)).toEqual([10_000, 5000]);
    expect(saved(12_500, 2)).toEqual([10_000, 5000]);
    expect(saved(3000, 200)).toEqual([
      Math.floor(2 ** 20 / (4 * 200)),
      Math.round(Math.floor(2 ** 20 / (4 * 200)) / 2),
    ]);
    expect(saved(1200, 400)).toEqual([1000, 500]);
  });
});

function normals(rows: number, columns: number): Table {
  const draw = createRng(0, 'normals');
  return createTable(
    Array.from({ length: columns }, (_, c) => ({
      kind: 'numeric',
      name: `x${c}`,
      integer: false,
      values: Float64Array.from({ length: rows }, () => draw.nextNormal()),
    })),
  );
}
