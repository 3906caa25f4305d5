import { TooFewMinorityRowsError } from '../../contracts/errors.ts';
import type { ResolvedRequest } from '../../contracts/request.ts';
import { planClassSplit } from '../../core/table/split.ts';
import type { Target } from './target.ts';

/** With fewer training rows of a class than this, neither a generator nor a learner has anything to learn from. */
export const MIN_TRAIN_ROWS = 5;
/** With fewer test rows of a class than this, no recall can be told from another. */
export const MIN_TEST_ROWS = 2;

/**
 * Refuses a table whose classes, once split, are too small. Counts first, draws later.
 *
 * @param usable numbers of the rows that the run uses
 * @throws TooFewMinorityRowsError that names the class, what was found and how many rows would do
 */
export function requireEnoughRows(
  { column, labels, minority, majority }: Target,
  usable: Int32Array,
  { testFraction, minorityFraction }: ResolvedRequest['split'],
  name: string,
): void {
  for (const [label, text, kept] of [
    [1, minority, minorityFraction],
    [0, majority, 1],
  ] as const) {
    const rows = usable.reduce((sum, row) => sum + Number(labels[row] === label), 0);
    const plan = planClassSplit(rows, testFraction, kept);
    if (plan.train >= MIN_TRAIN_ROWS && plan.test >= MIN_TEST_ROWS) continue;
    const total = labels.reduce((sum, other) => sum + Number(other === label), 0);
    const incomplete = total === rows ? '' : ` (${total - rows} more have missing values and were left out)`;
    throw new TooFewMinorityRowsError(
      `${name}, column ${JSON.stringify(column)}: found ${rows} usable rows of ${JSON.stringify(text)}${incomplete}, ` +
        `that is ${plan.train} for training and ${plan.test} for testing; needed at least ${MIN_TRAIN_ROWS} and ` +
        `${MIN_TEST_ROWS}. Collect more rows of this class, or change the split`,
    );
  }
}
