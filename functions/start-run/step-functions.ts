import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { StartExecution } from './start-run.ts';

/**
 * Five attempts a call. Waits between them are drawn from [0, w], where w doubles from 50 ms each time (after throttling
 * from 1 s): at most 0.75 s (15 s). What fails then, Lambda tries again after one and two minutes, and then hands the
 * event to the dead-letter queue.
 */
const MAX_ATTEMPTS = 5;

/**
 * Starts executions of one state machine. The same name with the same input while that runs is answered as the first time
 * was, so a repeated call, too, starts nothing twice.
 */
export function stepFunctions(
  stateMachineArn: string,
  client = new SFNClient({ maxAttempts: MAX_ATTEMPTS }),
): StartExecution {
  return async (name, input) => {
    try {
      await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
      return 'started';
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return 'already';
      throw error;
    }
  };
}
