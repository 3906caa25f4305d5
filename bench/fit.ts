import { scoreClassifier } from '../core/evaluation/score-classifier.ts';
import { createLearner, type LearnerSettings } from '../core/learners/registry.ts';
import { createRng } from '../core/random/rng.ts';
import type { LabelledRows } from './exchange.ts';
import { time } from './series.ts';

/** What a fit took, and how it does on test rows. */
export interface FitFigures {
  readonly fitSeconds: number;
  readonly predictSeconds: number;
  readonly mcc: number;
  readonly prAuc: number;
}

/** Fits a learner of this project with equal weights. */
export function timeFit(
  settings: LearnerSettings,
  { matrix, labels }: LabelledRows,
  test: LabelledRows,
  seed: number,
): FitFigures {
  const learner = createLearner(settings);
  const weights = new Float64Array(labels.length).fill(1);
  const rng = createRng(seed, 'bench-learner');
  const { value: fitted, seconds: fitSeconds } = time(() => learner.fit(matrix, labels, weights, rng));
  const { value: predictions, seconds: predictSeconds } = time(() => fitted.predict(test.matrix));
  const { mcc, prAuc } = scoreClassifier({ labels: test.labels, predictions, scores: fitted.scores(test.matrix) });
  return { fitSeconds, predictSeconds, mcc: mcc ?? 0, prAuc: prAuc ?? 0 };
}
