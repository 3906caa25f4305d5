import type { Labels } from '../learners/learner.ts';
import { encodeFeatures } from '../table/feature-encoder.ts';
import type { Matrix } from '../table/matrix.ts';
import { type FittedStrategy, fitStrategy } from './fit-strategy.ts';
import { foldTables } from './fold-tables.ts';
import { createMaterial, type Material } from './material.ts';
import { type EvaluationSettings, type ObservedRows, shareOfGeneratedRows } from './settings.ts';
import { modelType, type Strategy, strategyId } from './strategy.ts';

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

/** One model per strategy; one that several share is trained once. */
export function fitStrategies(strategies: readonly Strategy[], material: Material): FittedStrategy[] {
  const fitted = new Map<string, FittedStrategy>();
  return strategies.map((strategy) => {
    const id = strategyId({ ...strategy, type: modelType(strategy) });
    const model = fitted.get(id) ?? fitStrategy(strategy, material);
    fitted.set(id, model);
    return model;
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
