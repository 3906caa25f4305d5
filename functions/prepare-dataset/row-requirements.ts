import { TooFewMinorityRowsError } from '../../contracts/errors.ts';
import type { ResolvedRequest } from '../../contracts/request.ts';
import type { Workflow } from '../../contracts/workflow.ts';

/** With fewer training rows of a class than this, neither a generator nor a learner has anything to learn from. */
export const MIN_TRAIN_ROWS = 5;
/** With fewer test rows of a class than this, no recall can be told from another. */
export const MIN_TEST_ROWS = 2;

/**
 * Refuses a table whose classes, once split, are too small.
 *
 * @throws TooFewMinorityRowsError that names the class, what was found and how many rows would do
 */
export function requireEnoughRows(
  { column, minority, majority }: Workflow['prepared']['target'],
  { read, usable, train, test }: Workflow['prepared']['counts'],
  { group, time }: ResolvedRequest['split'],
  name: string,
): void {
  const held = group
    ? ` (whole groups of ${JSON.stringify(group)} are held out)`
    : time
      ? ` (the latest rows by ${JSON.stringify(time)} are held out)`
      : '';
  for (const [label, text] of [
    ['minority', minority],
    ['majority', majority],
  ] as const) {
    if (train[label] >= MIN_TRAIN_ROWS && test[label] >= MIN_TEST_ROWS) continue;
    const dropped = read[label] - usable[label];
    const incomplete = dropped === 0 ? '' : ` (${dropped} more have missing values and were left out)`;
    throw new TooFewMinorityRowsError(
      `${name}, column ${JSON.stringify(column)}: found ${usable[label]} usable rows of ${JSON.stringify(text)}${incomplete}, ` +
        `that is ${train[label]} for training and ${test[label]} for testing${held}; needed at least ${MIN_TRAIN_ROWS} and ` +
        `${MIN_TEST_ROWS}. Collect more rows of this class, or change the split`,
    );
  }
}
