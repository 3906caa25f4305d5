import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outgoingEventSchema } from '../../contracts/outgoing-events.ts';

const sample = (name: string) => JSON.parse(readFileSync(new URL(`../../events/${name}`, import.meta.url), 'utf8'));

describe('what is announced', () => {
  it.each(['dataset-rebalanced.json', 'rebalance-failed.json'])('%s is of its schema, to the last key', (name) => {
    const { version: _, id, account, time, region, ...event } = sample(name);
    expect(outgoingEventSchema.parse(event)).toEqual(event);
    for (const field of [id, account, time, region]) expect(field).toEqual(expect.any(String));
  });

  it('is small: an event of EventBridge ends at 256 KB', () => {
    expect(JSON.stringify(sample('dataset-rebalanced.json')).length).toBeLessThan(8 * 1024);
  });

  it('is counted as it says: the scores of each learner are of the same test rows', () => {
    const { counts, metrics } = sample('dataset-rebalanced.json').detail;
    for (const scores of Object.values<Record<string, number>>(metrics)) {
      expect(scores.truePositives + scores.falseNegatives).toBe(counts.test.minority);
      expect(scores.falsePositives + scores.trueNegatives).toBe(counts.test.majority);
    }
  });
});
