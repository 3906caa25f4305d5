import { expect, it } from 'vitest';
import { bootstrapReplicates } from '../../../core/evaluation/bootstrap-size.ts';

it('draws 1,000 samples of up to 20,000 rows, 20 million rows in all of more, and never fewer than 200 samples', () => {
  const rows = [0, 1, 20_000, 25_000, 40_000, 99_999, 100_000, 5_000_000];
  expect(rows.map(bootstrapReplicates)).toEqual([1000, 1000, 1000, 800, 500, 200, 200, 200]);
});
