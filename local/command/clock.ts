/** Time as the command line reads it; tests bring their own. */
export interface Clock {
  /** milliseconds on a monotonic clock: for durations */
  now(): number;
  /** the time of day: for records */
  date(): Date;
}

export const systemClock: Clock = { now: () => performance.now(), date: () => new Date() };
