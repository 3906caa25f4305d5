import type { Labels } from '../../core/learners/learner.ts';
import type { Table } from '../../core/table/table.ts';

/** `auto` leaves incomplete rows out where that costs no class more than this share of its rows. */
export const AUTO_COMPLETE_CASE_LOSS = 0.1;

export interface MissingValuesPlan {
  readonly treatment: 'complete-case' | 'impute';
  /** numbers of the rows that the run uses, ascending */
  readonly usable: Int32Array;
}

/**
 * Decides, before anything is dropped, which rows a run uses: all of them (their gaps are filled in when features are
 * encoded, with statistics of training rows), or those without a gap in a feature.
 */
export function planMissingValues(
  features: Table,
  labels: Labels,
  asked: 'auto' | 'complete-case' | 'impute',
): MissingValuesPlan {
  const incomplete = incompleteRows(features);
  const all = Int32Array.from(labels.keys());
  const treatment = asked === 'auto' ? cheaperTreatment(labels, incomplete) : asked;
  return { treatment, usable: treatment === 'impute' ? all : all.filter((row) => incomplete[row] === 0) };
}

function incompleteRows(features: Table): Uint8Array {
  const incomplete = new Uint8Array(features.rows);
  for (const column of features.columns) {
    for (let row = 0; row < features.rows; row++) {
      if (column.kind === 'numeric' ? Number.isNaN(column.values[row]) : column.codes[row] < 0) incomplete[row] = 1;
    }
  }
  return incomplete;
}

function cheaperTreatment(labels: Labels, incomplete: Uint8Array): MissingValuesPlan['treatment'] {
  const rows = [0, 0];
  const lost = [0, 0];
  labels.forEach((label, row) => {
    rows[label]++;
    lost[label] += incomplete[row];
  });
  const bearable = [0, 1].every((label) => lost[label] <= rows[label] * AUTO_COMPLETE_CASE_LOSS);
  return bearable ? 'complete-case' : 'impute';
}
