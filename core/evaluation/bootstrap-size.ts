/** Interval ends that move by a twentieth of an interval's half-width from one seed to the next: see below. */
const USUAL_REPLICATES = 1000;
const FEWEST_REPLICATES = 200;
/** Rows drawn in all, about half a second of work: the usual replicates of 20,000 rows. */
const MOST_DRAWS = 20e6;

/**
 * How many samples a bootstrap of so many rows draws: 1,000, and above 20,000 rows fewer, so that the work does not grow with the
 * rows, but never under 200, which is the number from 100,000 rows on.
 *
 * What fewer cost: the end of a 95% interval is a quantile of B replicates, with a standard error of
 * sqrt(0.025 * 0.975 / B) / 0.0584 standard deviations of theirs (0.0584 is the normal density at 1.96). Of the half-width, 1.96
 * standard deviations, that is 4% for B = 1,000 and 10% for B = 200; and the half-width shrinks with the root of the rows.
 */
export function bootstrapReplicates(rows: number): number {
  return Math.min(USUAL_REPLICATES, Math.max(FEWEST_REPLICATES, Math.floor(MOST_DRAWS / rows)));
}
