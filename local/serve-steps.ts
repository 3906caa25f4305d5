import { runStep, type StepSource } from './step-runner.ts';
import { packError, type StepCall, type StepReply } from './worker-messages.ts';

/** The worker's end of the line to the command. */
export interface StepLine {
  onCall(listener: (call: StepCall) => void): void;
  reply(message: StepReply): void;
}

/** The worker's side: answers every call with the step's result or error, and with news while it is at it. */
export function serveSteps(line: StepLine, source: Promise<StepSource>): void {
  // Told with the first call; until then nobody is there to be told.
  source.catch(() => undefined);
  line.onCall(async ({ id, state, payload }) => {
    try {
      const result = await runStep(await source, state, payload, (progress) => line.reply({ id, progress }));
      line.reply({ id, result });
    } catch (thrown) {
      line.reply({ id, error: packError(thrown) });
    }
  });
}

/**
 * The line of a process that was forked to be a worker. Ctrl-C reaches it too, as every process of the terminal, but is
 * for the command to act upon, which ends the worker. Without the command there is nothing left to do.
 */
export function parentLine(): StepLine {
  const command = process.ppid;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  process.on('disconnect', () => process.exit());
  return {
    onCall: (listener) => void process.on('message', listener),
    reply(message) {
      // A step that computes does not hear of the disconnection.
      if (process.ppid !== command) process.exit();
      process.send?.(message);
    },
  };
}
