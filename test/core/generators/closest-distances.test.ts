import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closestDistances } from '../../../core/generators/closest-distances.ts';
import { createMatrix } from '../../../core/table/matrix.ts';

describe('closestDistances', () => {
  it('measures to the closest row', () => {
    const rows = createMatrix(2, 2, Float32Array.of(0, 0, 10, 10));
    const others = createMatrix(3, 2, Float32Array.of(3, 4, 10, 10, -6, 8));
    expect(closestDistances(rows, others)).toEqual(Float64Array.of(Math.hypot(3, 4), 0));
  });

  it('is the least of all distances', () => {
    const cells = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 30 });
    fc.assert(
      fc.property(cells, cells, (a, b) => {
        const [rows, others] = [a, b].map((list) =>
          createMatrix(
            Math.floor(list.length / 3),
            3,
            Float32Array.from(list.slice(0, list.length - (list.length % 3))),
          ),
        );
        const found = closestDistances(rows, others);
        found.forEach((distance, row) => {
          const all = Array.from({ length: others.rows }, (_, other) =>
            Math.hypot(...[0, 1, 2].map((c) => rows.data[row * 3 + c] - others.data[other * 3 + c])),
          );
          expect(distance).toBeCloseTo(Math.min(...all), 12);
        });
      }),
    );
  });

  it('refuses other widths and no rows to be close to', () => {
    expect(() => closestDistances(createMatrix(1, 2), createMatrix(1, 3))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: queries: found 2 columns, needed 3 columns as in the reference rows]`,
    );
    expect(() => closestDistances(createMatrix(1, 2), createMatrix(0, 2))).toThrowErrorMatchingInlineSnapshot(
      `[TooFewRowsError: neighbours: found 0 reference rows, needed at least 1]`,
    );
  });
});
