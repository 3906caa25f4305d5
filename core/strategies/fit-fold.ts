import { chooseThreshold } from '../evaluation/thresholds.ts';
import { countClasses } from '../learners/class-counts.ts';
import type { FittedLearner } from '../learners/learner.ts';
import { scoreScale } from '../learners/registry.ts';
import { type FoldAssignment, heldOutRows, trainingRows } from '../protocol/fold-assignment.ts';
import { innerSplits } from '../protocol/inner-splits.ts';
import { createRng } from '../random/rng.ts';
import type { FeatureEncoder } from '../table/feature-encoder.ts';
import type { Matrix } from '../table/matrix.ts';
import { type Calibrators, fitCalibrators, type ValidationScores } from './calibrators.ts';
import type { FittedStrategy } from './fit-strategy.ts';
import { fitStrategies, labelsAt, scoreHeldOut, takeSides } from './fold-sides.ts';
import type { Material } from './material.ts';
import type { EvaluationSettings, ObservedRows } from './settings.ts';
import type { Strategy } from './strategy.ts';
import { thresholdRule } from './threshold-rule.ts';
import { joinScores } from './validation-scores.ts';
import { trainedMinorityShare } from './weights.ts';

/** Which fold of which repeat is held out, both from 0. */
export interface FoldPlace {
  readonly repeat: number;
  readonly fold: number;
}

/** A strategy fitted to the training side of a fold: nothing in it has seen a held-out row. */
export interface FittedFold {
  readonly learner: FittedLearner;
  readonly encoder: FeatureEncoder;
  readonly calibrators: Calibrators;
  /** a row that scores at least this is called minority; null where the learner's own `predict` decides */
  readonly threshold: number | null;
  /** rows that the learner was trained on; `synthetic` ones are among the minority */
  readonly trainedOn: { readonly majority: number; readonly minority: number; readonly synthetic: number };
}

/** A fold with strategies fitted to it. */
export interface FittedFolds {
  /** one per strategy */
  readonly fitted: readonly FittedFold[];
  /** numbers of the held-out rows, and their features */
  readonly rows: Int32Array;
  readonly heldOut: Matrix;
}

/**
 * Fits strategies to the training side of a fold, each by itself, though what they have in common is computed once: the
 * encoder, the features, the generator.
 *
 * The training rows are split once more (`innerSplits`). Thresholds and calibrators are fitted to the scores of rows that were
 * held out there; all else of the inner models, encoder and generator included, is fitted to the other inner rows. Then the
 * strategies are trained on all training rows of the fold.
 */
export function fitFold(
  strategies: readonly Strategy[],
  observed: ObservedRows,
  assignment: FoldAssignment,
  { repeat, fold }: FoldPlace,
  settings: EvaluationSettings,
  seed: number,
): FittedFolds {
  const stream = `EvaluateFold/${repeat}/${fold}`;
  const training = trainingRows(assignment, repeat, fold);
  const splits = innerSplits(observed.labels, training, assignment, createRng(seed, `${stream}/inner`));
  const validation = strategies.map(() => [] as ValidationScores[]);
  splits.forEach(({ train, heldOut }, i) => {
    const sides = takeSides(observed, train, heldOut, settings, seed, `${stream}/inner-${i}`);
    scoreHeldOut(strategies, sides).forEach((scores, s) => {
      validation[s].push({ labels: labelsAt(observed.labels, heldOut), scores });
    });
  });
  const rows = heldOutRows(assignment, repeat, fold);
  const { material, heldOut } = takeSides(observed, training, rows, settings, seed, stream);
  const fitted = fitStrategies(strategies, material).map((model, s) =>
    withDecisions(strategies[s], model, material, joinScores(validation[s]), settings),
  );
  return { fitted, rows, heldOut };
}

function withDecisions(
  strategy: Strategy,
  { learner, origins, labels, weights }: FittedStrategy,
  material: Material,
  validation: ValidationScores,
  settings: EvaluationSettings,
): FittedFold {
  const { majority, minority } = countClasses(material.labels);
  const rates = {
    trained: trainedMinorityShare(settings.learner, labels, weights),
    observed: minority / (majority + minority),
  };
  const rule = thresholdRule(settings.threshold, settings.metric);
  const { beta, benefit } = settings;
  const options = benefit === undefined ? { beta } : { beta, benefit };
  return {
    learner,
    encoder: material.encoder,
    calibrators: fitCalibrators(scoreScale(settings.learner.type), rates, validation),
    threshold:
      strategy.type === 'threshold' ? chooseThreshold(rule, validation.labels, validation.scores, options) : null,
    trainedOn: { ...countClasses(labels), synthetic: origins.filter((origin) => origin < 0).length },
  };
}
