import { requireBothClasses } from '../learners/class-counts.ts';
import { ascending } from '../learners/sorted-rows.ts';
import { rowsOfClass } from '../table/split.ts';
import type { OverSampler } from './over-sampler.ts';
import { planOverSampling } from './over-sampling-plan.ts';

/**
 * Random over-sampling: the minority rows that are given again are drawn uniformly with replacement, each draw for itself, so
 * that a row may come back several times or never (imbalanced-learn's `RandomOverSampler` without shrinkage).
 */
export const randomOverSampler: OverSampler = {
  resample(labels, ratio, rng) {
    const { rowsToAdd } = planOverSampling(requireBothClasses(labels), ratio);
    const minority = rowsOfClass(labels, 1);
    const rows = new Int32Array(labels.length + rowsToAdd.minority);
    rows.set(ascending(labels.length));
    for (let i = labels.length; i < rows.length; i++) rows[i] = minority[rng.nextInt(minority.length)];
    return rows;
  },
};
