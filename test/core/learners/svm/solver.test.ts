import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DualSolution,
  type KernelMatrix,
  type SolverSettings,
  solveDual,
} from '../../../../core/learners/svm/solver.ts';
import { createRng } from '../../../../core/random/rng.ts';
import { drawTrainingSet } from '../training-sets.ts';

const settings: SolverSettings = { tolerance: 1e-6, cacheBytes: 2 ** 20, steps: 1_000_000, remedy: 'take more' };

interface Problem {
  /** the kernel matrix, single precision */
  readonly kernel: readonly Float32Array[];
  readonly signs: Int8Array;
  readonly bounds: Float64Array;
}

/** The places that a row was evaluated against. */
interface Asked {
  readonly from: number;
  readonly to: number;
}

/** A kernel that keeps to the interface: only what was asked for is there, and only until the next call. */
function placedKernel({ kernel }: Problem): KernelMatrix & { readonly order: number[]; readonly asked: Asked[] } {
  const rows = kernel.length;
  const order = Array.from({ length: rows }, (_, row) => row);
  const asked: Asked[] = [];
  const values = new Float32Array(rows);
  return {
    rows,
    order,
    asked,
    diagonal: Float32Array.from(kernel, (row, i) => row[i]),
    place: (place, row) => {
      order[place] = row;
    },
    evaluate: (row, from, to) => {
      asked.push({ from, to });
      values.fill(Number.NaN);
      for (let place = from; place < to; place++) values[place] = kernel[row][order[place]];
      return values;
    },
  };
}

function drawProblem(rows: number, gamma: number, bounds: readonly number[], seed: number): Problem {
  const { matrix, labels } = drawTrainingSet(rows, 2, createRng(seed, 'svm-solver'));
  const point = (row: number) => matrix.data.subarray(row * 2, row * 2 + 2);
  const rbf = (a: Float32Array, b: Float32Array) => Math.exp(-gamma * ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2));
  const all = Array.from({ length: rows }, (_, row) => row);
  return {
    kernel: all.map((a) => Float32Array.from(all, (b) => rbf(point(a), point(b)))),
    signs: Int8Array.from(labels, (label) => (label === 1 ? 1 : -1)),
    bounds: Float64Array.from(all, (row) => bounds[row % bounds.length]),
  };
}

function expectOptimal(
  { kernel, signs, bounds }: Problem,
  { coefficients, intercept }: DualSolution,
  tolerance: number,
) {
  const most = bounds.reduce((a, b) => Math.max(a, b));
  expect(Math.abs(coefficients.reduce((sum, coefficient) => sum + coefficient, 0))).toBeLessThan(1e-9 * most);
  for (let row = 0; row < signs.length; row++) {
    const alpha = signs[row] * coefficients[row];
    const score = coefficients.reduce((sum, coefficient, other) => sum + coefficient * kernel[row][other], intercept);
    const margin = signs[row] * score;
    expect(alpha).toBeGreaterThanOrEqual(0);
    expect(alpha).toBeLessThanOrEqual(bounds[row]);
    if (alpha < bounds[row]) expect(margin).toBeGreaterThan(1 - tolerance);
    if (alpha > 0) expect(margin).toBeLessThan(1 + tolerance);
  }
}

describe('the solver', () => {
  it('separates two rows halfway: alpha = 2 / |x - z|^2', () => {
    const problem = {
      kernel: [Float32Array.of(1, 3), Float32Array.of(3, 9)],
      signs: Int8Array.of(-1, 1),
      bounds: Float64Array.of(10, 10),
    };
    const { coefficients, intercept } = solveDual(placedKernel(problem), problem.signs, problem.bounds, settings);
    const alpha = 2 / (3 - 1) ** 2;
    expect([...coefficients]).toEqual([-alpha, alpha]);
    expect(intercept).toBe(-2);
  });

  it('stops at a bound; the row at neither bound lies on the margin', () => {
    const problem = {
      kernel: [Float32Array.of(1, 3), Float32Array.of(3, 9)],
      signs: Int8Array.of(-1, 1),
      bounds: Float64Array.of(0.125, 10),
    };
    const { coefficients, intercept } = solveDual(placedKernel(problem), problem.signs, problem.bounds, settings);
    expect([...coefficients]).toEqual([-0.125, 0.125]);
    expect(0.125 * (9 - 3) + intercept).toBe(1);
  });

  it('takes the middle for the intercept where every row is at a bound', () => {
    const problem = {
      kernel: [Float32Array.of(1, 3), Float32Array.of(3, 9)],
      signs: Int8Array.of(-1, 1),
      bounds: Float64Array.of(0.125, 0.125),
    };
    const { coefficients, intercept } = solveDual(placedKernel(problem), problem.signs, problem.bounds, settings);
    expect([...coefficients]).toEqual([-0.125, 0.125]);
    const lacking = [-1 - 0.125 * (3 - 1), 1 - 0.125 * (9 - 3)];
    expect(intercept).toBe((lacking[0] + lacking[1]) / 2);
  });

  it('goes to the bound where the objective is flat: the same row in both classes', () => {
    const problem = {
      kernel: [Float32Array.of(1, 1), Float32Array.of(1, 1)],
      signs: Int8Array.of(-1, 1),
      bounds: Float64Array.of(1e30, 2e30),
    };
    const { coefficients } = solveDual(placedKernel(problem), problem.signs, problem.bounds, settings);
    expect([...coefficients]).toEqual([-1e30, 1e30]);
  });

  it('meets the optimality conditions, whatever the bounds', () => {
    const problems = fc
      .record({
        rows: fc.integer({ min: 2, max: 60 }),
        gamma: fc.constantFrom(0.1, 1, 10),
        bounds: fc.array(fc.constantFrom(1e-60, 0.1, 1, 3, 50), { minLength: 1, maxLength: 5 }),
        seed: fc.nat(),
      })
      .map(({ rows, gamma, bounds, seed }) => drawProblem(rows, gamma, bounds, seed));
    fc.assert(
      fc.property(problems, (problem) => {
        const solution = solveDual(placedKernel(problem), problem.signs, problem.bounds, settings);
        expectOptimal(problem, solution, 1e-5);
      }),
    );
  });

  it('puts rows aside on the way, seldom the wrong ones, and is right about all of them in the end', () => {
    const rows = 400;
    const problem = drawProblem(rows, 3, [50], 0);
    const kernel = placedKernel(problem);
    const solution = solveDual(kernel, problem.signs, problem.bounds, { ...settings, cacheBytes: 1 });
    expectOptimal(problem, solution, 1e-5);
    expect([...kernel.order].sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, row) => row));
    const evaluated = kernel.asked.reduce((sum, { from, to }) => sum + to - from, 0);
    expect(evaluated).toBeLessThan((rows / 2) * kernel.asked.length);
    // Each row with a multiplier is needed once to reconstruct what was put aside; twice, if it was put aside again.
    const supportVectors = solution.coefficients.filter((coefficient) => coefficient !== 0).length;
    expect(kernel.asked.filter(({ from }) => from > 0).length).toBeLessThan(2 * supportVectors);
  });

  it('finds the same to the bit, however little of the kernel matrix it may keep', () => {
    const problem = drawProblem(300, 0.5, [1], 1);
    const [ample, scant] = [2 ** 20, 1].map((cacheBytes) =>
      solveDual(placedKernel(problem), problem.signs, problem.bounds, { ...settings, cacheBytes }),
    );
    expect(scant).toEqual(ample);
  });

  it('gives up when the steps do not suffice, and says what would help', () => {
    const { signs, bounds, ...problem } = drawProblem(100, 1, [100], 2);
    const solve = () =>
      solveDual(placedKernel({ signs, bounds, ...problem }), signs, bounds, { ...settings, steps: 20 });
    expect(solve).toThrow('svm: found no solution within the tolerance of 0.000001 in 20 steps; take more');
  });
});
