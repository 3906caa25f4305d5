import { afterEach, describe, expect, it, vi } from 'vitest';
import { STATES, type StateName } from '../../contracts/states.ts';
import { metricsOf } from '../../functions/run-metrics.ts';

const NOON = Date.parse('2026-11-01T12:00:00Z');

function values(state: StateName, result: object, payload: unknown = {}) {
  const metrics = metricsOf(state, payload, { ...result, durationMs: 2500 }, NOON);
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('metricsOf', () => {
  it('counts the rows of the table, and the minority’s share of the training rows', () => {
    const counts = { read: { majority: 900, minority: 100 }, train: { majority: 720, minority: 80 } };
    expect(values(STATES.prepareDataset, { counts })).toEqual({ RowsIn: 1000, MinorityShareBefore: 80 / (720 + 80) });
  });

  it('counts new-feature rows, and the share after, of what is published', () => {
    expect(values(STATES.selectRows, { generated: 80, newFeatureRows: 20 })).toEqual({ NewFeatureRows: 20 });
    const counts = { majority: 100, minority: 50 };
    expect(values(STATES.undersampleMajority, { counts })).toEqual({});
    expect(values(STATES.fitModel, { counts })).toEqual({ MinorityShareAfter: 50 / (100 + 50) });
  });

  it('takes recall before from recall after, and says nothing where one is not defined', () => {
    const evaluation = (before: number | null) => ({
      observed: { recall: before },
      rebalanced: { recall: 0.875 },
      published: { recall: 0.75 },
    });
    expect(values(STATES.evaluateResult, evaluation(0.5))).toEqual({ RecallLift: 0.75 - 0.5 });
    expect(values(STATES.evaluateResult, evaluation(null))).toEqual({});
  });

  it('measures the run from its start to its last state', () => {
    const payload = { execution: { startedAt: '2026-11-01T11:58:30.000Z' } };
    expect(values(STATES.publishDataset, {}, payload)).toEqual({ RunDuration: 90_000 });
  });

  it('has nothing to say of the others', () => {
    expect(values(STATES.resolveRequest, { request: {} })).toEqual({});
  });

  it('multiplies the memory of the function by the duration of the step, in every state', () => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_MEMORY_SIZE', '3008');
    const counts = { read: { majority: 900, minority: 100 }, train: { majority: 720, minority: 80 } };
    expect(values(STATES.prepareDataset, { counts })).toMatchObject({
      RowsIn: 1000,
      GigabyteSeconds: (3008 / 1024) * 2.5,
    });
    vi.stubEnv('AWS_LAMBDA_FUNCTION_MEMORY_SIZE', '512');
    expect(values(STATES.recordFailure, {})).toEqual({ GigabyteSeconds: 0.5 * 2.5 });
  });
});
