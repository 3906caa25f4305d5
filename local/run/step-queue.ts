/** What a queued step is told when its branch was given up. */
export class AbandonedStepError extends Error {
  override readonly name = 'AbandonedStepError';
}

interface Waiting {
  readonly start: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * One step at a time, or as many as there is `room` for. The branches of a Parallel take turns, so that at most one step's
 * memory is in use, and what a step's clock shows is that step's work alone.
 */
export class StepQueue {
  #room: number;
  #waiting: Waiting[] = [];

  constructor(room = 1) {
    this.#room = room;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#room > 0) this.#room--;
    else await new Promise<void>((start, reject) => this.#waiting.push({ start, reject }));
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
    // Whoever waited takes the room of the one that has ended.
    if (next) next.start();
    else this.#room++;
  }
}
