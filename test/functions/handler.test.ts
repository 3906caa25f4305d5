import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { InvalidPayloadError, StoreUnavailableError } from '../../contracts/errors.ts';
import { STATES } from '../../contracts/states.ts';
import { createHandler } from '../../functions/handler.ts';
import type { Step } from '../../functions/step.ts';
import type { DatasetStore } from '../../storage/dataset-store.ts';

const store = {} as DatasetStore;
const context = { functionName: 'merge-rows', awsRequestId: 'request-1', memoryLimitInMB: '128' } as Context;

function mergeRows(run: Step<{ rows: number }, { merged: number }>['run']): Step<{ rows: number }, { merged: number }> {
  return { state: STATES.mergeRows, payload: z.object({ rows: z.number() }), run };
}

/** What the handler logs. Powertools writes to a console of its own, and counts nothing in tests, but for these variables. */
let logs: Record<string, unknown>[];

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  logs = [];
  for (const level of ['error', 'log'] as const) {
    vi.spyOn(console, level).mockImplementation((line: string) => void logs.push(JSON.parse(line)));
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('createHandler', () => {
  it('gives the step its checked payload and the store, and answers with the result and how long it took', async () => {
    const run = vi.fn(async ({ rows }: { rows: number }) => ({ merged: rows + 1 }));
    const handler = createHandler(mergeRows(run), store);
    expect(await handler({ rows: 2, more: 'stripped' }, context)).toEqual({
      merged: 3,
      durationMs: expect.any(Number),
    });
    expect(run).toHaveBeenCalledExactlyOnceWith({ rows: 2 }, { store });
  });

  it('passes errors on as they are, so that the state machine knows them by name', async () => {
    const failure = new StoreUnavailableError('slow down');
    const handler = createHandler(
      mergeRows(async () => {
        throw failure;
      }),
      store,
    );
    await expect(handler({ rows: 2 }, context)).rejects.toBe(failure);
  });

  it('refuses a payload that is not the step’s', async () => {
    const handler = createHandler(
      mergeRows(async () => ({ merged: 0 })),
      store,
    );
    const refusal = handler({ rows: 'two' }, context);
    await expect(refusal).rejects.toBeInstanceOf(InvalidPayloadError);
    await expect(refusal).rejects.toThrowErrorMatchingInlineSnapshot(
      `[InvalidPayloadError: MergeRows got a payload that is not its own: rows: Invalid input: expected number, received string]`,
    );
  });

  it('logs an error with its name, its step and the request', async () => {
    const handler = createHandler(
      mergeRows(async () => {
        throw new StoreUnavailableError('slow down');
      }),
      store,
    );
    await expect(handler({ rows: 2 }, context)).rejects.toThrow();
    expect(logs.find(({ level }) => level === 'ERROR')).toMatchObject({
      service: 'counterpoise',
      state: 'MergeRows',
      function_request_id: 'request-1',
      error: { name: 'StoreUnavailableError', message: 'slow down' },
    });
  });

  it('measures how long the step took', async () => {
    await createHandler(
      mergeRows(async () => ({ merged: 0 })),
      store,
    )({ rows: 2 }, context);
    expect(logs.find((line) => '_aws' in line)).toMatchObject({
      StepDuration: expect.any(Number),
      service: 'counterpoise',
      state: 'MergeRows',
    });
  });

  it('counts what the step’s result says of the run, under the service that the stack names', async () => {
    vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'their-rebalancer');
    const step = {
      state: STATES.selectRows,
      payload: z.object({}),
      run: async () => ({ rows: 's3://…', generated: 80, newFeatureRows: 20 }),
    };
    await createHandler(step, store)({}, context);
    const emitted = logs.find((line) => 'NewFeatureRows' in line) as { _aws: { CloudWatchMetrics: object[] } };
    expect(emitted).toMatchObject({ NewFeatureRows: 20, service: 'their-rebalancer', state: 'SelectRows' });
    expect(emitted._aws.CloudWatchMetrics).toEqual([
      expect.objectContaining({
        Namespace: 'Counterpoise',
        Dimensions: [expect.arrayContaining(['service', 'state'])],
        Metrics: expect.arrayContaining([{ Name: 'NewFeatureRows', Unit: 'Count' }]),
      }),
    ]);
  });

  it('takes no callback, which Lambda refuses on Node 24', () => {
    const handler = createHandler(
      mergeRows(async () => ({ merged: 0 })),
      store,
    );
    expect(handler.length).toBeLessThan(3);
  });
});
