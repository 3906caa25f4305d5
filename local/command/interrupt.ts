import type { Clock } from './clock.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm passes on a Ctrl-C that the terminal has sent to every process already: within this time, two signals are one. */
const SAME_KEYSTROKE_MS = 300;

export interface SignalSource {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  off(signal: NodeJS.Signals, listener: () => void): unknown;
}

export interface InterruptHandlers {
  /** at the first signal: end in good order */
  readonly stop: () => void;
  /** at the second: end at once */
  readonly kill: () => void;
}

/** Listens for Ctrl-C and its kin. @returns stops listening */
export function onInterrupt(source: SignalSource, clock: Clock, { stop, kill }: InterruptHandlers): () => void {
  let firstAt: number | undefined;
  const listener = () => {
    if (firstAt === undefined) {
      firstAt = clock.now();
      stop();
    } else if (clock.now() - firstAt > SAME_KEYSTROKE_MS) {
      kill();
    }
  };
  for (const signal of SIGNALS) source.on(signal, listener);
  return () => {
    for (const signal of SIGNALS) source.off(signal, listener);
  };
}
