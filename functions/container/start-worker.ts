import { fork } from 'node:child_process';
import { totalmem } from 'node:os';
import type { WorkerAnswer } from './messages.ts';
import type { StartWorker } from './supervise.ts';

/** The argument that makes the process a worker. */
export const WORK = 'work';

/** Node gives its heap at most 4 GB unless told otherwise; the rest of the memory is for rows, which lie outside of the heap. */
const HEAP_SHARE = 0.5;
const MIB = 1024 * 1024;

/** Starts this very file as a worker, whose output is this process's own. */
export const startWorker: StartWorker = (onAnswer, onEnd) => {
  const heap = Math.floor((memoryBytes() * HEAP_SHARE) / MIB);
  const worker = fork(process.argv[1], [WORK], {
    execArgv: [...process.execArgv, `--max-old-space-size=${heap}`],
    // Powertools takes a container for a function, and would wait for a tracing daemon that is not there.
    env: { ...process.env, POWERTOOLS_TRACE_ENABLED: 'false' },
  });
  worker.on('message', (answer) => onAnswer(answer as WorkerAnswer));
  worker.on('close', (code, signal) => onEnd(signal ?? `exit code ${code}`));
  return { kill: () => void worker.kill('SIGKILL') };
};

/** Of the container, or of the machine where it has no limit of its own. */
function memoryBytes(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
}
