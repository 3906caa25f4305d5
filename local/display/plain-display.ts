import type { Clock } from '../command/clock.ts';
import type { RunEvent } from '../run/run-events.ts';
import type { Display, Write } from './display.ts';
import { formatDuration } from './format.ts';
import { safeText } from './safe-text.ts';

const NAME_WIDTH = 20;
/** Epochs and folds are worth a line when this share more of them is done, */
const PROGRESS_STEP = 0.1;
/** but not within so short a time, */
const PROGRESS_MIN_MS = 2000;
/** and in any case after so long a silence. */
const PROGRESS_MAX_MS = 30_000;

/** For logs: a line for each change of a state, and now and then one for the epochs or folds. */
export function plainDisplay(write: Write, clock: Clock): Display {
  const started = clock.now();
  let shown = { at: started, share: 0 };
  const line = (state: string, news: string) => {
    const elapsed = `${((clock.now() - started) / 1000).toFixed(1)} s`;
    write(`${elapsed.padStart(9)}  ${state.padEnd(NAME_WIDTH)}${news}\n`);
  };
  return {
    show(event) {
      if (event.type === 'state-started' && event.strategy === undefined) shown = { at: clock.now(), share: 0 };
      const share = doneShare(event);
      if (share !== undefined) {
        const silence = clock.now() - shown.at;
        const due = silence >= PROGRESS_MIN_MS && (share - shown.share >= PROGRESS_STEP || silence >= PROGRESS_MAX_MS);
        if (!due) return;
        shown = { at: clock.now(), share };
      }
      if ('state' in event) line(event.state, describe(event));
    },
    close() {},
  };
}

function doneShare(event: RunEvent): number | undefined {
  if (event.type === 'state-progress') return event.epoch / event.epochs;
  return event.type === 'fold-evaluated' ? event.done / event.of : undefined;
}

function describe(event: Extract<RunEvent, { state: string }>): string {
  switch (event.type) {
    case 'state-started':
      return event.attempt === 1 ? 'started' : `${foldName(event)}started again, attempt ${event.attempt}`;
    case 'state-progress':
      return `epoch ${event.epoch} of ${event.epochs}, loss ${event.loss.toPrecision(3)}`;
    case 'fold-evaluated':
      return `${event.done} of ${event.of} evaluated`;
    case 'state-succeeded':
      return `done in ${formatDuration(event.durationMs)}`;
    case 'state-failed':
      return `${foldName(event)}failed after ${formatDuration(event.durationMs)}: ${safeText(event.error)}`;
  }
}

/** `algorithm-1, repeat 1, fold 3: `, counted from 1, where one fold is meant. */
function foldName({ strategy, repeat = 0, fold = 0 }: { strategy?: string; repeat?: number; fold?: number }): string {
  return strategy === undefined ? '' : `${strategy}, repeat ${repeat + 1}, fold ${fold + 1}: `;
}
