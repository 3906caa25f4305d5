import type { Logger } from '@aws-lambda-powertools/logger';
import * as sfn from '@aws-sdk/client-sfn';
import { shortenFailure } from '../failure-text.ts';

/** How a task ended: with its result, with an error that was reported, or because nobody waited for it any more. */
export type TaskEnd = 'succeeded' | 'failed' | 'abandoned';

/** What a container tells Step Functions of its task. */
export interface TaskReports {
  /** @returns whether somebody still waits for the task */
  heartbeat(): Promise<boolean>;
  success(result: object): Promise<TaskEnd>;
  /** @param error by which Retry and Catch know it */
  failure(error: string, cause: string): Promise<TaskEnd>;
}

/**
 * Ten attempts a call. Waits between them are drawn from [0, w], where w doubles from 50 ms (after throttling from 1 s) up to
 * 20 s: at most 26 s (1 min 51 s). An hour of work should not be lost with one call.
 */
const MAX_ATTEMPTS = 10;

/** The reports of the one task that `taskToken` stands for. */
export function taskReports(
  taskToken: string,
  logger: Pick<Logger, 'warn'>,
  client = new sfn.SFNClient({ maxAttempts: MAX_ATTEMPTS }),
): TaskReports {
  const failure = (error: string, cause: string) =>
    unlessNobodyWaits('failed', async () => {
      await client.send(new sfn.SendTaskFailureCommand({ taskToken, ...shortenFailure(error, cause) }));
    });
  return {
    failure,
    success: (result) =>
      unlessNobodyWaits('succeeded', async () => {
        await client.send(new sfn.SendTaskSuccessCommand({ taskToken, output: JSON.stringify(result) }));
      }),
    async heartbeat() {
      try {
        await client.send(new sfn.SendTaskHeartbeatCommand({ taskToken }));
      } catch (error) {
        if (isUnknown(error)) return false;
        // The next one may get through.
        logger.warn('heartbeat', error as Error);
      }
      return true;
    },
  };
}

async function unlessNobodyWaits(end: TaskEnd, report: () => Promise<void>): Promise<TaskEnd> {
  try {
    await report();
    return end;
  } catch (error) {
    if (isUnknown(error)) return 'abandoned';
    throw error;
  }
}

function isUnknown(error: unknown): boolean {
  return (
    error instanceof sfn.TaskTimedOut || error instanceof sfn.TaskDoesNotExist || error instanceof sfn.InvalidToken
  );
}
