import type { StepProgress } from '../../functions/step.ts';
import { type StepReply, unpackError } from './worker-messages.ts';

interface PendingCall {
  readonly onProgress: (progress: StepProgress) => void;
  readonly resolve: (result: object) => void;
  readonly reject: (error: Error) => void;
}

/** What was asked of a worker, be it a process or a thread, and is not answered yet. */
export class WorkerCalls {
  readonly #pending = new Map<number, PendingCall>();
  #lastId = 0;

  get size(): number {
    return this.#pending.size;
  }

  /** @returns the number that the reply will carry, and what it will say */
  open(onProgress: (progress: StepProgress) => void): { readonly id: number; readonly result: Promise<object> } {
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<object>();
    this.#pending.set(id, { onProgress, resolve, reject });
    return { id, result: promise };
  }

  receive(reply: StepReply): void {
    const call = this.#pending.get(reply.id);
    if (!call) return;
    if ('progress' in reply) {
      call.onProgress(reply.progress);
      return;
    }
    this.#pending.delete(reply.id);
    if ('error' in reply) call.reject(unpackError(reply.error));
    else call.resolve(reply.result);
  }

  /** The worker is no more. */
  failAll(message: string): void {
    const error = unpackError({ name: 'StepWorkerError', message });
    for (const call of this.#pending.values()) call.reject(error);
    this.#pending.clear();
  }
}
