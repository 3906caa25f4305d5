import type { Clock } from '../command/clock.ts';
import type { OutlineItem } from '../run/definition.ts';
import type { Display } from './display.ts';
import type { Paint } from './paint.ts';
import { runFrame } from './run-frame.ts';
import { afterEvent, EMPTY_VIEW } from './run-view.ts';

/** Redraws a block of lines where it stands: log-update, or a test's. */
export interface Redraw {
  (frame: string): void;
  done(): void;
}

export interface LiveDisplayOptions {
  readonly outline: readonly OutlineItem[];
  readonly clock: Clock;
  readonly paint: Paint;
  readonly redraw: Redraw;
}

const REDRAW_EVERY_MS = 80;

/** For terminals: the whole run at a glance, redrawn while it goes on. */
export function liveDisplay({ outline, clock, paint, redraw }: LiveDisplayOptions): Display {
  let view = EMPTY_VIEW;
  const draw = () => redraw(runFrame(outline, view, clock.now(), paint));
  const timer = setInterval(draw, REDRAW_EVERY_MS);
  // The display is no reason for the process to live on.
  timer.unref();
  return {
    show(event) {
      view = afterEvent(view, event, clock.now());
      if (view.ended) draw();
    },
    close() {
      clearInterval(timer);
      redraw.done();
    },
  };
}
