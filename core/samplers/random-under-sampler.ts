import { requireBothClasses } from '../learners/class-counts.ts';
import { sampleWithoutReplacement } from '../random/sample.ts';
import { rowsOfClass } from '../table/split.ts';
import type { UnderSampler } from './under-sampler.ts';
import { planUnderSampling } from './under-sampling-plan.ts';

/**
 * Random under-sampling: the majority rows that remain are drawn uniformly without replacement, so that each is equally
 * likely to remain, and so is each subset (imbalanced-learn's `RandomUnderSampler` with `replacement=False`).
 */
export const randomUnderSampler: UnderSampler = {
  resample(labels, ratio, rng) {
    const { rowsToKeep, keepsWholeMajority } = planUnderSampling(requireBothClasses(labels), ratio);
    const majority = rowsOfClass(labels, 0);
    const kept = keepsWholeMajority ? majority : sampleWithoutReplacement(majority, rowsToKeep.majority, rng);
    const rows = new Int32Array(kept.length + rowsToKeep.minority);
    rows.set(kept);
    rows.set(rowsOfClass(labels, 1), kept.length);
    return rows.sort();
  },
};
