import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block } from '../../../core/kernels/arena.ts';
import { Kernels } from '../../../core/kernels/kernels.ts';
import { type Head, outputColumns, placeHeads } from '../../../core/network/heads.ts';
import { LOSSES, type Loss, lossAndGradient, requireLoss, requireTargets } from '../../../core/network/loss.ts';
import { createMatrix, type Matrix } from '../../../core/table/matrix.ts';
import { matrixRow, referenceRowLoss } from './reference.ts';
import { MIXED_HEADS, normalMatrix, randomTargets, rngOf } from './samples.ts';

function evaluate(
  heads: readonly Head[],
  loss: Loss,
  sums: Matrix,
  targets: Matrix,
  weights?: Float64Array,
): { total: number; slope: Matrix } {
  const kernels = new Kernels();
  const allocate = (): Block => kernels.arena.allocate(sums.rows, sums.columns);
  const blocks = { sums: allocate(), targets: allocate(), gradient: allocate() };
  kernels.arena.write(blocks.sums, sums.data);
  kernels.arena.write(blocks.targets, targets.data);
  const total = lossAndGradient(kernels, placeHeads(heads), loss, blocks, sums.rows, weights);
  return { total, slope: kernels.arena.read(blocks.gradient) };
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

const FOCAL_HEADS: readonly Head[] = [
  { kind: 'sigmoid', size: 1 },
  { kind: 'sigmoid', size: 6 },
];

describe('focal loss', () => {
  const batch = fc.record({
    seed: fc.nat(),
    rows: fc.integer({ min: 1, max: 5 }),
    gamma: fc.constantFrom(0, 0.5, 1, 2, 5),
  });
  const drawBatch = (seed: number, rows: number) => {
    const rng = rngOf(seed);
    const sums = normalMatrix(rows, outputColumns(FOCAL_HEADS), rng);
    return { sums, targets: randomTargets(rows, FOCAL_HEADS, rng) };
  };

  it('and its slope are those of its definition in double precision', () => {
    fc.assert(
      fc.property(batch, ({ seed, rows, gamma }) => {
        const loss = { kind: 'focal', gamma } as const;
        const { sums, targets } = drawBatch(seed, rows);
        const { total, slope } = evaluate(FOCAL_HEADS, loss, sums, targets);
        const rowLoss = (row: number, column = 0, by = 0): number =>
          referenceRowLoss(
            FOCAL_HEADS,
            loss,
            matrixRow(sums, row).map((sum, j) => (j === column ? sum + by : sum)),
            matrixRow(targets, row),
          );
        const expected = Array.from({ length: rows }, (_, row) => rowLoss(row)).reduce((a, b) => a + b);
        expect(Math.abs(total - expected)).toBeLessThan(2e-6 * expected + 1e-6);
        for (let i = 0; i < slope.data.length; i++) {
          const [row, column] = [Math.floor(i / slope.columns), i % slope.columns];
          const difference = (rowLoss(row, column, 1e-5) - rowLoss(row, column, -1e-5)) / 2e-5 / rows;
          expect(Math.abs(slope.data[i] - difference)).toBeLessThan(1e-6 * (1 + Math.abs(difference)));
        }
      }),
    );
  });

  it('is cross-entropy where gamma is 0', () => {
    fc.assert(
      fc.property(batch, ({ seed, rows }) => {
        const { sums, targets } = drawBatch(seed, rows);
        const focal = evaluate(FOCAL_HEADS, { kind: 'focal', gamma: 0 }, sums, targets);
        const crossEntropy = evaluate(FOCAL_HEADS, 'cross-entropy', sums, targets);
        expect(Math.abs(focal.total / crossEntropy.total - 1)).toBeLessThan(1e-6);
        focal.slope.data.forEach((slope, i) => {
          expect(Math.abs(slope - crossEntropy.slope.data[i])).toBeLessThan(1e-6);
        });
      }),
    );
  });

  it('weighs a row by how far it is from right, to the power of gamma', () => {
    // A sum of log 3 is an output of 3/4, which misses a target of 1 by 1/4.
    const loss = { kind: 'focal', gamma: 2 } as const;
    const heads: Head[] = [{ kind: 'sigmoid', size: 1 }];
    const one = createMatrix(1, 1, Float32Array.of(1));
    const { total } = evaluate(heads, loss, createMatrix(1, 1, Float32Array.of(Math.log(3))), one);
    expect(total).toBeCloseTo((1 / 4) ** 2 * -Math.log(3 / 4), 6);
  });

  it('is finite, as is its slope, where the outputs have long been 0 or 1', () => {
    const heads: Head[] = [{ kind: 'sigmoid', size: 4 }];
    const sums = createMatrix(1, 4, Float32Array.of(500, -300, 500, -300));
    const targets = createMatrix(1, 4, Float32Array.of(0, 1, 1, 0));
    const { total, slope } = evaluate(heads, { kind: 'focal', gamma: 2 }, sums, targets);
    expect(total).toBe(500 + 300);
    expect(Array.from(slope.data, Math.abs).map(Math.round)).toEqual([1, 1, 0, 0]);
  });
});

describe.each([...LOSSES, { kind: 'focal', gamma: 2 }] satisfies Loss[])('row weights in %j', (loss) => {
  const heads = typeof loss === 'object' ? FOCAL_HEADS : MIXED_HEADS;
  const rng = rngOf(1);
  const rows = 6;
  const sums = normalMatrix(rows, outputColumns(heads), rng);
  const targets = randomTargets(rows, heads, rng);

  it('of 1 leave loss and slope as they are, to the bit', () => {
    const ones = new Float64Array(rows).fill(1);
    const weighted = evaluate(heads, loss, sums, targets, ones);
    const plain = evaluate(heads, loss, sums, targets);
    expect(weighted.slope).toEqual(plain.slope);
    expect(weighted.total / plain.total).toBeCloseTo(1, 14);
  });

  it('multiply what the row adds to the loss, and its slope', () => {
    const weights = Float64Array.of(1, 2, 0.5, 3, 0.25, 0);
    const { total, slope } = evaluate(heads, loss, sums, targets, weights);
    const plain = evaluate(heads, loss, sums, targets);
    const expected = Array.from(weights, (weight, row) =>
      weight === 0 ? 0 : weight * referenceRowLoss(heads, loss, matrixRow(sums, row), matrixRow(targets, row)),
    ).reduce((a, b) => a + b);
    expect(Math.abs(total / expected - 1)).toBeLessThan(1e-6);
    slope.data.forEach((found, i) => {
      expect(Math.abs(found - weights[Math.floor(i / slope.columns)] * plain.slope.data[i])).toBeLessThan(1e-7);
    });
  });
});

describe('requireLoss', () => {
  it('refuses losses that there are not, and focal ones where they are not defined', () => {
    const heads = placeHeads(MIXED_HEADS);
    expect(() => requireLoss('cross-entropy', heads)).not.toThrow();
    expect(() => requireLoss({ kind: 'focal', gamma: 2 }, FOCAL_HEADS)).not.toThrow();
    expect(() => requireLoss({ kind: 'focal', gamma: -1 }, FOCAL_HEADS)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: loss.gamma: found -1, needed a finite number from 0]`,
    );
    expect(() => requireLoss({ kind: 'hinge' as 'focal', gamma: 1 }, FOCAL_HEADS)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: loss.kind: found hinge, needed one of focal]`,
    );
    expect(() => requireLoss({ kind: 'focal', gamma: 2 }, heads)).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: heads[1].kind, for a focal loss: found softmax, needed one of sigmoid]`,
    );
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
