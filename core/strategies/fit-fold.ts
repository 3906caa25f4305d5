import { chooseThreshold } from '../evaluation/thresholds.ts';
import { countClasses } from '../learners/class-counts.ts';
import type { FittedLearner, Labels } from '../learners/learner.ts';
import { scoreScale } from '../learners/registry.ts';
import { type FoldAssignment, heldOutRows, trainingRows } from '../protocol/fold-assignment.ts';
import { innerSplits } from '../protocol/inner-splits.ts';
import { createRng } from '../random/rng.ts';
import { encodeFeatures, type FeatureEncoder } from '../table/feature-encoder.ts';
import type { Matrix } from '../table/matrix.ts';
import { type Calibrators, fitCalibrators, type ValidationScores } from './calibrators.ts';
import { type FittedStrategy, fitStrategy } from './fit-strategy.ts';
import { foldTables } from './fold-tables.ts';
import { createMaterial, type Material } from './material.ts';
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
  readonly matrix: Matrix;
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
    const side = takeSides(observed, train, heldOut, settings, seed, `${stream}/inner-${i}`);
    scoreAll(strategies, side).forEach((scores, s) => {
      validation[s].push({ labels: labelsAt(observed.labels, heldOut), scores });
    });
  });
  const rows = heldOutRows(assignment, repeat, fold);
  const side = takeSides(observed, training, rows, settings, seed, stream);
  const fitted = fitAll(strategies, side.material).map((model, s) =>
    withDecisions(strategies[s], model, side.material, joinScores(validation[s]), settings),
  );
  return { fitted, rows, matrix: side.matrix };
}

/** What is trained on, and the features of what is held out. */
interface Sides {
  readonly material: Material;
  readonly matrix: Matrix;
}

function takeSides(
  { table, labels }: ObservedRows,
  train: Int32Array,
  heldOut: Int32Array,
  settings: EvaluationSettings,
  seed: number,
  stream: string,
): Sides {
  const tables = foldTables(table, train, heldOut);
  const material = createMaterial(
    { table: tables.training, labels: labelsAt(labels, train) },
    shareOfGeneratedRows(settings, labels, train),
    seed,
    stream,
  );
  return { material, matrix: encodeFeatures(material.encoder, tables.heldOut) };
}

/** Where a request names a number of rows to generate, a part of the minority teaches that part of them. */
function shareOfGeneratedRows(settings: EvaluationSettings, labels: Labels, train: Int32Array): EvaluationSettings {
  const { rows } = settings.generator;
  if (rows === undefined) return settings;
  const share = countClasses(labelsAt(labels, train)).minority / countClasses(labels).minority;
  return { ...settings, generator: { ...settings.generator, rows: Math.max(1, Math.round(rows * share)) } };
}

function scoreAll(strategies: readonly Strategy[], { material, matrix }: Sides): Float64Array[] {
  const scores = new Map<FittedStrategy, Float64Array>();
  return fitAll(strategies, material).map((model) => {
    if (!scores.has(model)) scores.set(model, model.learner.scores(matrix));
    return scores.get(model)!;
  });
}

/** One model per strategy; a moved threshold is that of `none`, and the model is trained once for both. */
function fitAll(strategies: readonly Strategy[], material: Material): FittedStrategy[] {
  let plain: FittedStrategy | undefined;
  return strategies.map((strategy) => {
    if (strategy.type !== 'none' && strategy.type !== 'threshold') return fitStrategy(strategy, material);
    plain ??= fitStrategy(strategy, material);
    return plain;
  });
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

function labelsAt(labels: Labels, rows: Int32Array): Labels {
  return Uint8Array.from(rows, (row) => labels[row]);
}
