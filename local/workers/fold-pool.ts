import { type ResourceLimits, Worker } from 'node:worker_threads';
import type { StateName } from '../../contracts/states.ts';
import type { StepProgress } from '../../functions/step.ts';
import { WorkerCalls } from './worker-calls.ts';
import type { StepCall, StepReply } from './worker-messages.ts';

/** The threads' entry beside this module: a source as Node runs it, or a bundle. */
const FOLD_THREAD = new URL(import.meta.url.endsWith('.ts') ? './fold-thread.ts' : './fold-thread.js', import.meta.url);

/**
 * Threads that evaluate folds side by side: as many as are asked for at once, started when they are first needed and used
 * again. They can be ended at any moment, as WebAssembly can be interrupted and DuckDB is in none of them.
 */
export class FoldPool {
  readonly #entry: URL;
  readonly #limits: ResourceLimits;
  readonly #threads = new Set<FoldThread>();

  /** @param limits of each thread; default: those of Node */
  constructor(entry: URL = FOLD_THREAD, limits: ResourceLimits = {}) {
    this.#entry = entry;
    this.#limits = limits;
  }

  run(state: StateName, payload: unknown, onProgress: (progress: StepProgress) => void): Promise<object> {
    const thread = [...this.#threads].find(({ isIdle }) => isIdle) ?? this.#start();
    return thread.run(state, payload, onProgress);
  }

  /** Whatever the threads are at fails. */
  async end(): Promise<void> {
    await Promise.all([...this.#threads].map((thread) => thread.end()));
  }

  get size(): number {
    return this.#threads.size;
  }

  #start(): FoldThread {
    const thread = new FoldThread(this.#entry, this.#limits, () => this.#threads.delete(thread));
    this.#threads.add(thread);
    return thread;
  }
}

/** A thread that dies (out of memory) fails the call that it was at. */
class FoldThread {
  readonly #worker: Worker;
  readonly #calls = new WorkerCalls();
  #isEnding = false;

  constructor(entry: URL, resourceLimits: ResourceLimits, ended: () => void) {
    let fault: Error | undefined;
    this.#worker = new Worker(entry, { resourceLimits });
    this.#worker.on('message', (reply: StepReply) => this.#calls.receive(reply));
    this.#worker.on('error', (error: Error) => {
      fault = error;
    });
    this.#worker.on('exit', (code) => {
      ended();
      this.#calls.failAll(describeEnd(code, fault));
    });
  }

  get isIdle(): boolean {
    return this.#calls.size === 0 && !this.#isEnding;
  }

  run(state: StateName, payload: unknown, onProgress: (progress: StepProgress) => void): Promise<object> {
    const { id, result } = this.#calls.open(onProgress);
    const call: StepCall = { id, state, payload };
    this.#worker.postMessage(call);
    return result;
  }

  async end(): Promise<void> {
    this.#isEnding = true;
    await this.#worker.terminate();
  }
}

function describeEnd(code: number, fault: (Error & { code?: string }) | undefined): string {
  const advice =
    fault?.code === 'ERR_WORKER_OUT_OF_MEMORY'
      ? ' It had too little memory: with --jobs <n> fewer folds are evaluated at once.'
      : '';
  return `A thread that evaluates folds ended (exit code ${code}).${advice}${fault ? ` Its last words: ${fault.message}` : ''}`;
}
