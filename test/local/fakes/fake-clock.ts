import type { Clock } from '../../../local/command/clock.ts';

/** A clock that stands still until it is told. */
export interface FakeClock extends Clock {
  advance(ms: number): void;
}

export function fakeClock(): FakeClock {
  let elapsed = 0;
  return {
    now: () => elapsed,
    date: () => new Date(Date.UTC(2025, 0, 2, 3, 4, 5) + elapsed),
    advance: (ms) => {
      elapsed += ms;
    },
  };
}
