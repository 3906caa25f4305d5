import type { ComparisonProtocol } from './comparison.ts';

/**
 * The share of the rows at hand that a fold holds out, in the mean over the folds. Ordered by time, the rows at hand are those of
 * the window up to the held-out block: of the f-th fold f blocks to train on and one held out.
 */
export function heldOutShare({ kind, folds }: Pick<ComparisonProtocol, 'kind' | 'folds'>): number {
  if (kind !== 'time-ordered') return 1 / folds;
  let sum = 0;
  for (let f = 1; f <= folds; f++) sum += 1 / (f + 1);
  return sum / folds;
}

const HELD_OUT: Readonly<Record<ComparisonProtocol['kind'], string>> = {
  stratified: 'held-out parts of the training rows, each class dealt evenly',
  grouped: 'held-out parts of the training rows, no group on both sides',
  'time-ordered': 'later blocks of the training rows, each judged by what the rows before it taught',
};

/**
 * Fewer values than these do not tell how far others would vary: an interval by Student's t of two is 12.7 standard errors wide to
 * either side, where that of three is 4.3, and that of five 2.8.
 */
const FEWEST_VALUES = 3;

/** Whether there are enough folds, of all repeats, for intervals. */
export function hasIntervals({ folds, repeats }: Pick<ComparisonProtocol, 'folds' | 'repeats'>): boolean {
  return folds * repeats >= FEWEST_VALUES;
}

/** What the intervals are, in words. */
export function describeIntervals({ kind, folds, repeats }: ComparisonProtocol): string {
  const values = folds * repeats;
  if (!hasIntervals({ folds, repeats })) {
    return (
      `Means over ${values} ${HELD_OUT[kind]}: too few to tell how far others would vary, so that there are no intervals. Differences ` +
      'are taken fold by fold.'
    );
  }
  const dealt = repeats === 1 ? '' : ` (${folds} folds, dealt ${repeats} times)`;
  return (
    `95% intervals of the mean over ${values} ${HELD_OUT[kind]}${dealt}: Student t with ${values - 1} degrees of freedom, ` +
    'the variance enlarged because folds share training rows (Nadeau & Bengio 2003), cut off where a metric ends. Differences are ' +
    'taken fold by fold.'
  );
}
