import { count } from '../../core/counting.ts';
import { loadScoringModel } from '../../functions/score-rows/load-model.ts';
import { scoreDataset } from '../../functions/score-rows/score-dataset.ts';
import { openStore } from '../../storage/open-store.ts';
import type { CommandContext } from '../command/command-context.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { onInterrupt } from '../command/interrupt.ts';
import { shownLocation } from '../command/locations.ts';
import { paintFor } from '../display/paint.ts';
import { askedThreshold, type ScoreArguments, scoreLocations } from './score-options.ts';
import { scoreSummary } from './score-summary.ts';

/** Of a terminal: what is to the right of the cursor goes. */
const CLEAR_TO_END = '\x1b[K';

/**
 * `counterpoise score`: scores rows with a published model, writes them with their scores, and says what came out.
 *
 * @throws UsageError where the command cannot work as it was typed; the errors of `scoreDataset` and `loadScoringModel`
 */
export async function score(args: ScoreArguments, context: CommandContext): Promise<ExitCode> {
  const store = openStore();
  const { modelUri, ...locations } = await scoreLocations(args, context.cwd, store);
  const model = await loadScoringModel(store, modelUri);
  const request = { ...locations, modelUri, ...askedThreshold(args.options.threshold, model) };

  const talkative = args.options.json !== true && args.options.quiet !== true;
  const interrupted = new AbortController();
  const deafen = onInterrupt(context.signals, context.clock, {
    stop: () => interrupted.abort(),
    kill: () => context.exit(EXIT.interrupted),
  });
  try {
    const summary = await scoreDataset(request, model, {
      store,
      signal: interrupted.signal,
      onProgress: talkative ? progressOn(context.stderr) : () => {},
    });
    if (args.options.json === true) context.stdout.write(`${JSON.stringify(summary)}\n`);
    else if (talkative) {
      const shown = (uri: string) => shownLocation(uri, context.cwd);
      context.stdout.write(`${scoreSummary(summary, { paint: paintFor(context.stdout), shown })}\n`);
    }
    return EXIT.ok;
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    context.stderr.write('\nStopped. Nothing was written.\n');
    return EXIT.interrupted;
  } finally {
    deafen();
  }
}

/** One line that is written over, on a terminal; the last one takes it away. */
function progressOn(stream: NodeJS.WriteStream): (done: number, rows: number) => void {
  if (!stream.isTTY) return () => {};
  return (done, rows) => {
    const line = done < rows ? `  ${count(done)} of ${count(rows)} rows` : '';
    stream.write(`\r${line}${CLEAR_TO_END}`);
  };
}
