import { TooFewRowsError } from '../../errors.ts';
import type { Rng } from '../../random/rng.ts';
import { sampleWithoutReplacement } from '../../random/sample.ts';
import type { DistinctRows } from '../distinct-rows.ts';

/** When to stop adding trees, by their loss on a part of the training rows that no tree is grown on. */
export interface EarlyStopping {
  /** the share of each class's distinct training rows that is held out: above 0, below 1. @default 0.1 */
  readonly validationFraction: number;
  /** rounds without a lower validation loss after which no more are made: a whole number from 1. @default 10 */
  readonly patience: number;
}

/**
 * Draws the rows to hold out, of each class its share and at least one. Rows that are alike stay on one side, so that
 * no row is both learned and held out.
 *
 * @throws TooFewRowsError where a class has not two distinct rows, one for either side
 */
export function splitForValidation(
  rows: DistinctRows,
  fraction: number,
  rng: Rng,
): { readonly train: DistinctRows; readonly validation: DistinctRows } {
  const isHeldOut = new Uint8Array(rows.labels.length);
  for (const [label, name] of ['majority', 'minority'].entries()) {
    const ofClass = indicesWhere(rows.labels, label);
    if (ofClass.length < 2) {
      throw new TooFewRowsError(
        `early stopping: found ${ofClass.length} distinct ${name} rows, needed at least 2, one to train and one to validate`,
      );
    }
    const count = Math.min(Math.max(1, Math.round(ofClass.length * fraction)), ofClass.length - 1);
    for (const index of sampleWithoutReplacement(ofClass, count, rng)) isHeldOut[index] = 1;
  }
  return { train: take(rows, indicesWhere(isHeldOut, 0)), validation: take(rows, indicesWhere(isHeldOut, 1)) };
}

function indicesWhere(flags: Uint8Array, wanted: number): Int32Array {
  const indices = new Int32Array(flags.length);
  let found = 0;
  for (let i = 0; i < flags.length; i++) if (flags[i] === wanted) indices[found++] = i;
  return indices.slice(0, found);
}

function take({ rows, labels, weights, counts }: DistinctRows, indices: Int32Array): DistinctRows {
  return {
    rows: indices.map((i) => rows[i]),
    labels: Uint8Array.from(indices, (i) => labels[i]),
    weights: Float64Array.from(indices, (i) => weights[i]),
    counts: indices.map((i) => counts[i]),
  };
}
