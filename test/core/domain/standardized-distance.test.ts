import { describe, expect, it } from 'vitest';
import { fitDomain } from '../../../core/domain/domain.ts';
import { exceededWithProbability } from '../../../core/domain/normal-quantile.ts';
import { createRng } from '../../../core/random/rng.ts';
import { fitFeatureEncoder } from '../../../core/table/feature-encoder.ts';
import { createTable, type Table } from '../../../core/table/table.ts';

function tableOf(x: readonly number[], y: readonly number[], codes: readonly number[]): Table {
  return createTable([
    { kind: 'numeric', name: 'x', integer: true, values: Float64Array.from(x) },
    { kind: 'categorical', name: 'level', levels: ['a', 'b', 'c', 'd'], codes: Int32Array.from(codes) },
    { kind: 'numeric', name: 'y', integer: true, values: Float64Array.from(y) },
  ]);
}

describe('the domain of standardized distance', () => {
  // Of x: mean 0, deviation 1; of y: mean 10, deviation 2.
  const training = tableOf([-1, 1, -1, 1], [8, 8, 12, 12], [0, 0, 1, 2]);
  const domain = fitDomain(
    { method: 'standardized-distance', coverage: 0.9 },
    training,
    fitFeatureEncoder(training),
    createRng(0, 'standardized-distance'),
  );
  const { boundary } = domain.toJSON() as { boundary: number };

  function rootMeanSquare(deviations: readonly number[]): number {
    return Math.sqrt(deviations.reduce((sum, x) => sum + x ** 2, 0) / deviations.length);
  }

  it("is the root of the mean of a row's squared deviations", () => {
    const scores = domain.score(tableOf([3, -3], [6, 14], [0, 0]));
    // The most frequent level is 0 away.
    expect(scores[0]).toBeCloseTo(boundary - rootMeanSquare([3, 2, 0]), 12);
    expect(scores[1]).toBe(scores[0]);
  });

  it('takes levels for as far as a normal number that is exceeded as seldom as levels no more frequent occur', () => {
    const [rare, unseen] = domain.score(tableOf([0, 0], [10, 10], [1, 3]));
    expect(rare).toBeCloseTo(boundary - rootMeanSquare([0, exceededWithProbability(2 / 4), 0]), 12);
    expect(unseen).toBeCloseTo(boundary - rootMeanSquare([0, exceededWithProbability(1 / 5), 0]), 12);
  });

  it('has its boundary where the share of the training rows, rounded up to whole rows, lies inside', () => {
    expect(boundary).toBeCloseTo(rootMeanSquare([1, 1, exceededWithProbability(2 / 4)]), 12);
    expect([...domain.contains(training)]).toEqual([1, 1, 1, 1]);
  });
});
