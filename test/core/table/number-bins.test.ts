import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binOf, binStarts } from '../../../core/table/number-bins.ts';

const ascending = (values: number[]): Float64Array => Float64Array.from(values).sort();

describe('binStarts', () => {
  it('makes 32 bins of many different values', () => {
    const values = ascending(Array.from({ length: 3200 }, (_, i) => i));
    expect(binStarts(values)).toEqual(Float64Array.from({ length: 32 }, (_, bin) => bin * 100));
  });

  it('makes bins of no fewer rows than their square root', () => {
    const values = ascending(Array.from({ length: 100 }, (_, i) => i));
    expect(binStarts(values)).toEqual(Float64Array.from({ length: 10 }, (_, bin) => bin * 10));
  });

  it('gives a frequent value a bin by itself', () => {
    const values = ascending([-5, ...new Array(90).fill(0), 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(binStarts(values)).toEqual(Float64Array.of(-5, 0, 1));
  });

  it('makes one bin of one value', () => {
    expect(binStarts(Float64Array.of(7, 7, 7))).toEqual(Float64Array.of(7));
    expect(binStarts(Float64Array.of(7))).toEqual(Float64Array.of(7));
  });

  it('never parts equal values, and fills all bins but the last and those before a frequent value', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 200 }), (given) => {
        const values = ascending(given);
        const starts = binStarts(values);
        expect(starts).toEqual(Float64Array.from(new Set(starts)).sort());
        const counts = new Float64Array(starts.length);
        for (const value of values) counts[binOf(starts, value)]++;
        const fill = Math.max(values.length / 32, Math.sqrt(values.length));
        const frequent = (bin: number): boolean => {
          const own = values.filter((value) => binOf(starts, value) === bin);
          return own.length >= fill && own.every((value) => value === own[0] || own.lastIndexOf(own[0]) + 1 >= fill);
        };
        counts.forEach((count, bin) => {
          if (bin < counts.length - 1 && !frequent(bin + 1)) expect(count).toBeGreaterThanOrEqual(fill);
        });
      }),
    );
  });
});

describe('binOf', () => {
  it('finds the last bin that starts at or below the value', () => {
    const starts = Float64Array.of(-5, 0, 1, 10);
    expect([-9, -5, -1, 0, 0.5, 1, 9.9, 10, 99].map((value) => binOf(starts, value))).toEqual([
      0, 0, 0, 1, 1, 2, 2, 3, 3,
    ]);
  });
});
