import { describe, expect, it } from 'vitest';
import { decide, decidedLabel } from '../../../core/model/decisions.ts';
import type { ScoredRows } from '../../../core/model/score-rows.ts';

const scored = {
  predictions: Uint8Array.of(1, 0, 1, 0),
  inDomain: Uint8Array.of(1, 1, 0, 0),
} as unknown as ScoredRows;
const model = { target: { column: 'outcome', minority: 'fraud', majority: 'fine' } };

describe('decide', () => {
  it.each([
    ['flag', ['fraud', 'fine', 'fraud', 'fine']],
    ['abstain', ['fraud', 'fine', null, null]],
    ['default', ['fraud', 'fine', 'fine', 'fine']],
  ] as const)('%s: rows outside of the domain', (outside, labels) => {
    const decisions = decide(scored, outside);
    expect(Array.from(decisions, (decision) => decidedLabel(model, decision))).toEqual(labels);
  });
});
