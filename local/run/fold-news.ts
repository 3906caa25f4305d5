import { foldFile } from '../../contracts/layout.ts';
import { MAPPED_STATE } from '../../contracts/states.ts';
import type { FoldItem } from '../../contracts/workflow.ts';
import type { RunNews } from './run-events.ts';

interface Attempt {
  readonly attempt: number;
  readonly startedAt: number;
  readonly isOpen: boolean;
}

/**
 * Makes news of one state of what happens to the items of the Map, of which many are under way at once: it starts with
 * the first of them and has succeeded with the last. Attempts are counted by item. Times are milliseconds on any clock.
 */
export class FoldNews {
  readonly #of: number;
  readonly #attempts = new Map<string, Attempt>();
  #startedAt: number | undefined;
  #done = 0;

  /** @param of items of the Map */
  constructor(of: number) {
    this.#of = of;
  }

  get isRunning(): boolean {
    return [...this.#attempts.values()].some(({ isOpen }) => isOpen);
  }

  isOpen(item: FoldItem): boolean {
    return this.#attempts.get(foldFile(item))?.isOpen ?? false;
  }

  started(item: FoldItem, at: number): RunNews[] {
    const attempt = (this.#attempts.get(foldFile(item))?.attempt ?? 0) + 1;
    this.#attempts.set(foldFile(item), { attempt, startedAt: at, isOpen: true });
    if (attempt > 1) return [{ type: 'state-started', state: MAPPED_STATE, attempt, ...item }];
    if (this.#startedAt !== undefined) return [];
    this.#startedAt = at;
    return [{ type: 'state-started', state: MAPPED_STATE, attempt }];
  }

  succeeded(item: FoldItem, at: number): RunNews[] {
    const { durationMs } = this.#end(item, at);
    const done = ++this.#done;
    const evaluated: RunNews = { type: 'fold-evaluated', state: MAPPED_STATE, ...item, done, of: this.#of, durationMs };
    if (done < this.#of) return [evaluated];
    const wholeMs = Math.round(at - (this.#startedAt ?? at));
    return [evaluated, { type: 'state-succeeded', state: MAPPED_STATE, attempt: 1, durationMs: wholeMs }];
  }

  failed(item: FoldItem, at: number, error: string, cause: string): RunNews[] {
    return [{ type: 'state-failed', state: MAPPED_STATE, ...this.#end(item, at), error, cause, ...item }];
  }

  #end(item: FoldItem, at: number): { readonly attempt: number; readonly durationMs: number } {
    const { attempt, startedAt } = this.#attempts.get(foldFile(item)) ?? { attempt: 1, startedAt: at };
    this.#attempts.set(foldFile(item), { attempt, startedAt, isOpen: false });
    return { attempt, durationMs: Math.round(at - startedAt) };
  }
}
