import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernels } from '../../../core/kernels/kernels.ts';
import { type Head, outputColumns, placeHeads } from '../../../core/network/heads.ts';
import { LOSSES, type Loss, lossAndGradient, requireTargets } from '../../../core/network/loss.ts';
import { createMatrix, type Matrix } from '../../../core/table/matrix.ts';
import { matrixRow, referenceRowLoss } from './reference.ts';
import { MIXED_HEADS, normalMatrix, randomTargets, rngOf } from './samples.ts';

function evaluate(heads: readonly Head[], loss: Loss, sums: Matrix, targets: Matrix): { total: number; slope: Matrix } {
  const kernels = new Kernels();
  const [sumsBlock, targetsBlock, slopeBlock] = [sums, targets, sums].map(({ rows, columns }) =>
    kernels.arena.allocate(rows, columns),
  );
  kernels.arena.write(sumsBlock, sums.data);
  kernels.arena.write(targetsBlock, targets.data);
  const placed = placeHeads(heads);
  const total = lossAndGradient(kernels, placed, loss, sumsBlock, targetsBlock, slopeBlock, sums.rows);
  return { total, slope: kernels.arena.read(slopeBlock) };
}

const layouts: [string, readonly Head[]][] = [
  ['softmax', [{ kind: 'softmax', size: 7 }]],
  ['sigmoid', [{ kind: 'sigmoid', size: 7 }]],
  ['linear', [{ kind: 'linear', size: 7 }]],
  ['mixed', MIXED_HEADS],
];

describe.each(LOSSES)('%s', (loss) => {
  it.each(layouts)('sums over columns and rows (%s heads)', (_, heads) => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 7 }), (seed, rows) => {
        const rng = rngOf(seed);
        const sums = normalMatrix(rows, outputColumns(heads), rng);
        const targets = randomTargets(rows, heads, rng);
        let expected = 0;
        for (let row = 0; row < rows; row++) {
          expected += referenceRowLoss(heads, loss, matrixRow(sums, row), matrixRow(targets, row));
        }
        const { total } = evaluate(heads, loss, sums, targets);
        expect(Math.abs(total - expected)).toBeLessThan(2e-6 * expected + 1e-6);
      }),
    );
  });

  it.each(layouts)(
    'has the slope of its mean over the rows, by central differences in double (%s heads)',
    (_, heads) => {
      fc.assert(
        fc.property(fc.nat(), fc.integer({ min: 1, max: 5 }), (seed, rows) => {
          const rng = rngOf(seed);
          const sums = normalMatrix(rows, outputColumns(heads), rng);
          const targets = randomTargets(rows, heads, rng);
          const { slope } = evaluate(heads, loss, sums, targets);
          const step = 1e-5;
          for (let i = 0; i < slope.data.length; i++) {
            const [row, column] = [Math.floor(i / slope.columns), i % slope.columns];
            const moved = (by: number): number =>
              referenceRowLoss(
                heads,
                loss,
                matrixRow(sums, row).map((sum, j) => (j === column ? sum + by : sum)),
                matrixRow(targets, row),
              );
            const expected = (moved(step) - moved(-step)) / (2 * step) / rows;
            expect(Math.abs(slope.data[i] - expected)).toBeLessThan(1e-6 * (1 + Math.abs(expected)));
          }
        }),
        { numRuns: 30 },
      );
    },
  );
});

describe('cross-entropy', () => {
  it('is exact where the outputs have long been 0 or 1', () => {
    const heads: Head[] = [
      { kind: 'sigmoid', size: 2 },
      { kind: 'softmax', size: 2 },
    ];
    const sums = createMatrix(1, 4, Float32Array.of(500, -300, 0, 200));
    const { total, slope } = evaluate(heads, 'cross-entropy', sums, createMatrix(1, 4, Float32Array.of(0, 1, 1, 0)));
    expect(total).toBe(500 + 300 + 200);
    expect(Array.from(slope.data)).toEqual([1, -1, -1, 1]);
  });
});

describe('requireTargets', () => {
  const heads = placeHeads([
    { kind: 'linear', size: 1 },
    { kind: 'sigmoid', size: 1 },
    { kind: 'softmax', size: 2 },
  ]);
  const targets = (...second: number[]): Matrix => createMatrix(2, 4, Float32Array.of(-3, 1, 0.25, 0.75, ...second));

  it('takes distributions, and anything in linear heads', () => {
    expect(() => requireTargets(targets(99, 0, 1, 0), heads, 'cross-entropy')).not.toThrow();
  });

  it('refuses what is no probability', () => {
    expect(() => requireTargets(targets(0, 1.5, 1, 0), heads, 'cross-entropy')).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: targets: found 1.5 at row 1, column 1, needed numbers between 0 and 1 for the cross-entropy of a sigmoid head]`,
    );
    expect(() => requireTargets(targets(0, 1, 1, -1), heads, 'cross-entropy')).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: targets: found -1 at row 1, column 3, needed numbers between 0 and 1 for the cross-entropy of a softmax head]`,
    );
  });

  it('refuses a softmax target that does not sum to 1', () => {
    expect(() => requireTargets(targets(0, 1, 0, 0), heads, 'cross-entropy')).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: targets: found a sum of 0 at row 1, columns 2 to 3, needed 1 for the cross-entropy of a softmax head]`,
    );
  });

  it('leaves squared error alone', () => {
    expect(() => requireTargets(targets(0, 5, 5, 5), heads, 'squared-error')).not.toThrow();
  });
});
