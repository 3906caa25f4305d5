import { describe, expect, it } from 'vitest';
import { type DomainColumn, UNSEEN } from '../../../core/domain/columns.ts';
import { oneHotRows } from '../../../core/domain/one-hot.ts';
import { nearestMixedNeighbours, nearestNeighbours } from '../../../core/neighbours/nearest-neighbours.ts';

describe('oneHotRows', () => {
  const columns: readonly DomainColumn[] = [
    { kind: 'categorical', name: 'place', levels: ['a', 'b'], mode: 'a' },
    { kind: 'numeric', name: 'x', mean: 0, deviation: 1, median: 0 },
    { kind: 'categorical', name: 'colour', levels: ['r', 's', 't'], mode: 't' },
  ];
  const rows = {
    rows: 3,
    numberCount: 1,
    codeCount: 2,
    numbers: Float32Array.of(1, -2, 0.5),
    codes: Uint8Array.of(0, 2, 1, 0, UNSEEN, UNSEEN),
  };
  const root = Math.fround(Math.SQRT2);

  it('gives a column of 0 and 1 to each level, and one to unseen levels, or all columns', () => {
    expect([...oneHotRows(rows, columns, 'own-column').data]).toEqual(
      [
        [root, 1, 0, 0, 0, 0, 1, 0],
        [-2 * root, 0, 1, 0, 1, 0, 0, 0],
        [root / 2, 0, 0, 1, 0, 0, 0, 1],
      ].flat(),
    );
    expect([...oneHotRows(rows, columns, 'all-levels').data]).toEqual(
      [
        [root, 1, 0, 0, 0, 1],
        [-2 * root, 0, 1, 1, 0, 0],
        [root / 2, 1, 1, 1, 1, 1],
      ].flat(),
    );
  });

  it('makes distances the root of 2 times those of the mixed rows, unseen levels included', () => {
    const wide = oneHotRows(rows, columns, 'own-column');
    const found = nearestNeighbours(wide, wide, 2, { excludeSelf: true });
    const mixed = nearestMixedNeighbours(rows, rows, 2, { excludeSelf: true });
    expect(found.indices).toEqual(mixed.indices);
    found.distances.forEach((distance, i) => {
      expect(distance).toBeCloseTo(mixed.distances[i] * Math.SQRT2, 6);
    });
  });
});
