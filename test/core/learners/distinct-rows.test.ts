import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DistinctRows, distinctRows } from '../../../core/learners/distinct-rows.ts';
import { createMatrix } from '../../../core/table/matrix.ts';
import { type TrainingSet, takeTrainingRows, trainingSets } from './training-sets.ts';

/** What the distinct rows say, with cells in place of rows' places. */
function content({ matrix, labels, weights }: TrainingSet): object[] {
  const { rows, ...found }: DistinctRows = distinctRows(matrix, labels, weights);
  return Array.from(rows, (row, i) => ({
    cells: Array.from(matrix.data.subarray(row * matrix.columns, (row + 1) * matrix.columns), (cell) => cell + 0),
    label: found.labels[i],
    weight: found.weights[i],
    count: found.counts[i],
  }));
}

const rowsOf = (cells: number[][], labels: number[], weights: number[]): TrainingSet => ({
  matrix: createMatrix(cells.length, cells[0].length, Float32Array.from(cells.flat())),
  labels: Uint8Array.from(labels),
  weights: Float64Array.from(weights),
});

describe('distinctRows', () => {
  it('makes one of the rows with the same cells and label, and adds their weights', () => {
    const set = rowsOf(
      [
        [1, 2],
        [3, 4],
        [1, 2],
        [1, 2],
        [2, 1],
      ],
      [0, 0, 0, 1, 0],
      [1, 10, 100, 1000, 10000],
    );
    const found = content(set);
    expect(found).toHaveLength(4);
    expect(found).toContainEqual({ cells: [1, 2], label: 0, weight: 1 + 100, count: 2 });
    expect(found).toContainEqual({ cells: [1, 2], label: 1, weight: 1000, count: 1 });
    expect(found).toContainEqual({ cells: [3, 4], label: 0, weight: 10, count: 1 });
    expect(found).toContainEqual({ cells: [2, 1], label: 0, weight: 10000, count: 1 });
  });

  it('does not tell 0 from -0', () => {
    expect(
      content(
        rowsOf(
          [
            [0, 1],
            [-0, 1],
          ],
          [0, 0],
          [1, 1],
        ),
      ),
    ).toEqual([{ cells: [0, 1], label: 0, weight: 2, count: 2 }]);
  });

  it('gives the same, in the same order and to the last bit, whatever the order of the rows', () => {
    const shuffled = trainingSets(fc.double({ min: 1e-9, max: 1e9, noNaN: true })).chain((set) => {
      const twice = takeTrainingRows(set, [...set.labels.keys(), ...set.labels.keys()]);
      const indices = Array.from(twice.labels.keys());
      return fc.tuple(fc.constant(twice), fc.shuffledSubarray(indices, { minLength: indices.length }));
    });
    fc.assert(
      fc.property(shuffled, ([set, order]) => {
        expect(content(takeTrainingRows(set, order))).toEqual(content(set));
      }),
    );
  });

  it('keeps every row', () => {
    fc.assert(
      fc.property(trainingSets(fc.integer({ min: 1, max: 9 })), ({ matrix, labels, weights }) => {
        const found = distinctRows(matrix, labels, weights);
        const sum = (numbers: Float64Array | Int32Array) => Array.from(numbers).reduce((a, b) => a + b, 0);
        expect(sum(found.weights)).toBe(sum(weights));
        expect(sum(found.counts)).toBe(matrix.rows);
      }),
    );
  });
});
