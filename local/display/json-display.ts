import type { Display, Write } from './display.ts';

/** Every event as one line of JSON, and nothing else. */
export function jsonDisplay(write: Write): Display {
  return {
    show: (event) => write(`${JSON.stringify(event)}\n`),
    close: () => {},
  };
}
