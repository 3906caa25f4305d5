import { setTimeout as wait } from 'node:timers/promises';

/** 3 attempts, with waits of 100 and 200 ms between them: at most 0.3 s of waiting. */
const ATTEMPTS = 3;
const FIRST_WAIT_MS = 100;

/** For what the SDK's own retries do not cover: a body that breaks off after its headers came, and a lost race. */
export async function retry<T>(isPassing: (error: unknown) => boolean, task: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await task();
    } catch (error) {
      if (attempt === ATTEMPTS || !isPassing(error)) throw error;
      await wait(FIRST_WAIT_MS * 2 ** (attempt - 1));
    }
  }
}
