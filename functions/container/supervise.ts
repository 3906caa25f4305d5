import { StepCrashedError, StepStoppedError } from '../../contracts/errors.ts';
import type { NamedError } from '../../core/errors.ts';
import type { WorkerAnswer } from './messages.ts';
import type { TaskEnd, TaskReports } from './task-reports.ts';

/** A process that does the work of a step. */
export interface Worker {
  kill(): void;
}

/** @param onEnd is called last, with a signal or an exit code in words */
export type StartWorker = (onAnswer: (answer: WorkerAnswer) => void, onEnd: (how: string) => void) => Worker;

export interface Supervision {
  readonly state: string;
  readonly reports: TaskReports;
  readonly startWorker: StartWorker;
  readonly heartbeatSeconds: number;
  /** calls back where the container is told to stop */
  readonly onStop: (stop: (signal: string) => void) => void;
}

/**
 * Has a step done by another process, which may be busy for minutes on end or die, and reports what becomes of it: that it
 * is alive, and at last its result or its error, once. Where nobody waits any more (the execution was stopped, or took too
 * long), the work is given up, for it costs money.
 */
export async function supervise({
  state,
  reports,
  startWorker,
  heartbeatSeconds,
  onStop,
}: Supervision): Promise<TaskEnd> {
  const { promise: outcome, resolve: settle } = Promise.withResolvers<WorkerAnswer | 'abandoned'>();
  const fail = ({ name, message }: NamedError) => settle({ error: { name, message } });
  const worker = startWorker(settle, (how) => fail(new StepCrashedError(describeCrash(state, how))));
  onStop((signal) =>
    fail(new StepStoppedError(`The container of ${state} was told to stop (${signal}) before the step was done`)),
  );
  const beat = async () => {
    if (!(await reports.heartbeat())) settle('abandoned');
  };
  void beat();
  const heartbeats = setInterval(beat, heartbeatSeconds * 1000);
  try {
    const ended = await outcome;
    if (ended === 'abandoned') return ended;
    if ('result' in ended) return await reports.success(ended.result);
    return await reports.failure(ended.error.name, ended.error.message);
  } finally {
    clearInterval(heartbeats);
    worker.kill();
  }
}

function describeCrash(state: string, how: string): string {
  const advice =
    how === 'SIGKILL' || how === 'SIGABRT' ? '; most likely it needed more memory than the container has' : '';
  return `The process of ${state} ended (${how}) without an answer${advice}`;
}
