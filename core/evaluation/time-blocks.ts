import { nearestCut, orderByTime } from '../protocol/time-order.ts';

/**
 * Blocks of a series, where there are as many times. More are shorter, and cut more of what neighbouring rows have in common;
 * fewer say less of how blocks vary: between 10 and 30 little is gained or lost (Schmeiser 1982, Batch size effects in the
 * analysis of simulation output).
 */
const BLOCKS = 20;

/**
 * Deals rows into blocks that follow one another in time and do not overlap, of as nearly the same number of rows as times
 * allow: rows of the same time are in one block. Rows that are close in time are alike; what is drawn at random is then the
 * block and not the row (Carlstein 1986, The use of subseries values for estimating the variance of a general statistic from a
 * stationary sequence).
 *
 * @param time when each row was, in any unit
 * @returns the block of each row, from the earliest, 0; at most 20 blocks
 * @throws InvalidArgumentError (a row without time)
 */
export function timeBlocks(time: Float64Array): Int32Array {
  const order = orderByTime(time);
  const wanted = Array.from({ length: BLOCKS - 1 }, (_, n) => ((n + 1) / BLOCKS) * time.length);
  const starts = new Set(wanted.map((place) => nearestCut(order, place)));
  const block = new Int32Array(time.length);
  let current = 0;
  order.rows.forEach((row, place) => {
    if (starts.has(place)) current++;
    block[row] = current;
  });
  return block;
}
