import { type ChildProcess, fork } from 'node:child_process';
import type { StateName } from '../../contracts/states.ts';
import type { StepProgress } from '../../functions/step.ts';
import type { StepRunner } from './step-runner.ts';
import { WorkerCalls } from './worker-calls.ts';
import type { StepCall, StepReply } from './worker-messages.ts';

/** The worker's entry beside this module: a source as Node runs it, or a bundle. */
const STEP_WORKER = new URL(import.meta.url.endsWith('.ts') ? './step-worker.ts' : './step-worker.js', import.meta.url);

/** As much of what a worker says when it dies as can hold the reason. */
const LAST_WORDS = 4000;

/**
 * MiB of V8's nursery, of which it has three; its own choice is 16. What is large here are typed arrays, whose memory goes only
 * when their owners are collected: a small nursery does that sooner. A run on Adult without a comparison then peaks at 30 MB less,
 * in the same time.
 */
const YOUNG_GENERATION = '--max-semi-space-size=4';

/**
 * Runs steps in one worker process, so that the command stays free for the display and for Ctrl-C while a step computes.
 * It starts, and loads the steps, as soon as the runner is made. A worker that dies (out of memory) fails the step that
 * it was at; the next step gets a new one, so that the failure can still be recorded. The folds of a comparison it hands to
 * threads of its own (threaded-step-runner.ts).
 *
 * A process and not a thread, because a thread cannot be ended while DuckDB is at work in it: Node waits for the query,
 * and then aborts the whole process (seen with Node 24.21 and DuckDB 1.5.6).
 */
export class WorkerStepRunner implements StepRunner {
  readonly #entry: URL;
  readonly #calls = new WorkerCalls();
  readonly #killAtExit = () => void this.#worker?.kill('SIGKILL');
  #worker: ChildProcess | undefined;

  constructor(entry: URL = STEP_WORKER) {
    this.#entry = entry;
    process.on('exit', this.#killAtExit);
    this.#worker = this.#start();
  }

  run(state: StateName, payload: unknown, onProgress: (progress: StepProgress) => void): Promise<object> {
    this.#worker ??= this.#start();
    const { id, result } = this.#calls.open(onProgress);
    const call: StepCall = { id, state, payload };
    this.#worker.send(call);
    return result;
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
    const worker = fork(this.#entry, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [...process.execArgv, YOUNG_GENERATION],
    });
    let lastWords = '';
    worker.stderr?.on('data', (chunk) => {
      lastWords = `${lastWords}${chunk}`.slice(-LAST_WORDS);
    });
    worker.on('message', (reply) => this.#calls.receive(reply as StepReply));
    worker.on('error', (error) => {
      lastWords = `${lastWords}\n${error}`;
    });
    worker.on('close', (code, signal) => {
      this.#worker = undefined;
      this.#calls.failAll(describeEnd(signal ?? `exit code ${code}`, this.#calls.size, lastWords));
    });
    return worker;
  }
}

function describeEnd(how: string, steps: number, lastWords: string): string {
  const tooMuch = steps > 1 ? `${steps} folds at once: --jobs <n> takes fewer` : 'this table';
  const advice = how === 'SIGKILL' ? ` Perhaps there is too little memory for ${tooMuch}.` : '';
  const reason = lastWords.split('\n').findLast((line) => /error/i.test(line));
  return `The process that runs the steps ended (${how}).${advice}${reason ? ` Its last words: ${reason.trim()}` : ''}`;
}
