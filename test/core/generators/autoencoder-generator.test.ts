import { describe, expect, it } from 'vitest';
import { autoencoderGenerator, autoencoderGeneratorFromJSON } from '../../../core/generators/autoencoder-generator.ts';
import { createRng } from '../../../core/random/rng.ts';
import { takeRows } from '../../../core/table/table.ts';
import { columnCells, itKeepsTheGeneratorContract, minorityRows } from './generator-contract.ts';

const QUICK = { noise: { distribution: 'normal', dimension: 3 }, hidden: [8], epochs: 3 } as const;
const rng = (seed = 0) => createRng(seed, 'autoencoder-generator');

for (const pairing of ['fixed', 'variational'] as const) {
  for (const loss of ['squared-error', 'cross-entropy'] as const) {
    itKeepsTheGeneratorContract(`autoencoder, ${pairing} pairs, ${loss}`, () =>
      autoencoderGenerator({ ...QUICK, pairing, loss }),
    );
  }
}

describe('autoencoderGenerator', () => {
  const observed = minorityRows(300, 1);

  it('generates numbers and levels that occur, with the numbers of a column as often as observed', () => {
    const made = autoencoderGenerator(QUICK).fit(observed, rng()).generate(300, rng());
    const sorted = (table: typeof made, column: number) => columnCells(table.columns[column]).toSorted((a, b) => a - b);
    for (const column of [0, 1, 3]) expect(sorted(made, column)).toEqual(sorted(observed, column));
    expect(new Set(columnCells(made.columns[2]))).toEqual(new Set([0, 1, 2]));
  });

  it('learns how columns hang together', () => {
    const made = autoencoderGenerator({ epochs: 150 }).fit(observed, rng()).generate(1000, rng());
    const [height, , place] = made.columns.map(columnCells);
    const mean = (at: number): number => {
      const own = height.filter((_, row) => place[row] === at);
      return own.reduce((sum, value) => sum + value, 0) / own.length;
    };
    // Taught: 2 between the heights at the first and the third place. Drawn column by column, it would be 0.
    expect(mean(2) - mean(0)).toBeGreaterThan(1);
    expect(Math.abs(mean(1) - 1)).toBeLessThan(0.25);
  });

  it('reports epochs, and the last one as the reconstruction loss', () => {
    const losses: number[] = [];
    const fitted = autoencoderGenerator(QUICK).fit(observed, rng(), ({ loss }) => losses.push(loss));
    expect(losses).toHaveLength(3);
    expect(losses[2]).toBe(fitted.reconstructionLoss);
  });

  it('comes back from JSON and its rows', () => {
    const fitted = autoencoderGenerator(QUICK).fit(observed, rng());
    const restored = autoencoderGeneratorFromJSON(JSON.parse(JSON.stringify(fitted)), observed);
    expect(restored.generate(50, rng(3))).toEqual(fitted.generate(50, rng(3)));
    expect(restored.reconstructionLoss).toBe(fitted.reconstructionLoss);
  });

  it('refuses options that are none, and no rows', () => {
    expect(() => autoencoderGenerator({ pairing: 'sorted' as 'fixed' })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: pairing: found sorted, needed one of fixed, variational]`,
    );
    expect(() => autoencoderGenerator({ loss: 'hinge' as 'squared-error' })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: loss: found hinge, needed one of squared-error, cross-entropy]`,
    );
    expect(() => autoencoderGenerator().fit(takeRows(observed, []), rng())).toThrowErrorMatchingInlineSnapshot(
      `[TooFewRowsError: minority rows: found 0, needed at least 1 to teach the generator]`,
    );
  });
});
