import { describe, expect, it } from 'vitest';
import { discriminability } from '../../../core/generators/discriminability.ts';
import { assessGenerator, type GeneratorQuality } from '../../../core/generators/quality.ts';
import { decisionTree } from '../../../core/learners/decision-tree/decision-tree.ts';
import { createRng } from '../../../core/random/rng.ts';
import { permutation } from '../../../core/random/sample.ts';
import { fitFeatureEncoder } from '../../../core/table/feature-encoder.ts';
import { createMatrix } from '../../../core/table/matrix.ts';
import { type Column, type Table, takeRows } from '../../../core/table/table.ts';
import { minorityRows } from './generator-contract.ts';

const observed = minorityRows(400, 0);
const heldOut = minorityRows(400, 1);
const learner = decisionTree({ maxDepth: 4, minSamplesLeaf: 10 });
const rng = (seed = 0) => createRng(seed, 'quality');

const assess = (generated: Table, seed = 0): GeneratorQuality =>
  assessGenerator({ observed, generated, heldOut, encoder: fitFeatureEncoder(observed), learner }, rng(seed));

/** Each column in an order of its own: right marginals, no dependencies. */
function withShuffledColumns(table: Table): Table {
  const shuffling = rng(5);
  const columns = table.columns.map((column): Column => {
    const order = permutation(table.rows, shuffling);
    return takeRows({ rows: table.rows, columns: [column] }, order).columns[0];
  });
  return { rows: table.rows, columns };
}

describe('assessGenerator', () => {
  it('finds nothing wrong with new real rows', () => {
    const quality = assess(minorityRows(400, 2));
    expect(quality.duplicateShare).toBe(0);
    expect(quality.realDuplicateShare).toBe(0);
    // 400 rows against 400: the area's deviation under chance is about 0.02.
    expect(Math.abs(quality.discriminability - 0.5)).toBeLessThan(0.06);
    expect(quality.distance.median / quality.realDistance.median).toBeCloseTo(1, 0);
  });

  it('sees copies by their duplicates and distances, though no learner tells them from real rows', () => {
    const quality = assess(observed);
    expect(quality.duplicateShare).toBe(1);
    expect(quality.distance).toEqual({ fifthPercentile: 0, median: 0 });
    expect(quality.realDistance.median).toBeGreaterThan(0);
    expect(Math.abs(quality.discriminability - 0.5)).toBeLessThan(0.06);
  });

  it('sees shuffled columns by what a learner makes of them', () => {
    const quality = assess(withShuffledColumns(observed));
    expect(quality.duplicateShare).toBeLessThan(0.3);
    expect(quality.discriminability).toBeGreaterThan(0.7);
    expect(quality.distance.median).toBeGreaterThan(quality.realDistance.median);
  });

  it('sees rows from nowhere', () => {
    const [height, ...rest] = heldOut.columns;
    const far = { ...height, values: new Float64Array(400).fill(50) } as Column;
    const quality = assess({ rows: 400, columns: [far, ...rest] });
    expect(quality.discriminability).toBe(1);
    expect(quality.distance.fifthPercentile).toBeGreaterThan(10);
  });

  it('is repeatable', () => {
    const generated = minorityRows(300, 3);
    expect(assess(generated, 1)).toEqual(assess(generated, 1));
  });
});

describe('discriminability', () => {
  it('needs five rows of each', () => {
    const [few, enough] = [createMatrix(4, 1), createMatrix(5, 1)];
    expect(() => discriminability(few, enough, learner, rng())).toThrowErrorMatchingInlineSnapshot(
      `[TooFewRowsError: discriminability: found 4 generated and 5 real rows, needed at least 5 of each]`,
    );
    expect(discriminability(enough, enough, learner, rng())).toBe(0.5);
  });
});
