import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../../core/errors.ts';
import { principalComponents, project } from '../../../core/projection/principal-components.ts';
import { createRng } from '../../../core/random/rng.ts';
import { createMatrix } from '../../../core/table/matrix.ts';

/** Rows along (3, 4) / 5, with a little of (-4, 3) / 5, around (10, 20). */
function tilted(rows: number) {
  const rng = createRng(0, 'tilted');
  const data = new Float32Array(rows * 2);
  for (let row = 0; row < rows; row++) {
    const [along, across] = [5 * rng.nextNormal(), rng.nextNormal()];
    data.set([10 + (3 * along - 4 * across) / 5, 20 + (4 * along + 3 * across) / 5], row * 2);
  }
  return createMatrix(rows, 2, data);
}

describe('principalComponents', () => {
  it('finds the axes of a tilted cloud, and how much of its variance lies along each', () => {
    const { mean, axes, explained } = principalComponents(tilted(5000), 2);
    expect(mean[0]).toBeCloseTo(10, 0);
    expect(mean[1]).toBeCloseTo(20, 0);
    expect(axes[0][0]).toBeCloseTo(3 / 5, 1);
    expect(axes[0][1]).toBeCloseTo(4 / 5, 1);
    expect(axes[0][0] * axes[1][0] + axes[0][1] * axes[1][1]).toBeCloseTo(0, 9);
    expect(explained[0]).toBeCloseTo(25 / 26, 1);
    expect(explained[0] + explained[1]).toBeCloseTo(1, 9);
  });

  it('has axes of length 1 whose largest entry is positive', () => {
    for (const axis of principalComponents(tilted(50), 2).axes) {
      expect(axis.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 12);
      expect(Math.max(...axis)).toBe(Math.max(...axis.map(Math.abs)));
    }
  });

  it('explains nothing of rows that do not vary', () => {
    expect(principalComponents(createMatrix(3, 2, new Float32Array(6).fill(7)), 1).explained).toEqual([0]);
  });

  it('wants a row, and no more axes than columns', () => {
    expect(() => principalComponents(createMatrix(0, 2), 1)).toThrow(InvalidArgumentError);
    expect(() => principalComponents(createMatrix(3, 2), 3)).toThrow('needed a row and 3 columns at least');
  });
});

describe('project', () => {
  it('gives coordinates whose variances are those of the axes', () => {
    const matrix = tilted(500);
    const components = principalComponents(matrix, 2);
    const [along, across] = project(components, matrix).map(
      (values) => values.reduce((sum, x) => sum + x * x, 0) / values.length,
    );
    expect(along / (along + across)).toBeCloseTo(components.explained[0], 6);
  });

  it('wants rows of the same width', () => {
    expect(() => project(principalComponents(tilted(9), 1), createMatrix(1, 3))).toThrow('found 3 columns, needed 2');
  });
});
