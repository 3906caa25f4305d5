import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseBatchRequest } from '../../contracts/batch.ts';
import { InvalidRequestError, InvalidSettingsError } from '../../contracts/errors.ts';
import { resolveStart } from '../../contracts/start-event.ts';

const sample = (name: string) => JSON.parse(readFileSync(new URL(`../../events/${name}`, import.meta.url), 'utf8'));

describe('what starts a run', () => {
  it('an orchestrator sends a request', () => {
    const request = resolveStart(sample('start-execution.json'));
    expect(request).toMatchObject(sample('start-execution.json'));
    expect(request.split.minorityFraction).toBe(1);
  });

  it('a schedule sends what a batch is to do, which is no request', () => {
    expect(parseBatchRequest(sample('schedule.json'))).toEqual({ prefix: 'incoming/nightly/', select: 'changed' });
    expect(() => resolveStart(sample('schedule.json'))).toThrow(InvalidRequestError);
  });

  it('results of a request that does not say go beside the incoming prefix', () => {
    const { output } = resolveStart({ dataset: { uri: 's3://example-data/incoming/nightly/churn.parquet' } });
    expect(output).toEqual({ uri: 's3://example-data/balanced/nightly/churn', format: 'csv' });
  });

  it('another state machine may say who it is, as Step Functions asks it to', () => {
    const child = { ...sample('start-execution.json'), AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: 'arn:parent' };
    expect(resolveStart(child)).toEqual(resolveStart(sample('start-execution.json')));
  });

  it('settings that cannot be used stand for a run that fails and names them', () => {
    const start = {
      refused: { settings: 's3://b/incoming/rebalance.json', fault: 'no JSON' },
      dataset: { uri: 's3://b/incoming/x.csv' },
      output: { uri: 's3://b/balanced/x' },
    };
    expect(() => resolveStart(start)).toThrow(InvalidSettingsError);
    expect(() => resolveStart(start)).toThrow('The settings in s3://b/incoming/rebalance.json cannot be used: no JSON');
  });

  it('an upload is a request for the uploaded version, with the defaults of where it arrived', () => {
    const request = resolveStart(sample('s3-object-created.json'), { seed: 7, target: { column: 'outcome' } });
    expect(request.dataset).toEqual({
      uri: 's3://example-data/incoming/eu west/transactions+2026.csv',
      versionId: 'IYV3p45BT0ac8hjHg1houSdS1a.Mro8e',
      ignore: [],
    });
    expect(request.output.uri).toBe('s3://example-data/balanced/eu west/transactions+2026');
    expect([request.seed, request.target.column]).toEqual([7, 'outcome']);
  });

  it('defaults do not leak into a request of its own', () => {
    const request = { ...sample('start-execution.json'), sampling: { ratio: 2 } };
    expect(resolveStart(request, { sampling: { ratio: 9 } }).sampling.ratio).toBe(2);
  });
});
