import { requireBothClasses } from '../learners/class-counts.ts';
import type { Labels } from '../learners/learner.ts';
import { sampleWithoutReplacement } from '../random/sample.ts';
import type { UnderSampler } from './under-sampler.ts';
import { planUnderSampling } from './under-sampling-plan.ts';

/**
 * Random under-sampling: the majority rows that remain are drawn uniformly without replacement, so that each is equally
 * likely to remain, and so is each subset (imbalanced-learn's `RandomUnderSampler` with `replacement=False`).
 */
export const randomUnderSampler: UnderSampler = {
  resample(labels, ratio, rng) {
    const { rowsToKeep, keepsWholeMajority } = planUnderSampling(requireBothClasses(labels), ratio);
    const majority = rowsOf(0, labels);
    const kept = keepsWholeMajority ? majority : sampleWithoutReplacement(majority, rowsToKeep.majority, rng);
    const rows = new Int32Array(kept.length + rowsToKeep.minority);
    rows.set(kept);
    rows.set(rowsOf(1, labels), kept.length);
    return rows.sort();
  },
};

/** The indices of one class's rows, ascending. */
function rowsOf(label: 0 | 1, labels: Labels): Int32Array {
  const rows = new Int32Array(labels.length);
  let count = 0;
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] === label) rows[count++] = row;
  }
  return rows.slice(0, count);
}
