import type { Labels } from '../learners/learner.ts';
import type { Rng } from '../random/rng.ts';
import { shuffle } from '../random/sample.ts';
import { rowsOfClass } from '../table/split.ts';

/** The fold of each row: every class is dealt out in turn, in random order, so that folds differ by a row at the most. */
export function dealStratified(labels: Labels, folds: number, rng: Rng): Int32Array {
  const fold = new Int32Array(labels.length);
  for (const label of [0, 1]) {
    shuffle(rowsOfClass(labels, label), rng).forEach((row, i) => {
      fold[row] = i % folds;
    });
  }
  return fold;
}
