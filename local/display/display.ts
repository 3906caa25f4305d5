import type { RunEvent } from '../run/run-events.ts';

/** Shows a run to whoever watches. */
export interface Display {
  show(event: RunEvent): void;
  /** Leaves the terminal as it was found; the last frame stays. */
  close(): void;
}

/** Where a display writes. */
export type Write = (text: string) => void;

export const silentDisplay: Display = { show: () => {}, close: () => {} };
