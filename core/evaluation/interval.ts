/** A number and how far it is known. All null where it is not defined; low and high null where only they are not. */
export interface Interval {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Share of intervals that hold the true value, where nothing else is asked for. */
export const DEFAULT_LEVEL = 0.95;
