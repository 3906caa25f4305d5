import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascending, sortedRows } from '../../../core/learners/sorted-rows.ts';

const stablySorted = (values: Float32Array) => Array.from(values.keys()).sort((a, b) => values[a] - values[b]);

describe('sortedRows', () => {
  it('sorts as a stable sort by comparison does', () => {
    const few = fc.float32Array({ noNaN: true, noDefaultInfinity: true, maxLength: 300 });
    const tied = fc
      .array(fc.constantFrom(-2, -0, 0, 1e-45, 3), { maxLength: 50 })
      .map((list) => Float32Array.from(list));
    fc.assert(
      fc.property(fc.oneof(few, tied), (values) => {
        expect([...sortedRows(values)]).toEqual(stablySorted(values));
      }),
    );
  });

  it('sorts the ends of single precision, and leaves the values as they were', () => {
    const values = Float32Array.of(3.4028234663852886e38, 0, -(2 ** -149), -3.4028234663852886e38, 2 ** -149, -1, 1);
    const before = values.slice();
    expect([...sortedRows(values)]).toEqual([3, 5, 2, 1, 4, 6, 0]);
    expect(values).toEqual(before);
  });
});

describe('ascending', () => {
  it('counts from 0', () => expect([...ascending(4)]).toEqual([0, 1, 2, 3]));
});
