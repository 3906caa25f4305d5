import { Logger } from '@aws-lambda-powertools/logger';
import { HEARTBEAT } from '../../contracts/container.ts';
import { containerVariable } from './container-variable.ts';
import { startWorker } from './start-worker.ts';
import { supervise } from './supervise.ts';
import { taskReports } from './task-reports.ts';

/** How a container is told to stop: by ECS, and by a person at a terminal. */
const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * Runs the task that the environment names, and reports how it ended.
 *
 * @returns the exit code: 0 where Step Functions has the result
 */
export async function runTask(): Promise<number> {
  const state = containerVariable('state');
  const logger = new Logger({ persistentKeys: { state } });
  const end = await supervise({
    state,
    reports: taskReports(containerVariable('taskToken'), logger),
    startWorker,
    heartbeatSeconds: HEARTBEAT.everySeconds,
    onStop: (stop) => {
      for (const signal of STOP_SIGNALS) process.once(signal, () => stop(signal));
    },
  });
  logger.info('task', { end });
  return end === 'succeeded' ? 0 : 1;
}
