import { describe, expect, it } from 'vitest';
import { judgeLabels } from '../../functions/score-rows/judge-labels.ts';

/** What is found of rows with these labels, all called majority, by a model of these two. */
function judged(labels: readonly (string | null)[], minority: string, majority: string) {
  const levels = [...new Set(labels.filter((label) => label !== null))].sort();
  const codes = Int32Array.from(labels, (label) => (label === null ? -1 : levels.indexOf(label)));
  const scores = new Float64Array(labels.length).fill(0.2);
  return judgeLabels(
    { kind: 'categorical', name: 'y', levels, codes },
    { target: { column: 'y', minority, majority } },
    { scores, probabilities: scores },
    new Int8Array(labels.length),
  );
}

describe('judgeLabels', () => {
  it.each([
    ['True', 'False'],
    ['true', 'false'],
  ])('knows booleans by their meaning, however they are spelled: %s', (minority, majority) => {
    expect(judged(['TRUE', 'False', 'false', null, 'maybe'], minority, majority)).toMatchObject({
      rows: 3,
      unlabelled: 2,
      otherLabels: ['maybe'],
      counts: { truePositives: 0, falsePositives: 0, trueNegatives: 2, falseNegatives: 1 },
    });
  });

  it('knows other labels by their spelling', () => {
    expect(judged(['yes', 'Yes', 'no', 'TRUE'], 'yes', 'no')).toMatchObject({
      rows: 2,
      unlabelled: 2,
      otherLabels: ['TRUE', 'Yes'],
    });
    expect(judged(['true', 'TRUE', 'no'], 'true', 'no')).toMatchObject({ rows: 2, otherLabels: ['TRUE'] });
  });

  it('has nothing to say of rows without a label', () => {
    expect(judged([null, null], 'true', 'false')).toBeNull();
  });
});
