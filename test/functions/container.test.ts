import { SendTaskFailureCommand, SendTaskHeartbeatCommand, type SFNClient, TaskTimedOut } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type StartWorker, supervise } from '../../functions/container/supervise.ts';
import { type TaskReports, taskReports } from '../../functions/container/task-reports.ts';

const timedOut = new TaskTimedOut({ message: 'Task Timed Out', $metadata: {} });

function reportsTo(send: (command: unknown) => Promise<unknown>) {
  const client = { send: vi.fn(send) };
  const logger = { warn: vi.fn() };
  return { client, logger, reports: taskReports('token', logger, client as unknown as SFNClient) };
}

describe('taskReports', () => {
  it('cuts an error to what Step Functions takes', async () => {
    const { client, reports } = reportsTo(async () => ({}));
    expect(await reports.failure('E'.repeat(300), 'c'.repeat(40_000))).toBe('failed');
    const [command] = client.send.mock.calls[0] as [SendTaskFailureCommand];
    expect(command).toBeInstanceOf(SendTaskFailureCommand);
    expect(command.input).toEqual({ taskToken: 'token', error: 'E'.repeat(256), cause: 'c'.repeat(32 * 1024) });
  });

  it('knows that nobody waits any more, whatever it reports', async () => {
    const { reports } = reportsTo(() => Promise.reject(timedOut));
    expect(await reports.heartbeat()).toBe(false);
    expect(await reports.success({})).toBe('abandoned');
    expect(await reports.failure('E', 'c')).toBe('abandoned');
  });

  it('goes on after a heartbeat that did not get through, but not after a result that did not', async () => {
    const { logger, reports } = reportsTo(() => Promise.reject(new Error('no network')));
    expect(await reports.heartbeat()).toBe(true);
    expect(logger.warn).toHaveBeenCalledOnce();
    await expect(reports.success({})).rejects.toThrow('no network');
  });
});

describe('supervise', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** A task of a made-up worker, with a heartbeat a second; `beats` says how many of them somebody waited for. */
  function superviseWith(startWorker: StartWorker, beats = Number.POSITIVE_INFINITY) {
    const reported: string[] = [];
    let heartbeats = 0;
    const reports: TaskReports = {
      heartbeat: async () => ++heartbeats <= beats,
      success: async (result) => {
        reported.push(JSON.stringify(result));
        return 'succeeded';
      },
      failure: async (error) => {
        reported.push(error);
        return 'failed';
      },
    };
    const task = { state: 'MergeRows', reports, startWorker, heartbeatSeconds: 1, onStop: () => {} };
    return { ended: supervise(task), reported, heartbeats: () => heartbeats };
  }

  it('reports the first thing that happens, once: an answer, and not the end of the process after it', async () => {
    const kill = vi.fn();
    const { ended, reported } = superviseWith((onAnswer, onEnd) => {
      onAnswer({ result: { rows: 1 } });
      onEnd('exit code 1');
      return { kill };
    });
    expect(await ended).toBe('succeeded');
    expect(reported).toEqual(['{"rows":1}']);
    expect(kill).toHaveBeenCalled();
  });

  it('beats until the end, and no longer', async () => {
    const { ended, heartbeats } = superviseWith((onAnswer) => {
      setTimeout(() => onAnswer({ error: { name: 'SomeError', message: 'why' } }), 2500);
      return { kill: () => {} };
    });
    const counted = [heartbeats()];
    for (let second = 1; second <= 2; second++) {
      await vi.advanceTimersByTimeAsync(1000);
      counted.push(heartbeats());
    }
    expect(counted).toEqual([1, 2, 3]);
    await vi.advanceTimersByTimeAsync(500);
    expect(await ended).toBe('failed');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(heartbeats()).toBe(3);
  });

  it('gives the work up where a later heartbeat finds that nobody waits', async () => {
    const kill = vi.fn();
    const { ended, reported, heartbeats } = superviseWith(() => ({ kill }), 3);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(heartbeats()).toBe(4);
    expect(await ended).toBe('abandoned');
    expect(reported).toEqual([]);
    expect(kill).toHaveBeenCalledOnce();
  });
});

it('heartbeats name the task', async () => {
  const { client, reports } = reportsTo(async () => ({}));
  expect(await reports.heartbeat()).toBe(true);
  const [command] = client.send.mock.calls[0] as [SendTaskHeartbeatCommand];
  expect(command).toBeInstanceOf(SendTaskHeartbeatCommand);
  expect(command.input).toEqual({ taskToken: 'token' });
});
