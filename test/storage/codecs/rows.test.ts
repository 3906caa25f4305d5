import { describe, expect, it } from 'vitest';
import { createTable } from '../../../core/table/table.ts';
import { encodeArrays } from '../../../storage/codecs/arrays.ts';
import { decodeRows, encodeRows, isSynthetic, type Rows, syntheticOrigin } from '../../../storage/codecs/rows.ts';

const rows: Rows = {
  table: createTable([
    { kind: 'numeric', name: 'amount', integer: false, values: Float64Array.of(1.5, Number.NaN) },
    { kind: 'categorical', name: 'größe', levels: ['L', 'S'], codes: Int32Array.of(-1, 1) },
  ]),
  labels: Uint8Array.of(0, 1),
  origins: Int32Array.of(17, syntheticOrigin(0)),
};

describe('the rows artifact', () => {
  it('comes back as it was, gaps included', () => {
    expect(decodeRows(encodeRows(rows), 's3://b/rows.table')).toEqual(rows);
  });

  it('keeps rows of a table without columns', () => {
    const empty = { ...rows, table: createTable([], 2) };
    expect(decodeRows(encodeRows(empty), 's3://b/rows.table')).toEqual(empty);
  });

  it('tells synthetic rows from observed ones', () => {
    expect([...rows.origins].map(isSynthetic)).toEqual([false, true]);
    expect(isSynthetic(syntheticOrigin(41))).toBe(true);
  });

  it('refuses arrays of another kind, by the name of the artifact', () => {
    const other = encodeArrays({ meta: {}, arrays: { indices: Int32Array.of(1) } });
    expect(() => decodeRows(other, 's3://b/kept.arrays')).toThrow(
      's3://b/kept.arrays: found arrays indices, needed rows of a table',
    );
    const gap = encodeArrays({
      meta: { rows: 1, columns: [{ kind: 'numeric', name: 'amount' }] },
      arrays: { labels: Uint8Array.of(1), origins: Int32Array.of(0) },
    });
    expect(() => decodeRows(gap, 's3://b/x')).toThrow('s3://b/x: found no array of the numeric column "amount"');
  });
});
