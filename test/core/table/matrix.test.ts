import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMatrix, requireFinite, stackMatrices, takeMatrixRows } from '../../../core/table/matrix.ts';

const threeByTwo = () => createMatrix(3, 2, Float32Array.of(0, 1, 10, 11, 20, 21));

describe('createMatrix', () => {
  it('holds the values that it is given, or zeros', () => {
    const data = Float32Array.of(1, 2, 3, 4, 5, 6);
    expect(createMatrix(2, 3, data).data).toBe(data);
    expect(createMatrix(2, 3)).toEqual({ rows: 2, columns: 3, data: new Float32Array(2 * 3) });
    expect(createMatrix(0, 3).data.length).toBe(0);
  });

  it('refuses a size that does not fit', () => {
    expect(() => createMatrix(2, 3, new Float32Array(5))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: matrix of 2 x 3: found 5 values, needed 6]`,
    );
    expect(() => createMatrix(-1, 3)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: matrix of -1 x 3: needed whole numbers from 0]`,
    );
    expect(() => createMatrix(1.5, 2)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: matrix of 1.5 x 2: needed whole numbers from 0]`,
    );
    expect(() => createMatrix(-1, -3, new Float32Array(3))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: matrix of -1 x -3: needed whole numbers from 0]`,
    );
  });
});

describe('takeMatrixRows', () => {
  it('takes the rows in the order asked for, also repeatedly', () => {
    const taken = takeMatrixRows(threeByTwo(), [2, 0, 2]);
    expect(taken).toEqual(createMatrix(3, 2, Float32Array.of(20, 21, 0, 1, 20, 21)));
  });

  it('copies', () => {
    const matrix = threeByTwo();
    takeMatrixRows(matrix, [0]).data[0] = 99;
    expect(matrix).toEqual(threeByTwo());
  });

  it('takes no rows', () => {
    expect(takeMatrixRows(threeByTwo(), [])).toEqual(createMatrix(0, 2));
  });

  it('refuses what is no row', () => {
    expect(() => takeMatrixRows(threeByTwo(), [0, 3])).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: row indices: found 3 at position 1, needed whole numbers from 0 to 2]`,
    );
    expect(() => takeMatrixRows(threeByTwo(), [-1])).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: row indices: found -1 at position 0, needed whole numbers from 0 to 2]`,
    );
  });
});

describe('stackMatrices', () => {
  it('puts the rows of one below those of the other', () => {
    const lower = createMatrix(1, 2, Float32Array.of(30, 31));
    expect(stackMatrices(threeByTwo(), lower).data).toEqual(Float32Array.of(0, 1, 10, 11, 20, 21, 30, 31));
    expect(stackMatrices(createMatrix(0, 2), lower)).toEqual(lower);
  });

  it('undoes itself: the upper and lower rows are there again', () => {
    const size = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(size, size, size, (upper, lower, columns) => {
        const a = createMatrix(upper, columns, new Float32Array(upper * columns).fill(1));
        const b = createMatrix(lower, columns, new Float32Array(lower * columns).fill(2));
        const stacked = stackMatrices(a, b);
        const rows = Array.from({ length: upper + lower }, (_, row) => row);
        expect(takeMatrixRows(stacked, rows.slice(0, upper))).toEqual(a);
        expect(takeMatrixRows(stacked, rows.slice(upper))).toEqual(b);
      }),
    );
  });

  it('refuses other widths', () => {
    expect(() => stackMatrices(threeByTwo(), createMatrix(1, 3))).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: stacking: found 2 and 3 columns, needed as many]`,
    );
  });
});

describe('requireFinite', () => {
  it('says where the first value is that is not finite', () => {
    expect(() => requireFinite(threeByTwo(), 'matrix')).not.toThrow();
    expect(() => requireFinite(createMatrix(0, 0), 'matrix')).not.toThrow();
    const matrix = threeByTwo();
    matrix.data[5] = Number.NEGATIVE_INFINITY;
    expect(() => requireFinite(matrix, 'training matrix')).toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteValueError: training matrix: found -Infinity at row 2, column 1, needed finite numbers]`,
    );
    matrix.data[3] = Number.NaN;
    expect(() => requireFinite(matrix, 'training matrix')).toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteValueError: training matrix: found NaN at row 1, column 1, needed finite numbers]`,
    );
  });
});
