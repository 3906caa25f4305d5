import { CALIBRATIONS, type Calibration } from '../evaluation/calibration/calibrations.ts';
import type { Labels } from '../learners/learner.ts';
import type { FoldAssignment } from '../protocol/fold-assignment.ts';
import type { Matrix } from '../table/matrix.ts';
import { type FittedFold, type FoldPlace, fitFold } from './fit-fold.ts';
import { labelsAt } from './fold-sides.ts';
import type { EvaluationSettings, ObservedRows } from './settings.ts';
import type { Strategy } from './strategy.ts';

/** How a strategy did on the held-out rows of a fold. Lists have one entry per row. */
export interface FoldOutcome {
  /** numbers of the held-out rows, ascending */
  readonly rows: Int32Array;
  readonly labels: Labels;
  readonly scores: Float64Array;
  readonly predictions: Labels;
  /** of the minority, by way of calibrating */
  readonly probabilities: Readonly<Record<Calibration, Float64Array>>;
  /** a row that scores at least this is called minority; null where the learner's own `predict` decides */
  readonly threshold: number | null;
  /** rows that the learner was trained on; `synthetic` ones are among the minority */
  readonly trainedOn: { readonly majority: number; readonly minority: number; readonly synthetic: number };
}

/**
 * One strategy on one fold: all of it is fitted to the fold's training rows (`fitFold`), and only then are the held-out rows
 * looked at, which are never resampled.
 *
 * @param observed all rows of the comparison, one per row of the assignment
 * @param seed streams of chance have the names of the repeat and the fold: no fold depends on another, or on their order
 */
export function evaluateFold(
  strategy: Strategy,
  observed: ObservedRows,
  assignment: FoldAssignment,
  at: FoldPlace,
  settings: EvaluationSettings,
  seed: number,
): FoldOutcome {
  return evaluateStrategies([strategy], observed, assignment, at, settings, seed)[0];
}

/**
 * Several strategies on one fold: to the bit what `evaluateFold` gives for each, in less time, since generators, encoders and
 * features that they have in common are made once.
 */
export function evaluateStrategies(
  strategies: readonly Strategy[],
  observed: ObservedRows,
  assignment: FoldAssignment,
  at: FoldPlace,
  settings: EvaluationSettings,
  seed: number,
): FoldOutcome[] {
  const { fitted, rows, heldOut } = fitFold(strategies, observed, assignment, at, settings, seed);
  const labels = labelsAt(observed.labels, rows);
  return fitted.map((fold) => ({ rows, labels, ...judge(fold, heldOut) }));
}

function judge({ learner, calibrators, threshold, trainedOn }: FittedFold, matrix: Matrix) {
  const scores = learner.scores(matrix);
  const predictions =
    threshold === null ? learner.predict(matrix) : Uint8Array.from(scores, (score) => (score >= threshold ? 1 : 0));
  const probabilities = Object.fromEntries(
    CALIBRATIONS.map((name) => [name, calibrators[name].probabilities(scores)]),
  ) as Record<Calibration, Float64Array>;
  return { scores, predictions, probabilities, threshold, trainedOn };
}
