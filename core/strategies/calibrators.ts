import type { Calibration } from '../evaluation/calibration/calibrations.ts';
import type { Calibrator } from '../evaluation/calibration/calibrator.ts';
import { fitIsotonic } from '../evaluation/calibration/isotonic.ts';
import { fitPlatt } from '../evaluation/calibration/platt.ts';
import { priorCorrection } from '../evaluation/calibration/prior-correction.ts';
import { uncalibrated } from '../evaluation/calibration/uncalibrated.ts';
import type { Labels } from '../learners/learner.ts';
import type { ScoreScale } from '../learners/registry.ts';

export type Calibrators = Readonly<Record<Calibration, Calibrator>>;

/** Scores of rows that the learner was not trained on. */
export interface ValidationScores {
  readonly labels: Labels;
  readonly scores: Float64Array;
}

/** Shares of the minority: of the weight that the learner was trained on, and of the rows as they were observed. */
export interface BaseRates {
  readonly trained: number;
  readonly observed: number;
}

/**
 * Every calibrator for the scores of a learner. Platt's and isotonic are fitted to validation scores; where those are not of
 * both classes, as with a minority of a few rows, there is nothing to fit, and the prior correction stands in for them.
 */
export function fitCalibrators(scale: ScoreScale, { trained, observed }: BaseRates, on: ValidationScores): Calibrators {
  const priorCorrected = priorCorrection(trained, observed, scale);
  const isFittable = on.labels.includes(0) && on.labels.includes(1);
  return {
    none: uncalibrated(scale),
    'prior-corrected': priorCorrected,
    platt: isFittable ? fitPlatt(on.labels, on.scores) : priorCorrected,
    isotonic: isFittable ? fitIsotonic(on.labels, on.scores) : priorCorrected,
  };
}
