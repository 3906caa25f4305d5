import { InvalidArgumentError } from '../../errors.ts';
import { sigmoid } from '../../learners/logistic-function.ts';
import type { ScoreScale } from '../../learners/registry.ts';
import { requireFiniteScores, requireProbabilities } from '../arguments.ts';
import { refuseSaved } from './arguments.ts';
import type { Calibrator } from './calibrator.ts';

export type { ScoreScale } from '../../learners/registry.ts';

export const UNCALIBRATED = 'uncalibrated';

/**
 * Scores taken at their word: probabilities as they are; margins through the logistic function, 1 / (1 + e^-margin),
 * which puts them between 0 and 1 and leaves their order, and 1/2 where the learner's own threshold is, but is no
 * estimate.
 *
 * @throws InvalidArgumentError (a scale that there is not)
 */
export function uncalibrated(scale: ScoreScale): Calibrator {
  if (!isScoreScale(scale)) {
    throw new InvalidArgumentError(`scale: found ${JSON.stringify(scale)}, needed probability or margin`);
  }
  return {
    probabilities: (scores) => {
      if (scale === 'margin') {
        requireFiniteScores(scores);
        return scores.map(sigmoid);
      }
      requireProbabilities(scores, 'scores');
      return scores.slice();
    },
    toJSON: () => ({ type: UNCALIBRATED, scale }),
  };
}

/** @throws InvalidArgumentError where `json` is nothing that the `toJSON` of `uncalibrated` gave */
export function uncalibratedFromJSON(json: unknown): Calibrator {
  const { scale } = (json ?? {}) as { scale?: unknown };
  return isScoreScale(scale) ? uncalibrated(scale) : refuseSaved(json, 'a scale, probability or margin');
}

export function isScoreScale(value: unknown): value is ScoreScale {
  return value === 'probability' || value === 'margin';
}
