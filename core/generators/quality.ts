import type { Learner } from '../learners/learner.ts';
import type { Rng } from '../random/rng.ts';
import { permutation } from '../random/sample.ts';
import { encodeFeatures, type FeatureEncoder } from '../table/feature-encoder.ts';
import { type Matrix, takeMatrixRows } from '../table/matrix.ts';
import type { Table } from '../table/table.ts';
import { closestDistances } from './closest-distances.ts';
import { discriminability } from './discriminability.ts';
import { duplicateShare } from './duplicate-share.ts';

/** Distances compare all rows with all: more than this many are sampled. */
const MOST_ROWS = 2000;

/** How rows lie to their closest observed row, in units of the encoder's features. */
export interface DistanceSummary {
  /** a twentieth of the rows are closer */
  readonly fifthPercentile: number;
  readonly median: number;
}

/** How good generated rows are, as a plain object. */
export interface GeneratorQuality {
  /** share of the generated rows that equal an observed row in every column, from 0 */
  readonly duplicateShare: number;
  /** the same share of the held-out real rows: what is to be expected of new rows */
  readonly realDuplicateShare: number;
  /** of the generated rows to the observed ones. Far below `realDistance`: copies; far above: rows from nowhere. */
  readonly distance: DistanceSummary;
  /** of the held-out real rows to the observed ones */
  readonly realDistance: DistanceSummary;
  /** see `discriminability`: 0.5 is perfect, 1 the worst */
  readonly discriminability: number;
}

export interface QualityInputs {
  /** the minority rows that the generator was fitted to */
  readonly observed: Table;
  readonly generated: Table;
  /** real minority rows that it has not seen */
  readonly heldOut: Table;
  readonly encoder: FeatureEncoder;
  /** what tries to tell generated from real rows */
  readonly learner: Learner;
}

/**
 * Compares generated rows with real rows that the generator has not seen.
 *
 * @param rng samples rows, and the learner's chance
 * @throws TooFewRowsError (no observed rows, or fewer than five of the others), and what the learner throws
 */
export function assessGenerator(inputs: QualityInputs, rng: Rng): GeneratorQuality {
  const { observed, generated, heldOut, encoder, learner } = inputs;
  const [near, made, real] = [observed, generated, heldOut].map((table) => encodeFeatures(encoder, table));
  const told = discriminability(made, real, learner, rng);
  const sampled = sample(near, rng);
  return {
    duplicateShare: duplicateShare(generated, observed),
    realDuplicateShare: duplicateShare(heldOut, observed),
    distance: summarize(closestDistances(sample(made, rng), sampled)),
    realDistance: summarize(closestDistances(sample(real, rng), sampled)),
    discriminability: told,
  };
}

function sample(matrix: Matrix, rng: Rng): Matrix {
  if (matrix.rows <= MOST_ROWS) return matrix;
  return takeMatrixRows(matrix, permutation(matrix.rows, rng).subarray(0, MOST_ROWS));
}

function summarize(distances: Float64Array): DistanceSummary {
  const ascending = distances.toSorted();
  const at = (share: number): number => ascending[Math.floor(share * (ascending.length - 1))];
  return { fifthPercentile: at(0.05), median: at(0.5) };
}
