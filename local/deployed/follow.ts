import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandContext } from '../command/command-context.ts';
import { EXIT } from '../command/exit-codes.ts';
import { onInterrupt } from '../command/interrupt.ts';
import type { HistoryEvent } from './executions.ts';
import type { HistoryReader } from './history-reader.ts';

const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 10_000;
const GROWTH = 1.5;

/** The wait before the next look: a second after news, then half as long again each time, at most ten seconds. */
export function nextDelay(delayMs: number, hadNews: boolean): number {
  return hadNews ? FIRST_DELAY_MS : Math.min(delayMs * GROWTH, LONGEST_DELAY_MS);
}

/**
 * Looks at an execution again and again, until it ends or Ctrl-C comes, which ends the looking and not the execution.
 *
 * @param take is given what is new, and answers whether the execution has ended
 */
export async function follow(
  executionArn: string,
  reader: HistoryReader,
  take: (events: readonly HistoryEvent[]) => boolean,
  context: CommandContext,
): Promise<'ended' | 'stopped'> {
  const stopping = new AbortController();
  const stopped = new Promise<undefined>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve(undefined));
  });
  const deafen = onInterrupt(context.signals, context.clock, {
    stop: () => stopping.abort(),
    kill: () => context.exit(EXIT.interrupted),
  });
  try {
    for (let delayMs = FIRST_DELAY_MS; ; ) {
      const news = await Promise.race([reader.news(), stopped]);
      if (news === undefined) return 'stopped';
      if (take(news)) return 'ended';
      delayMs = nextDelay(delayMs, news.length > 0);
      await sleep(context.pollDelayMs ?? delayMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return 'stopped';
    }
  } catch (error) {
    context.stderr.write(`\n${goesOn(executionArn)}\n`);
    throw error;
  } finally {
    deafen();
  }
}

/** What to tell whoever stops looking. */
export function goesOn(executionArn: string): string {
  return `The execution goes on. How it stands:\n  counterpoise status ${executionArn}`;
}
