import { describe, expect, it } from 'vitest';
import { chooseThreshold } from '../../../core/evaluation/thresholds.ts';
import { heldOutRows, trainingRows } from '../../../core/protocol/fold-assignment.ts';
import { innerSplits } from '../../../core/protocol/inner-splits.ts';
import { createRng } from '../../../core/random/rng.ts';
import { evaluateFold, evaluateStrategies, type FoldOutcome } from '../../../core/strategies/evaluate-fold.ts';
import { labelsAt, scoreHeldOut, takeSides } from '../../../core/strategies/fold-sides.ts';
import type { EvaluationSettings } from '../../../core/strategies/settings.ts';
import { type Strategy, type StrategyType, strategyId } from '../../../core/strategies/strategy.ts';
import { joinScores } from '../../../core/strategies/validation-scores.ts';
import { dealFolds, drawRows, EVERY_STRATEGY, SETTINGS } from './sample.ts';

const observed = drawRows(420);
const assignment = dealFolds(observed, { repeats: 2 });
const at = { repeat: 1, fold: 2 };
const evaluate = (strategy: Strategy, settings: EvaluationSettings = SETTINGS) =>
  evaluateFold(strategy, observed, assignment, at, settings, 0);
const together = new Map(
  evaluateStrategies(EVERY_STRATEGY, observed, assignment, at, SETTINGS, 0).map((outcome, s) => [
    strategyId(EVERY_STRATEGY[s]),
    outcome,
  ]),
);
const outcomeOf = (id: string): FoldOutcome => together.get(id)!;
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('evaluateFold', () => {
  it.each(EVERY_STRATEGY)('gives $type at $ratio the same, alone as among others', (strategy) => {
    expect(evaluate(strategy)).toEqual(outcomeOf(strategyId(strategy)));
  });

  it('judges the held-out rows, which are as they were observed', () => {
    const rows = heldOutRows(assignment, at.repeat, at.fold);
    for (const outcome of together.values()) {
      expect(outcome.rows).toEqual(rows);
      expect(outcome.labels).toEqual(labelsAt(observed.labels, rows));
      for (const list of [outcome.scores, outcome.predictions, ...Object.values(outcome.probabilities)]) {
        expect(list).toHaveLength(rows.length);
      }
      for (const probabilities of Object.values(outcome.probabilities)) {
        expect(probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);
      }
    }
  });

  it('counts what was trained on', () => {
    const minority = 60 * (2 / 3);
    expect(outcomeOf('none').trainedOn).toEqual({ majority: 360 * (2 / 3), minority, synthetic: 0 });
    expect(outcomeOf('under-sampling@2').trainedOn).toEqual({ majority: 2 * minority, minority, synthetic: 0 });
    expect(outcomeOf('over-sampling@1').trainedOn).toEqual({ majority: 240, minority: 240, synthetic: 0 });
    const { synthetic, ...trainedOn } = outcomeOf('algorithm-1@1').trainedOn;
    expect(synthetic).toBeGreaterThan(0);
    expect(trainedOn).toEqual({ majority: minority + synthetic, minority: minority + synthetic });
  });

  it('generates the share of the rows asked for that the training rows are of all', () => {
    const all = { ...SETTINGS, discriminator: { balance: 'none', select: 'all' } } as const;
    const asked = { ...all, generator: { ...all.generator, rows: 90 } };
    const strategy = { type: 'algorithm-1', ratio: 1 } as const;
    expect(evaluate(strategy, asked).trainedOn.synthetic).toBe(90 * (2 / 3));
    expect(evaluate(strategy, all).trainedOn.synthetic).toBe(60 * (2 / 3));
  });

  it('moves the threshold of a strategy of its own, by what held-out rows of the training side say', () => {
    const { threshold, scores, predictions, ...moved } = outcomeOf('threshold');
    const none = outcomeOf('none');
    expect(scores).toEqual(none.scores);
    expect(moved.probabilities).toEqual(none.probabilities);
    expect(predictions).toEqual(Uint8Array.from(scores, (score) => Number(score >= threshold!)));

    const training = trainingRows(assignment, at.repeat, at.fold);
    const splits = innerSplits(observed.labels, training, assignment, createRng(0, 'EvaluateFold/1/2/inner'));
    const validation = splits.map(({ train, heldOut }, i) => {
      const sides = takeSides(observed, train, heldOut, SETTINGS, 0, `EvaluateFold/1/2/inner-${i}`);
      const [held] = scoreHeldOut([{ type: 'none', ratio: null }], sides);
      return { labels: labelsAt(observed.labels, heldOut), scores: held };
    });
    const { labels, scores: inner } = joinScores(validation);
    expect(threshold).toBe(chooseThreshold({ rule: 'max-metric', metric: 'mcc' }, labels, inner, { beta: 2 }));
    for (const [id, outcome] of together) if (id !== 'threshold') expect(outcome.threshold).toBeNull();
  });

  it('leaves the threshold where it is if none fulfils the rule', () => {
    const impossible = { ...SETTINGS, threshold: { rule: 'precision-at-least', value: 0.9999 } } as const;
    const outcome = evaluate({ type: 'threshold', ratio: null }, impossible);
    expect(outcome.threshold).toBeNull();
    expect(outcome.predictions).toEqual(outcomeOf('none').predictions);
  });

  it('corrects probabilities for the base rate that a strategy trained on', () => {
    const shares = { majority: 360 / 420, minority: 60 / 420 };
    const odds = shares.minority / shares.majority;
    const corrected = (p: number, trainedOdds: number) =>
      (p * (odds / trainedOdds)) / (p * (odds / trainedOdds) + 1 - p);
    const trainedOdds: [string, number][] = [
      ['none', odds],
      ['class-weights', 1],
      ['sqrt-class-weights', Math.sqrt(odds)],
      ['cost-weights', 5 * odds],
      ['under-sampling@2', 1 / 2],
      ['over-sampling@1', 1],
      ['algorithm-1@1', 1],
    ];
    for (const [id, trained] of trainedOdds) {
      const { none: uncalibrated, 'prior-corrected': priorCorrected } = outcomeOf(id).probabilities;
      uncalibrated.forEach((p, row) => {
        expect(priorCorrected[row]).toBeCloseTo(corrected(p, trained), 5);
      });
    }
  });

  it('calibrates to the base rate of the observed rows, whatever was trained on', () => {
    for (const id of ['under-sampling@1', 'over-sampling@1', 'algorithm-1@1', 'class-weights']) {
      const { none: uncalibrated, platt, isotonic } = outcomeOf(id).probabilities;
      expect(mean(uncalibrated)).toBeGreaterThan(0.25);
      expect(Math.abs(mean(platt) - 1 / 7)).toBeLessThan(0.05);
      expect(Math.abs(mean(isotonic) - 1 / 7)).toBeLessThan(0.05);
    }
  });

  it('falls back to the prior correction where nothing can be held out to calibrate on', () => {
    const two = drawRows(14);
    const folds = dealFolds(two, { folds: 2 });
    const outcome = evaluateFold(
      { type: 'class-weights', ratio: null },
      two,
      folds,
      { repeat: 0, fold: 0 },
      SETTINGS,
      0,
    );
    expect(outcome.probabilities.platt).toEqual(outcome.probabilities['prior-corrected']);
    expect(outcome.probabilities.isotonic).toEqual(outcome.probabilities['prior-corrected']);
    const moved = evaluateFold({ type: 'threshold', ratio: null }, two, folds, { repeat: 0, fold: 0 }, SETTINGS, 0);
    expect(moved.threshold).toBeNull();
  });

  it('takes learners whose scores are margins', () => {
    const svm = { ...SETTINGS, learner: { type: 'svm' } } as const;
    for (const type of ['none', 'threshold'] satisfies StrategyType[]) {
      const { probabilities, scores } = evaluate({ type, ratio: null }, svm);
      probabilities.none.forEach((p, row) => {
        expect(p).toBeCloseTo(1 / (1 + Math.exp(-scores[row])), 12);
      });
    }
  });

  it.each([
    ['grouped', { groups: Int32Array.from({ length: 420 }, (_, row) => row % 30) }],
    ['time-ordered', { time: Float64Array.from({ length: 420 }, (_, row) => (row * 11) % 420) }],
  ])('works on %s folds', (kind, order) => {
    const folds = dealFolds(observed, order);
    expect(folds.kind).toBe(kind);
    for (let fold = 0; fold < 3; fold++) {
      const [none, , , , moved] = evaluateStrategies(
        EVERY_STRATEGY.slice(0, 5),
        observed,
        folds,
        { repeat: 0, fold },
        SETTINGS,
        0,
      );
      expect(none.rows).toEqual(heldOutRows(folds, 0, fold));
      expect(moved.threshold).not.toBeNull();
    }
  });
});
