/** More bins than this tell a generator no more about a column. */
const MOST_BINS = 32;

/**
 * Cuts a column's values into runs of about as many rows each. A value that fills a bin by itself has one by itself: so
 * the many zeros of a column such as a capital gain stay apart from the few gains. Equal values are never parted.
 *
 * @param ascending the values, sorted, at least one
 * @returns the lowest value of each bin, ascending. A bin holds a 32nd of the rows or more, and no fewer than their square
 * root, but for one that ends before a frequent value and the last.
 */
export function binStarts(ascending: Float64Array): Float64Array {
  const fill = Math.max(ascending.length / MOST_BINS, Math.sqrt(ascending.length));
  const starts: number[] = [];
  let inBin = 0;
  for (let start = 0; start < ascending.length; ) {
    const end = endOfRun(ascending, start);
    if (start === 0 || inBin >= fill || end - start >= fill) {
      starts.push(ascending[start]);
      inBin = 0;
    }
    inBin += end - start;
    start = end;
  }
  return Float64Array.from(starts);
}

/** The bin that a value falls into, from 0; values below all bins fall into the first. */
export function binOf(starts: Float64Array, value: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (value >= starts[middle]) low = middle;
    else high = middle;
  }
  return low;
}

function endOfRun(ascending: Float64Array, start: number): number {
  let end = start;
  while (end < ascending.length && ascending[end] === ascending[start]) end++;
  return end;
}
