import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Python } from './python.ts';

/** A Python process that stays warm between measurements. */
export interface Worker {
  /** Sends one request, a line of JSON, and gives back the line of JSON that answers it. */
  ask<T>(request: unknown): Promise<T>;
  stop(): Promise<void>;
}

/**
 * Starts a script of bench/peers, which answers each line of its input with a line of output (peers/worker.py).
 *
 * @param threads limits the threads of numpy's linear algebra; undefined leaves them at their default
 */
export function startWorker(
  python: Python,
  script: string,
  args: readonly string[],
  threads: number | undefined,
): Worker {
  const path = fileURLToPath(new URL(`peers/${script}`, import.meta.url));
  const child = spawn(python.executable, [path, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...threadLimit(threads) },
  });
  const exited = once(child, 'exit');
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask<T>(request: unknown): Promise<T> {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error(`bench/peers/${script} ended without an answer to ${JSON.stringify(request)}`);
      return JSON.parse(value) as T;
    },
    async stop(): Promise<void> {
      child.stdin.end();
      await exited;
    },
  };
}

/** The environment that holds numpy's BLAS to a number of threads. */
export function threadLimit(threads: number | undefined): Record<string, string> {
  return threads === undefined ? {} : { OPENBLAS_NUM_THREADS: String(threads), OMP_NUM_THREADS: String(threads) };
}
