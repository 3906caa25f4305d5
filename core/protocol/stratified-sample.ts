import { InvalidArgumentError } from '../errors.ts';
import type { Labels } from '../learners/learner.ts';
import type { Rng } from '../random/rng.ts';
import { sampleWithoutReplacement } from '../random/sample.ts';
import { rowsOfClass } from '../table/split.ts';

/**
 * At most `most` rows, drawn without replacement in each class, so that the share of the minority stays what it is.
 *
 * @param most from 2
 * @returns row numbers, ascending; all of them where there are no more than `most`
 * @throws InvalidArgumentError where `most` is no whole number from 2
 */
export function stratifiedSample(labels: Labels, most: number, rng: Rng): Int32Array {
  if (!(Number.isInteger(most) && most >= 2)) {
    throw new InvalidArgumentError(`sample: found at most ${most} rows, needed a whole number from 2`);
  }
  if (labels.length <= most) return Int32Array.from(labels.keys());
  const minority = rowsOfClass(labels, 1);
  const fewer = Math.min(minority.length, Math.max(1, Math.round((most * minority.length) / labels.length)));
  const drawn = [
    ...sampleWithoutReplacement(rowsOfClass(labels, 0), most - fewer, rng),
    ...sampleWithoutReplacement(minority, fewer, rng),
  ];
  return Int32Array.from(drawn).sort();
}
