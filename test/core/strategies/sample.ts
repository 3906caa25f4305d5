import { assignFolds, type FoldOptions } from '../../../core/protocol/assign-folds.ts';
import type { FoldAssignment } from '../../../core/protocol/fold-assignment.ts';
import { createRng } from '../../../core/random/rng.ts';
import type { EvaluationSettings, ObservedRows } from '../../../core/strategies/settings.ts';
import type { Strategy } from '../../../core/strategies/strategy.ts';
import { createTable } from '../../../core/table/table.ts';

const LEVELS = ['card', 'cash', 'cheque', 'transfer'];

/** Overlapping classes, one row in seven of the minority; numbers and levels, a twentieth of either missing. */
export function drawRows(rows: number, seed = 0): ObservedRows {
  const rng = createRng(seed, 'sample');
  const labels = Uint8Array.from({ length: rows }, (_, row) => Number(row % 7 === 0));
  const gap = () => rng.nextInt(20) === 0;
  const amount = Float64Array.from(labels, (label) => (gap() ? Number.NaN : rng.nextNormal() + 1.2 * label));
  const hour = Float64Array.from(labels, (label) => rng.nextInt(24 - 6 * label));
  const means = Int32Array.from(labels, (label) => (gap() ? -1 : rng.nextInt(LEVELS.length - label)));
  return {
    labels,
    table: createTable([
      { kind: 'numeric', name: 'amount', integer: false, values: amount },
      { kind: 'numeric', name: 'hour', integer: true, values: hour },
      { kind: 'categorical', name: 'means', levels: LEVELS, codes: means },
    ]),
  };
}

export const SETTINGS: EvaluationSettings = {
  learner: { type: 'decision-tree', maxDepth: 4 },
  generator: { type: 'autoencoder', epochs: 3, hidden: [8] },
  discriminator: { balance: 'undersample', select: 'called-majority' },
  metric: 'mcc',
  threshold: { rule: 'max-metric' },
  beta: 2,
  costs: { costFalsePositive: 1, costFalseNegative: 5 },
};

export const EVERY_STRATEGY: readonly Strategy[] = [
  { type: 'none', ratio: null },
  { type: 'class-weights', ratio: null },
  { type: 'sqrt-class-weights', ratio: null },
  { type: 'cost-weights', ratio: null },
  { type: 'threshold', ratio: null },
  { type: 'under-sampling', ratio: 1 },
  { type: 'under-sampling', ratio: 2 },
  { type: 'over-sampling', ratio: 1 },
  { type: 'algorithm-1', ratio: 1 },
  { type: 'algorithm-1', ratio: 2 },
];

export function dealFolds({ labels }: ObservedRows, options: Partial<FoldOptions> = {}): FoldAssignment {
  return assignFolds(labels, { folds: 3, repeats: 1, ...options }, createRng(0, 'sample-folds'));
}
