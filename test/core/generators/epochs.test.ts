import { expect, it } from 'vitest';
import { defaultEpochs } from '../../../core/generators/epochs.ts';

it.each([
  [1, 300],
  [1_500, 300],
  [6_000, 450_000 / 6_000],
  [22_500, 20],
  [1_000_000, 20],
])('%d rows are shown for %d epochs', (rows, epochs) => {
  expect(defaultEpochs(rows)).toBe(epochs);
});
