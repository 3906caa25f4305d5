/** Pearson's statistic of counts that are expected to be equal. */
export function chiSquare(counts: ArrayLike<number>): number {
  const total = Array.from(counts).reduce((sum, count) => sum + count, 0);
  const expected = total / counts.length;
  return Array.from(counts).reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/**
 * What Pearson's statistic of `cells` equal counts exceeds once in a thousand samples (Wilson & Hilferty 1931, The distribution
 * of chi-square). The streams of the tests are fixed, so that a test which passes once always passes.
 */
export function chiSquareLimit(cells: number): number {
  const degrees = cells - 1;
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + 3.09 * Math.sqrt(spread)) ** 3;
}

/** The largest distance between the distribution of `values` and `cdf`, times the square root of their number. */
export function kolmogorovSmirnov(values: Float64Array, cdf: (value: number) => number): number {
  const sorted = values.toSorted();
  let distance = 0;
  for (let i = 0; i < sorted.length; i++) {
    const expected = cdf(sorted[i]);
    distance = Math.max(distance, expected - i / sorted.length, (i + 1) / sorted.length - expected);
  }
  return distance * Math.sqrt(sorted.length);
}

/** What that exceeds once in a thousand samples: sqrt(ln(2 / 0.001) / 2) (Smirnov 1948). */
export const KOLMOGOROV_SMIRNOV_LIMIT = Math.sqrt(Math.log(2 / 0.001) / 2);

/** The standard normal distribution function, to 7.5e-8 (Zelen & Severo 1964, in Abramowitz & Stegun, 26.2.17). */
export function normalCdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const above = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return x >= 0 ? 1 - above : above;
}

export function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}
