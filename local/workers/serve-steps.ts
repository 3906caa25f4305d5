import { parentPort } from 'node:worker_threads';
import type { StepRunner } from './step-runner.ts';
import { packError, type StepCall, type StepReply } from './worker-messages.ts';

/** The worker's end of the line to whoever asks it for steps. */
export interface StepLine {
  onCall(listener: (call: StepCall) => void): void;
  reply(message: StepReply): void;
}

/** The worker's side: answers every call with the step's result or error, and with news while it is at it. */
export function serveSteps(line: StepLine, steps: Promise<Pick<StepRunner, 'run'>>): void {
  // Told with the first call; until then nobody is there to be told.
  steps.catch(() => undefined);
  line.onCall(async ({ id, state, payload }) => {
    try {
      const result = await (await steps).run(state, payload, (progress) => line.reply({ id, progress }));
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

/** The line of a thread, which the process that started it ends when it likes. */
export function threadLine(): StepLine {
  return {
    onCall: (listener) => void parentPort?.on('message', listener),
    reply: (message) => parentPort?.postMessage(message),
  };
}
