import { CALIBRATIONS, type Calibration } from '../evaluation/calibration/calibrations.ts';
import { brierScore } from '../evaluation/probability-scores.ts';
import { chooseThreshold, type ThresholdRule } from '../evaluation/thresholds.ts';
import { scoreScale } from '../learners/registry.ts';
import { type BaseRates, type Calibrators, fitCalibrators, type ValidationScores } from './calibrators.ts';
import type { FoldOutcome } from './evaluate-fold.ts';
import type { EvaluationSettings } from './settings.ts';
import type { Strategy } from './strategy.ts';
import { thresholdRule } from './threshold-rule.ts';
import { joinScores } from './validation-scores.ts';

/** What turns a model's scores into probabilities and calls. */
export interface ModelDecisions {
  readonly calibrators: Calibrators;
  /** the one of them to use */
  readonly calibration: Calibration;
  /** a row that scores at least this is called minority; null where the learner's own `predict` decides */
  readonly threshold: number | null;
  /** what other rules would have chosen; null where no threshold fulfils the rule */
  readonly thresholds: readonly { readonly rule: string; readonly label: string; readonly threshold: number | null }[];
}

const NO_SCORES: ValidationScores = { labels: new Uint8Array(0), scores: new Float64Array(0) };

/**
 * Decides for a model that is trained on all training rows, by what models of the same strategy scored rows that they had not
 * seen: the calibration with the lowest Brier score on the held-out rows (each fitted inside of the training folds; the earlier
 * in CALIBRATIONS where equal), fitted once more to all of these scores, and the thresholds that are best on them.
 *
 * @param folds of the strategy, one repeat; none where nothing was compared: then the prior correction is all there is
 */
export function decideModel(
  strategy: Strategy,
  rates: BaseRates,
  folds: readonly FoldOutcome[],
  settings: EvaluationSettings,
): ModelDecisions {
  const validation = folds.length === 0 ? NO_SCORES : joinScores(folds);
  const choose = (rule: ThresholdRule) =>
    chooseThreshold(rule, validation.labels, validation.scores, options(settings));
  const asked = thresholdRule(settings.threshold, settings.metric);
  return {
    calibrators: fitCalibrators(scoreScale(settings.learner.type), rates, validation),
    calibration: bestCalibration(folds),
    threshold: strategy.type === 'threshold' ? choose(asked) : null,
    thresholds: shownRules(settings, asked).map(({ id, label, rule }) => ({
      rule: id,
      label,
      threshold: choose(rule),
    })),
  };
}

function options({ beta, benefit }: EvaluationSettings) {
  return benefit === undefined ? { beta } : { beta, benefit };
}

function bestCalibration(folds: readonly FoldOutcome[]): Calibration {
  if (folds.length === 0) return 'prior-corrected';
  const loss = (name: Calibration) => {
    const parts = folds.map(({ labels, probabilities }) => ({ labels, scores: probabilities[name] }));
    const { labels, scores } = joinScores(parts);
    return brierScore(labels, scores) ?? Number.POSITIVE_INFINITY;
  };
  return CALIBRATIONS.reduce((best, name) => (loss(name) < loss(best) ? name : best));
}

interface ShownRule {
  readonly id: string;
  readonly label: string;
  readonly rule: ThresholdRule;
}

/** The rule that the request names comes first, if it is none of those that are always shown. */
function shownRules({ beta, benefit }: EvaluationSettings, asked: ThresholdRule): ShownRule[] {
  const shown: ShownRule[] = [
    { id: 'max-mcc', label: 'Highest MCC', rule: { rule: 'max-metric', metric: 'mcc' } },
    { id: 'max-f1', label: 'Highest F1', rule: { rule: 'max-f1' } },
    { id: 'max-f-beta', label: `Highest F-beta (beta ${beta})`, rule: { rule: 'max-f-beta' } },
    { id: 'youden', label: "Highest Youden's J", rule: { rule: 'youden' } },
    ...(benefit ? [{ id: 'min-cost', label: 'Lowest cost', rule: { rule: 'min-cost' } } satisfies ShownRule] : []),
  ];
  if (asked.rule === 'recall-at-least') {
    shown.unshift({ id: asked.rule, label: `Recall at least ${asked.value}, at best precision`, rule: asked });
  }
  if (asked.rule === 'precision-at-least') {
    shown.unshift({ id: asked.rule, label: `Precision at least ${asked.value}, at best recall`, rule: asked });
  }
  return shown;
}
