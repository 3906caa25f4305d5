import { type ChildProcess, fork } from 'node:child_process';
import { type ErrorMessage, unpackError } from '../local/workers/worker-messages.ts';
import type { Answer, Task, TaskKind } from './tasks/task.ts';

/** Does tasks, wherever. */
export interface TaskRunner {
  run<Kind extends TaskKind>(task: Task<Kind>): Promise<Answer<Kind>>;
}

type Reply = { readonly answer: unknown } | { readonly error: ErrorMessage };

interface Waiting {
  readonly task: { readonly kind: TaskKind };
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A fixed number of processes, which take tasks in the order in which they come. Processes and not threads, because DuckDB, which
 * reads the table, cannot be ended in a thread. A task that fails fails alone; a process that dies takes the pool with it.
 */
export class WorkerPool implements TaskRunner {
  readonly #processes: readonly ChildProcess[];
  readonly #idle: ChildProcess[];
  readonly #busy = new Map<ChildProcess, Waiting>();
  readonly #waiting: Waiting[] = [];
  #closed = false;

  constructor(workers: number) {
    this.#processes = Array.from({ length: workers }, () => this.#start());
    this.#idle = [...this.#processes];
  }

  run<Kind extends TaskKind>(task: Task<Kind>): Promise<Answer<Kind>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ task, resolve: resolve as (answer: unknown) => void, reject });
      this.#next();
    });
  }

  close(): void {
    this.#closed = true;
    for (const worker of this.#processes) worker.kill('SIGKILL');
  }

  #start(): ChildProcess {
    const worker = fork(new URL('./worker.ts', import.meta.url), { serialization: 'advanced' });
    worker.on('message', (reply: Reply) => this.#receive(worker, reply));
    worker.on('exit', (code, signal) => this.#failAll(`A worker ended (${signal ?? `exit code ${code}`}).`));
    return worker;
  }

  #next(): void {
    if (this.#closed || this.#waiting.length === 0) return;
    const worker = this.#idle.pop();
    if (!worker) return;
    const waiting = this.#waiting.shift() as Waiting;
    this.#busy.set(worker, waiting);
    worker.send(waiting.task);
  }

  #receive(worker: ChildProcess, reply: Reply): void {
    const waiting = this.#busy.get(worker);
    this.#busy.delete(worker);
    this.#idle.push(worker);
    if ('error' in reply) waiting?.reject(unpackError(reply.error));
    else waiting?.resolve(reply.answer);
    this.#next();
  }

  #failAll(message: string): void {
    if (this.#closed) return;
    this.close();
    for (const { reject } of [...this.#busy.values(), ...this.#waiting]) reject(new Error(message));
  }
}
