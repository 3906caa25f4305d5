import type { Labels } from '../../core/learners/learner.ts';
import { holdOutGroups, holdOutLatest } from '../../core/protocol/hold-out.ts';
import type { Rng } from '../../core/random/rng.ts';
import { type SplitOptions, splitTrainTest, type TrainTestSplit } from '../../core/table/split.ts';
import type { RowOrder } from '../row-order.ts';

/** Holds out whole groups, the latest rows, or, where rows have no order, rows at random. */
export function splitRows(labels: Labels, { groups, time }: RowOrder, options: SplitOptions, rng: Rng): TrainTestSplit {
  if (groups) return holdOutGroups(labels, groups, options, rng);
  if (time) return holdOutLatest(labels, time, options, rng);
  return splitTrainTest(labels, options, rng);
}
