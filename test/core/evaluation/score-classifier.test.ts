import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recallAtFalsePositiveRate } from '../../../core/evaluation/recall-at-false-positive-rate.ts';
import { type ClassifierScores, scoreClassifier } from '../../../core/evaluation/score-classifier.ts';

/** Made by golden/scores.py. */
interface GoldenCase {
  readonly name: string;
  readonly labels: number[];
  readonly scores: number[];
  readonly predictions: number[];
  readonly expected: ClassifierScores;
  readonly recallAt: readonly { readonly rate: number; readonly recall: number | null }[];
}

const golden = readFileSync(new URL('golden/scores.json', import.meta.url), 'utf8');
const cases: readonly GoldenCase[] = JSON.parse(golden);

describe('scores against scikit-learn', () => {
  it('has cases to compare', () => expect(cases.length).toBe(12));

  for (const { name, labels, scores, predictions, expected, recallAt } of cases) {
    const rows = Uint8Array.from(labels);
    const scored = Float64Array.from(scores);

    it(`${name}: counts, recall, precision, F1, MCC, false-positive rate, PR-AUC`, () => {
      const found = scoreClassifier({ labels: rows, predictions: Uint8Array.from(predictions), scores: scored });
      expect(Object.keys(found)).toEqual(Object.keys(expected));
      for (const key of Object.keys(expected) as (keyof ClassifierScores)[])
        expectClose(found[key], expected[key], key);
    });

    it(`${name}: recall at false-positive rates`, () => {
      for (const { rate, recall } of recallAt) {
        expectClose(recallAtFalsePositiveRate(rows, scored, rate), recall, `at ${rate}`);
      }
    });
  }
});

function expectClose(found: number | null, expected: number | null, what: string): void {
  if (found === null || expected === null) expect(found, what).toBe(expected);
  else expect(found, what).toBeCloseTo(expected, 12);
}

describe('scoreClassifier', () => {
  const labels = Uint8Array.of(0, 1, 0);
  const scores = Float64Array.of(0.1, 0.9, 0.2);

  it('is a plain object that JSON keeps whole', () => {
    const found = scoreClassifier({ labels, predictions: labels, scores });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    expect(found).toMatchObject({ recall: 1, precision: 1, f1: 1, mcc: 1, falsePositiveRate: 0, prAuc: 1 });
  });

  it('defines nothing on no rows at all', () => {
    const nothing = new Uint8Array();
    expect(scoreClassifier({ labels: nothing, predictions: nothing, scores: new Float64Array() })).toEqual({
      truePositives: 0,
      falsePositives: 0,
      trueNegatives: 0,
      falseNegatives: 0,
      recall: null,
      precision: null,
      f1: null,
      mcc: null,
      falsePositiveRate: null,
      prAuc: null,
    });
  });

  it('names what does not fit', () => {
    expect(() => scoreClassifier({ labels, predictions: Uint8Array.of(0), scores })).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: predictions: found 1, needed 3, one per label]`,
    );
    expect(() =>
      scoreClassifier({ labels, predictions: labels, scores: Float64Array.of(1) }),
    ).toThrowErrorMatchingInlineSnapshot(`[InvalidArgumentError: scores: found 1, needed 3, one per label]`);
    expect(() =>
      scoreClassifier({ labels: Uint8Array.of(0, 1, 3), predictions: labels, scores }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: labels: found 3 at row 2, needed 0 (majority) or 1 (minority)]`,
    );
    expect(() =>
      scoreClassifier({ labels, predictions: Uint8Array.of(0, 2, 0), scores }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[InvalidArgumentError: predictions: found 2 at row 1, needed 0 (majority) or 1 (minority)]`,
    );
    const withNaN = Float64Array.of(0, Number.NaN, 1);
    expect(() => scoreClassifier({ labels, predictions: labels, scores: withNaN })).toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteValueError: scores: found NaN at row 1, needed finite numbers]`,
    );
  });
});
