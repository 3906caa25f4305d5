import { TooFewRowsError } from '../errors.ts';
import { rocAuc } from '../evaluation/roc-auc.ts';
import type { Labels, Learner } from '../learners/learner.ts';
import type { Rng } from '../random/rng.ts';
import { permutation } from '../random/sample.ts';
import { type Matrix, stackMatrices, takeMatrixRows } from '../table/matrix.ts';

const FOLDS = 5;

/**
 * How well a learner tells generated rows from real ones that the generator has never seen: the area under the ROC curve of
 * its scores, cross-validated in five folds (a classifier two-sample test; Lopez-Paz & Oquab 2017,
 * https://arxiv.org/abs/1610.06545). 0.5 is perfect, 1 means that every generated row is recognized. Below 0.5 is chance.
 *
 * Both kinds are cut to the same number of rows, at random.
 *
 * @param generated encoded rows, at least five
 * @param real encoded rows of the same width, at least five
 * @throws TooFewRowsError, InvalidArgumentError (other widths), and what the learner throws
 */
export function discriminability(generated: Matrix, real: Matrix, learner: Learner, rng: Rng): number {
  const rows = Math.min(generated.rows, real.rows);
  if (rows < FOLDS) {
    throw new TooFewRowsError(
      `discriminability: found ${generated.rows} generated and ${real.rows} real rows, needed at least ${FOLDS} of each`,
    );
  }
  const cut = (matrix: Matrix) => takeMatrixRows(matrix, permutation(matrix.rows, rng).subarray(0, rows));
  const matrix = stackMatrices(cut(real), cut(generated));
  const labels = new Uint8Array(2 * rows).fill(1, rows);
  const scores = outOfFoldScores(matrix, labels, learner, rng);
  return rocAuc(labels, scores)!;
}

/** Each row's score by a learner that was fitted to the other folds. Rows come in random order, so every FOLDS-th is a fold. */
function outOfFoldScores(matrix: Matrix, labels: Labels, learner: Learner, rng: Rng): Float64Array {
  const scores = new Float64Array(labels.length);
  const foldOf = (row: number) => (row % (labels.length / 2)) % FOLDS;
  const all = Int32Array.from(labels.keys());
  for (let fold = 0; fold < FOLDS; fold++) {
    const training = all.filter((row) => foldOf(row) !== fold);
    const held = all.filter((row) => foldOf(row) === fold);
    const weights = new Float64Array(training.length).fill(1);
    const fitted = learner.fit(
      takeMatrixRows(matrix, training),
      Uint8Array.from(training, (row) => labels[row]),
      weights,
      rng,
    );
    const foldScores = fitted.scores(takeMatrixRows(matrix, held));
    held.forEach((row, i) => {
      scores[row] = foldScores[i];
    });
  }
  return scores;
}
