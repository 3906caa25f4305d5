import { MAPPED_STATE, type StateName } from '../../contracts/states.ts';
import type { StepProgress } from '../../functions/step.ts';
import { FoldPool } from './fold-pool.ts';
import type { StepRunner } from './step-runner.ts';

/**
 * Runs the folds of a comparison in threads, side by side, and every other step as it always was. When another step is
 * asked for, the comparison is over, or the run has failed: the threads, and the memory that they hold, are given up first.
 */
export class ThreadedStepRunner implements StepRunner {
  readonly #others: StepRunner;
  readonly #threads: FoldPool;

  constructor(others: StepRunner, threads = new FoldPool()) {
    this.#others = others;
    this.#threads = threads;
  }

  async run(state: StateName, payload: unknown, onProgress: (progress: StepProgress) => void): Promise<object> {
    if (state === MAPPED_STATE) return this.#threads.run(state, payload, onProgress);
    await this.#threads.end();
    return this.#others.run(state, payload, onProgress);
  }

  async close(): Promise<void> {
    await this.#threads.end();
    await this.#others.close();
  }
}
