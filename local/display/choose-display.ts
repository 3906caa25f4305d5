import type { CommandContext } from '../command/command-context.ts';
import type { OutlineItem } from '../run/definition.ts';
import { type Display, silentDisplay } from './display.ts';
import { jsonDisplay } from './json-display.ts';
import { liveDisplay } from './live-display.ts';
import { paintFor } from './paint.ts';
import { plainDisplay } from './plain-display.ts';

export interface DisplayWishes {
  readonly json: boolean;
  readonly quiet: boolean;
}

/** The display that suits the output: JSON or none where asked for, live on a terminal, plain elsewhere and in CI. */
export async function chooseDisplay(
  { json, quiet }: DisplayWishes,
  outline: readonly OutlineItem[],
  { stdout, env, clock }: CommandContext,
): Promise<Display> {
  const write = (text: string) => void stdout.write(text);
  if (json) return jsonDisplay(write);
  if (quiet) return silentDisplay;
  if (!stdout.isTTY || env.TERM === 'dumb' || env.CI) return plainDisplay(write, clock);
  const { createLogUpdate } = await import('log-update');
  return liveDisplay({ outline, clock, paint: paintFor(stdout), redraw: createLogUpdate(stdout) });
}
