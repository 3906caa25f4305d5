import fc from 'fast-check';
import type { JudgedRows } from '../../../core/evaluation/judged-rows.ts';

/** Rows as the evaluation takes them. */
export type Rows = JudgedRows;

/** Few distinct scores, so that many are equal; labels may be all of one class. */
export function arbitraryRows(minLength = 0): fc.Arbitrary<Rows> {
  const row = fc.record({
    label: fc.integer({ min: 0, max: 1 }),
    prediction: fc.integer({ min: 0, max: 1 }),
    score: fc.integer({ min: -4, max: 4 }),
    probability: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  return fc.array(row, { minLength, maxLength: 40 }).map((rows) => ({
    labels: Uint8Array.from(rows, ({ label }) => label),
    predictions: Uint8Array.from(rows, ({ prediction }) => prediction),
    scores: Float64Array.from(rows, ({ score }) => score / 4),
    probabilities: Float64Array.from(rows, ({ probability }) => probability),
  }));
}

/** Labels and scores of any size, both extremes included. */
export function arbitraryScoredRows(): fc.Arbitrary<Pick<Rows, 'labels' | 'scores'>> {
  const score = fc.oneof(
    fc.integer({ min: -4, max: 4 }),
    fc.double({ min: -30, max: 30, noNaN: true }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  const row = fc.record({ label: fc.integer({ min: 0, max: 1 }), score });
  return fc.array(row, { minLength: 1, maxLength: 40 }).map((rows) => ({
    labels: Uint8Array.from(rows, (drawn) => drawn.label),
    scores: Float64Array.from(rows, (drawn) => drawn.score),
  }));
}
