// Sums per bin: each row's pair of numbers is added to the pair of the bin in which the row is, one load, addition and store
// of both numbers at once. Where the sums are exact, as those of whole numbers are, no order of the rows changes them.

/** The bytes that a column of 256 bins takes: a pair of doubles for each. */
const COLUMN: usize = 4096;

/**
 * Adds rows to the bins of four columns that lie side by side: 16 KiB, which stay in the processor's first cache. A row's four
 * bins are a word of four bytes, that of row r at words + r * rowBytes; its pair is at pairs + 16 i, if it is the i-th of `rows`.
 */
export function addPairs(histogram: usize, words: usize, rowBytes: usize, rows: usize, pairs: usize, count: i32): void {
  const end = rows + ((<usize>count) << 2);
  while (rows < end) {
    const word = <usize>load<u32>(words + (<usize>load<u32>(rows)) * rowBytes);
    const pair = v128.load(pairs);
    const first = histogram + ((word << 4) & 0xff0);
    const second = histogram + ((word >>> 4) & 0xff0);
    const third = histogram + ((word >>> 12) & 0xff0);
    const fourth = histogram + ((word >>> 20) & 0xff0);
    v128.store(first, f64x2.add(v128.load(first), pair));
    v128.store(second, f64x2.add(v128.load(second, COLUMN), pair), COLUMN);
    v128.store(third, f64x2.add(v128.load(third, 2 * COLUMN), pair), 2 * COLUMN);
    v128.store(fourth, f64x2.add(v128.load(fourth, 3 * COLUMN), pair), 3 * COLUMN);
    rows += 4;
    pairs += 16;
  }
}
