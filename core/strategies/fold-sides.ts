import type { Labels } from '../learners/learner.ts';
import { encodeFeatures } from '../table/feature-encoder.ts';
import type { Matrix } from '../table/matrix.ts';
import { type FittedStrategy, fitStrategy } from './fit-strategy.ts';
import { foldTables } from './fold-tables.ts';
import { createMaterial, type Material } from './material.ts';
import type { EvaluationSettings, ObservedRows } from './settings.ts';
import type { Strategy } from './strategy.ts';

/** The two sides of a fold, or of a fold within a fold. */
export interface FoldSides {
  /** what is trained on; made of the training rows alone */
  readonly material: Material;
  /** the held-out rows, as the material's encoder sees them */
  readonly heldOut: Matrix;
}

/** @param train, heldOut numbers of observed rows */
export function takeSides(
  { table, labels }: ObservedRows,
  train: Int32Array,
  heldOut: Int32Array,
  settings: EvaluationSettings,
  seed: number,
  stream: string,
): FoldSides {
  const tables = foldTables(table, train, heldOut);
  const material = createMaterial(
    { table: tables.training, labels: labelsAt(labels, train) },
    shareOfGeneratedRows(settings, train.length / table.rows),
    seed,
    stream,
  );
  return { material, heldOut: encodeFeatures(material.encoder, tables.heldOut) };
}

/** One model per strategy; a moved threshold is that of `none`, and the model is trained once for both. */
export function fitStrategies(strategies: readonly Strategy[], material: Material): FittedStrategy[] {
  let plain: FittedStrategy | undefined;
  return strategies.map((strategy) => {
    if (strategy.type !== 'none' && strategy.type !== 'threshold') return fitStrategy(strategy, material);
    plain ??= fitStrategy(strategy, material);
    return plain;
  });
}

/** The scores of the held-out rows, strategy by strategy, by models of the other side. */
export function scoreHeldOut(strategies: readonly Strategy[], { material, heldOut }: FoldSides): Float64Array[] {
  const scores = new Map<FittedStrategy, Float64Array>();
  return fitStrategies(strategies, material).map((model) => {
    const found = scores.get(model) ?? model.learner.scores(heldOut);
    scores.set(model, found);
    return found;
  });
}

export function labelsAt(labels: Labels, rows: Int32Array): Labels {
  return Uint8Array.from(rows, (row) => labels[row]);
}

/** Where a request names a number of rows to generate, a share of the rows gets that share of them. */
function shareOfGeneratedRows(settings: EvaluationSettings, share: number): EvaluationSettings {
  const { generator } = settings;
  if (generator.rows === undefined) return settings;
  return { ...settings, generator: { ...generator, rows: Math.max(1, Math.round(generator.rows * share)) } };
}
