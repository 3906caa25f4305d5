import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resolveStart } from '../../contracts/start-event.ts';

const sample = (name: string) => JSON.parse(readFileSync(new URL(`../../events/${name}`, import.meta.url), 'utf8'));

describe('what starts a run', () => {
  it('an orchestrator sends a request', () => {
    const request = resolveStart(sample('start-execution.json'));
    expect(request).toMatchObject(sample('start-execution.json'));
    expect(request.split.minorityFraction).toBe(1);
  });

  it('a schedule sends a request; its results go beside the incoming prefix', () => {
    const request = resolveStart(sample('schedule.json'));
    expect(request.output).toEqual({ uri: 's3://example-data/balanced/nightly/churn', format: 'csv' });
    expect(request.seed).toBe(20261101);
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
    expect(resolveStart(sample('schedule.json'), { sampling: { ratio: 9 } }).sampling.ratio).toBe(2);
  });
});
