import type { ClassCounts } from '../contracts/workflow.ts';
import { countClasses } from '../core/learners/class-counts.ts';
import type { Labels } from '../core/learners/learner.ts';

/** Rows by class, of all labels or of those at `rows`. */
export function classCounts(labels: Labels, rows?: Int32Array): ClassCounts {
  return countClasses(rows ? Uint8Array.from(rows, (row) => labels[row]) : labels);
}
