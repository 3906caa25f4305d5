import { describe, expect, it } from 'vitest';
import { defaultThreshold } from '../../../core/learners/default-threshold.ts';
import { predictAbove } from '../../../core/learners/predict-above.ts';

describe('defaultThreshold', () => {
  it.each([
    ['probability', 0.5],
    ['margin', 0],
  ] as const)('of a %s calls minority what the learner does, to the last bit', (scale, limit) => {
    const threshold = defaultThreshold(scale);
    const scores = Float64Array.from([limit - 1e-9, limit, threshold, limit + 1e-9]);
    const called = Uint8Array.from(scores, (score) => (score >= threshold ? 1 : 0));
    expect(called).toEqual(predictAbove(limit, scores));
    expect([...called]).toEqual([0, 0, 1, 1]);
  });
});
