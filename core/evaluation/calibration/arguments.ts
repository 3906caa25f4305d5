import { InvalidArgumentError } from '../../errors.ts';
import { type ClassCounts, countClasses } from '../../learners/class-counts.ts';
import type { Labels } from '../../learners/learner.ts';
import { requireFiniteScores, requireOnePerLabel } from '../arguments.ts';

/**
 * @throws InvalidArgumentError (none, lengths differ, labels other than 0 and 1), NonFiniteValueError (naming the row)
 */
export function requireScoredRows(labels: Labels, scores: Float64Array): ClassCounts {
  requireOnePerLabel('scores', scores, labels);
  if (labels.length === 0) throw new InvalidArgumentError('labels: found none, needed rows to calibrate by');
  requireFiniteScores(scores);
  return countClasses(labels);
}

/** @throws InvalidArgumentError, which tells what was found instead of `needed` */
export function refuseSaved(json: unknown, needed: string): never {
  throw new InvalidArgumentError(`saved calibrator: found ${JSON.stringify(json)?.slice(0, 80)}, needed ${needed}`);
}
