import { describe, expect, it } from 'vitest';
import { resolveStart } from '../../../contracts/start-event.ts';
import { localExecutionId } from '../../../local/rebalance/execution-id.ts';

const START = { dataset: { uri: 'file:///home/a/cards.csv' }, output: { uri: 'file:///home/a/out' } };
const id = (start: object) => localExecutionId(resolveStart({ ...START, ...start }));

describe('localExecutionId', () => {
  it('is the same for the same request, wherever the files lie and however it was written', () => {
    expect(id({})).toMatch(/^local-[0-9a-f]{12}$/);
    expect(id({ seed: 0 })).toBe(id({}));
    expect(id({ dataset: { uri: 'file:///b/cards.csv' }, output: { uri: 'file:///b/out' } })).toBe(id({}));
    const learner = { minSamplesLeaf: 5, type: 'decision-tree', maxDepth: 3 };
    const sameLearner = { type: 'decision-tree', maxDepth: 3, minSamplesLeaf: 5 };
    expect(id({ learner })).toBe(id({ learner: sameLearner }));
  });

  it('is another for another request', () => {
    const others = [
      { seed: 1 },
      { dataset: { uri: 'file:///home/a/other.csv' } },
      { dataset: { uri: 's3://bucket/cards.csv' } },
      { output: { uri: 'file:///home/a/out', format: 'parquet' } },
    ];
    expect(new Set([{}, ...others].map(id)).size).toBe(1 + others.length);
  });
});
