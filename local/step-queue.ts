/** What a queued step is told when its branch was given up. */
export class AbandonedStepError extends Error {
  override readonly name = 'AbandonedStepError';
}

interface Waiting {
  readonly start: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * One step at a time. The branches of a Parallel take turns, so that at most one step's memory is in use, and what a
 * step's clock shows is that step's work alone.
 */
export class StepQueue {
  #busy = false;
  #waiting: Waiting[] = [];

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy) {
      await new Promise<void>((start, reject) => {
        this.#waiting.push({ start, reject });
      });
    }
    this.#busy = true;
    try {
      return await work();
    } finally {
      // Only then: the state machine is to hear of a failure first, which may make it give up what waits.
      setImmediate(() => this.#next());
    }
  }

  /** Rejects every step that waits: nobody is interested in their results any more. */
  abandonWaiting(): void {
    const abandoned = this.#waiting;
    this.#waiting = [];
    for (const { reject } of abandoned) reject(new AbandonedStepError('The branch of this step was given up.'));
  }

  #next(): void {
    const next = this.#waiting.shift();
    this.#busy = next !== undefined;
    next?.start();
  }
}
