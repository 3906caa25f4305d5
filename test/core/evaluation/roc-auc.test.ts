import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rocAuc } from '../../../core/evaluation/roc-auc.ts';

describe('rocAuc', () => {
  it('is the share of pairs in the right order, equal scores counting half', () => {
    const row = fc.record({ label: fc.integer({ min: 0, max: 1 }), score: fc.integer({ min: -3, max: 3 }) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
        const others = [{ label: 0, score: 0 }, ...rows, { label: 1, score: 1 }];
        const of = (label: number) => others.filter((other) => other.label === label).map(({ score }) => score);
        let pairs = 0;
        for (const high of of(1)) for (const low of of(0)) pairs += (Math.sign(high - low) + 1) / 2;
        const labels = Uint8Array.from(others, ({ label }) => label);
        const scores = Float64Array.from(others, ({ score }) => score);
        expect(rocAuc(labels, scores)).toBeCloseTo(pairs / (of(1).length * of(0).length), 12);
      }),
    );
  });

  it('is undefined where labels are all of one class', () => {
    expect(rocAuc(Uint8Array.of(1, 1), Float64Array.of(1, 2))).toBeNull();
    expect(rocAuc(Uint8Array.of(0, 0), Float64Array.of(1, 2))).toBeNull();
  });
});
