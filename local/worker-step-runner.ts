import { type ChildProcess, fork } from 'node:child_process';
import type { StateName } from '../contracts/states.ts';
import type { StepProgress } from '../functions/step.ts';
import type { StepRunner } from './step-runner.ts';
import { type StepCall, type StepReply, unpackError } from './worker-messages.ts';

/** The worker's entry beside this module: a source as Node runs it, or a bundle. */
const STEP_WORKER = new URL(import.meta.url.endsWith('.ts') ? './step-worker.ts' : './step-worker.js', import.meta.url);

/** As much of what a worker says when it dies as can hold the reason. */
const LAST_WORDS = 4000;

interface PendingCall {
  readonly onProgress: (progress: StepProgress) => void;
  readonly resolve: (result: object) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Runs steps in one worker process, so that the command stays free for the display and for Ctrl-C while a step computes.
 * It starts, and loads the steps, as soon as the runner is made. A worker that dies (out of memory) fails the step that
 * it was at; the next step gets a new one, so that the failure can still be recorded.
 *
 * A process and not a thread, because a thread cannot be ended while DuckDB is at work in it: Node waits for the query,
 * and then aborts the whole process (seen with Node 24.21 and DuckDB 1.5.6).
 */
export class WorkerStepRunner implements StepRunner {
  readonly #entry: URL;
  readonly #calls = new Map<number, PendingCall>();
  readonly #killAtExit = () => void this.#worker?.kill('SIGKILL');
  #worker: ChildProcess | undefined;
  #lastId = 0;

  constructor(entry: URL = STEP_WORKER) {
    this.#entry = entry;
    process.on('exit', this.#killAtExit);
    this.#worker = this.#start();
  }

  run(state: StateName, payload: unknown, onProgress: (progress: StepProgress) => void): Promise<object> {
    this.#worker ??= this.#start();
    const call: StepCall = { id: ++this.#lastId, state, payload };
    const { promise, resolve, reject } = Promise.withResolvers<object>();
    this.#calls.set(call.id, { onProgress, resolve, reject });
    this.#worker.send(call);
    return promise;
  }

  async close(): Promise<void> {
    process.off('exit', this.#killAtExit);
    const worker = this.#worker;
    if (!worker) return;
    const closed = new Promise((resolve) => worker.once('close', resolve));
    worker.kill('SIGKILL');
    await closed;
  }

  #start(): ChildProcess {
    const worker = fork(this.#entry, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let lastWords = '';
    worker.stderr?.on('data', (chunk) => {
      lastWords = `${lastWords}${chunk}`.slice(-LAST_WORDS);
    });
    worker.on('message', (reply) => this.#receive(reply as StepReply));
    worker.on('error', (error) => {
      lastWords = `${lastWords}\n${error}`;
    });
    worker.on('close', (code, signal) => this.#failAll(describeEnd(signal ?? `exit code ${code}`, lastWords)));
    return worker;
  }

  #receive(reply: StepReply): void {
    const call = this.#calls.get(reply.id);
    if (!call) return;
    if ('progress' in reply) {
      call.onProgress(reply.progress);
      return;
    }
    this.#calls.delete(reply.id);
    if ('error' in reply) call.reject(unpackError(reply.error));
    else call.resolve(reply.result);
  }

  #failAll(message: string): void {
    this.#worker = undefined;
    const error = unpackError({ name: 'StepWorkerError', message });
    for (const call of this.#calls.values()) call.reject(error);
    this.#calls.clear();
  }
}

function describeEnd(how: string, lastWords: string): string {
  const reason = lastWords.split('\n').findLast((line) => /error/i.test(line));
  const advice = how === 'SIGKILL' ? ' Perhaps there is too little memory for this table.' : '';
  return `The process that runs the steps ended (${how}).${advice}${reason ? ` Its last words: ${reason.trim()}` : ''}`;
}
