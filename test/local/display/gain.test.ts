import { describe, expect, it } from 'vitest';
import type { SucceededManifest } from '../../../contracts/manifest.ts';
import type { Scores } from '../../../contracts/workflow.ts';
import { describeGain } from '../../../local/display/gain.ts';
import { fakeManifest, scores } from '../fakes/fake-manifest.ts';

function gain(undersampled: Scores, rebalanced: Scores, minority = 'fraud'): string {
  const { metrics, request } = fakeManifest();
  const changed: Pick<SucceededManifest, 'metrics' | 'request'> = {
    metrics: { ...metrics, undersampled, rebalanced },
    request: { ...request, target: { column: 'outcome', minority } },
  };
  return describeGain(changed);
}

describe('describeGain', () => {
  it('says what was gained and what it cost', () => {
    expect(gain(scores(60, 400), scores(74, 1520, { recallAtUndersampledFpr: 0.754 }))).toBe(
      'Against under-sampling alone: 14 more of 80 "fraud" rows found, 1,120 more false alarms; ' +
        'at the same false-positive rate recall changes by +0.4 points.',
    );
  });

  it('says so where there is a loss', () => {
    expect(gain(scores(60, 400), scores(55, 300, { recallAtUndersampledFpr: 0.7 }))).toBe(
      'Against under-sampling alone: 5 fewer of 80 "fraud" rows found, 100 fewer false alarms; ' +
        'at the same false-positive rate recall changes by -5.0 points.',
    );
  });

  it('says so where nothing changes, and nothing of what is not defined', () => {
    expect(gain(scores(60, 400), scores(60, 400))).toBe(
      'Against under-sampling alone: as many of 80 "fraud" rows found, as many false alarms; ' +
        'at the same false-positive rate recall does not change.',
    );
    expect(gain(scores(60, 400), scores(61, 400, { recallAtUndersampledFpr: null }))).toBe(
      'Against under-sampling alone: 1 more of 80 "fraud" rows found, as many false alarms.',
    );
  });

  it('prints labels safely and not at any length', () => {
    expect(gain(scores(60, 400), scores(61, 401), `\u001b[31m${'x'.repeat(99)}`)).toContain(`"[31m${'x'.repeat(15)}…"`);
  });
});
