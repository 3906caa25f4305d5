import { TooFewRowsError } from '../errors.ts';
import { nearestCut, orderByTime } from './time-order.ts';

/**
 * The fold of each row: the rows in the order of time are cut into `folds` + 1 blocks of equal size, of which all but the first
 * are held out in turn (scikit-learn's `TimeSeriesSplit`). Unlike there, rows of the same time stay in one block, so that sizes
 * differ where many have the same.
 *
 * @param time when each row was, in any unit
 * @returns -1 for the rows of the first block
 * @throws InvalidArgumentError (a row without time), TooFewRowsError (too few different times)
 */
export function dealBlocks(time: Float64Array, folds: number): Int32Array {
  const order = orderByTime(time);
  const fold = new Int32Array(time.length).fill(-1);
  let before = 0;
  for (let f = 0; f < folds; f++) {
    const cut = nearestCut(order, ((f + 1) * time.length) / (folds + 1)) ?? 0;
    if (cut <= before) {
      throw new TooFewRowsError(
        `time: found ${order.cuts.length + 1} different times in ${time.length} rows, some shared by so many rows that ` +
          `${folds + 1} blocks of about ${Math.round(time.length / (folds + 1))} rows cannot be cut between them. ` +
          'Ask for fewer folds, or name a column that tells more times apart',
      );
    }
    for (const row of order.rows.subarray(cut)) fold[row] = f;
    before = cut;
  }
  return fold;
}
