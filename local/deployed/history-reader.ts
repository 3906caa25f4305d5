import type { Executions, HistoryEvent } from './executions.ts';

/**
 * Reads the history of an execution as it grows. It is asked for from its end, so that every look costs as much as there
 * is news, and no page token needs to live (Step Functions lets them expire) until there is.
 */
export class HistoryReader {
  readonly #executions: Executions;
  readonly #arn: string;
  #lastId = 0;

  constructor(executions: Executions, executionArn: string) {
    this.#executions = executions;
    this.#arn = executionArn;
  }

  /** The events since the last look, in their order, each of them once. */
  async news(): Promise<HistoryEvent[]> {
    const found: HistoryEvent[] = [];
    let token: string | undefined;
    let seen = false;
    do {
      const page = await this.#executions.history(this.#arn, token);
      const fresh = page.events.filter(({ id }) => id > this.#lastId);
      found.push(...fresh);
      seen = fresh.length < page.events.length;
      token = page.nextToken;
    } while (token !== undefined && !seen);
    found.sort((a, b) => a.id - b.id);
    this.#lastId = found.at(-1)?.id ?? this.#lastId;
    return found;
  }
}
