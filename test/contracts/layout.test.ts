import { describe, expect, it } from 'vitest';
import {
  balancedUri,
  batchSeenUri,
  batchSummaryUri,
  failureUri,
  isSettingsFile,
  stepUri,
} from '../../contracts/layout.ts';
import { STATES } from '../../contracts/states.ts';

describe('the key layout', () => {
  it('gives every step of a run a folder of its own', () => {
    expect(stepUri('s3://bucket/balanced/adult/', 'run-1', STATES.prepareDataset, 'train.table')).toBe(
      's3://bucket/balanced/adult/runs/run-1/prepare-dataset/train.table',
    );
    expect(failureUri('file:///out', 'run-1')).toBe('file:///out/runs/run-1/record-failure/manifest.json');
  });

  it.each([
    ['s3://bucket/incoming/eu/adult.csv', 's3://bucket/balanced/eu/adult'],
    ['s3://bucket/adult.csv.gz', 's3://bucket/balanced/adult'],
    ['s3://bucket/a b/x+y ü.parquet', 's3://bucket/balanced/a b/x+y ü'],
    ['file:///home/a%20b/adult.data', 'file:///home/a%20b/balanced/adult'],
    ['file:///adult', 'file:///balanced/adult'],
  ])('puts the results of %s into %s', (dataset, output) => {
    expect(balancedUri(dataset)).toBe(output);
  });

  it('keeps what batches did beside the outputs', () => {
    expect(batchSummaryUri('bucket', 'batch-1')).toBe('s3://bucket/balanced/batches/batch-1/summary.json');
    expect(batchSeenUri('bucket')).toBe('s3://bucket/balanced/batches/seen.json');
  });

  it.each([
    ['incoming/adult.csv.rebalance.json', true],
    ['incoming/eu/rebalance.json', true],
    ['rebalance.json', true],
    ['incoming/my-rebalance.json', false],
    ['incoming/rebalance.json/adult.csv', false],
    ['incoming/rebalance.json.csv', false],
  ])('knows whether %s holds settings', (key, expected) => {
    expect(isSettingsFile(key)).toBe(expected);
  });
});
